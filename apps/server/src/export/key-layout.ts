import { ancestorKeys, type KeyPath, normalizeKey, parseKey } from '@summa/core/key/key-path';

/** Where the values of some keys stand in the JSON object of a row, so that the text around them is made once and not a row. */
export interface KeyLayout {
  /** The places of the keys in the order in which they are written: what is nested together stands together. */
  readonly order: readonly number[];
  /** The text that leads from the value at `order[from]` (-1: from the beginning of the object) to that at `order[to]`. */
  join(from: number, to: number): string;
  /** The text after the value at `order[last]`, the brace of the row's object included. */
  close(last: number): string;
  /** For each of `order`: which of them stand above it; a row that has both cannot be one object. Null when there are none. */
  readonly above: readonly (readonly number[])[] | null;
}

/** Lays keys out as `nestValues` nests them. The object begins before the first of them, and something stands in it already. */
export function layoutKeys(keys: readonly string[]): KeyLayout {
  const order = nestedOrder(keys.map((key) => parseKey(key)));
  const ordered = order.map((place) => keys[place] ?? '');
  const paths = ordered.map((key) => parseKey(key));
  const depthOf = (i: number) => (paths[i]?.length ?? 1) - 1;
  const textBetween = (from: number, to: number) => joinText(paths[from] ?? [''], paths[to] ?? ['']);
  const neighbours = paths.map((_, i) => textBetween(i - 1, i));
  const placeOf = new Map(ordered.map((key, i) => [normalizeKey(key), i]));
  const above = ordered.map((key) => ancestorKeys(key).flatMap((ancestor) => placeOf.get(ancestor) ?? []));
  return {
    order,
    join: (from, to) => (from === to - 1 ? (neighbours[to] ?? '') : textBetween(from, to)),
    close: (last) => `${'}'.repeat(Math.max(0, depthOf(last)))}}`,
    above: above.some((places) => places.length > 0) ? above : null,
  };
}

/** Ends the objects that `to` does not stand in, and begins those that `from` does not. */
function joinText(from: KeyPath, to: KeyPath): string {
  const [left, entered] = [from.slice(0, -1), to.slice(0, -1)];
  let common = 0;
  while (common < left.length && common < entered.length && left[common] === entered[common]) common++;
  const begins = to.slice(common).map((element) => `${JSON.stringify(element)}:`);
  return `${'}'.repeat(left.length - common)},${begins.join('{')}`;
}

interface Branch {
  readonly places: number[];
  readonly below: Map<string, Branch>;
}

/** The places of paths in an order in which paths with the same beginning follow each other; else as given. */
function nestedOrder(paths: readonly KeyPath[]): number[] {
  const root: Branch = { places: [], below: new Map() };
  for (const [place, path] of paths.entries()) {
    let branch = root;
    for (const element of path) {
      const next = branch.below.get(element) ?? { places: [], below: new Map() };
      branch.below.set(element, next);
      branch = next;
    }
    branch.places.push(place);
  }
  return placesOf(root);
}

function placesOf({ places, below }: Branch): number[] {
  return [...places, ...[...below.values()].flatMap(placesOf)];
}
