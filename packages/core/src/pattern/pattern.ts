/** Characters: ascending ranges of code points, both ends included, that do not touch each other. */
export type CharSet = readonly (readonly [first: number, last: number])[];

/** A place in a text: its ends, or where a word (`[0-9A-Za-z_]`) does or does not begin or end. */
export type Place = 'start' | 'end' | 'wordEdge' | 'noWordEdge';

/**
 * A regular expression, made by `parsePattern`. `matchesPattern` defines what it means; SQL made from it must agree.
 *
 * Case, dots, classes and escapes are all told by the sets of characters: there are no options beside.
 */
export type Pattern =
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly part: Pattern; readonly min: number; readonly max: number | null };

/** How often a part of a pattern may be counted out, as in `a{255}`. */
export const MAX_REPEAT = 255;

/** How many signs a pattern may have once all that is counted in it is written out. */
export const MAX_PATTERN_SIZE = 1000;

/** How many signs a pattern has once all that is counted in it is written out; at least one for every part. */
export function patternSize(pattern: Pattern): number {
  switch (pattern.kind) {
    case 'set':
    case 'place':
      return 1;
    case 'repeat':
      return 1 + patternSize(pattern.part) * Math.max(1, pattern.max ?? pattern.min + 1);
    default:
      return pattern.parts.reduce((size, part) => size + patternSize(part), 1);
  }
}
