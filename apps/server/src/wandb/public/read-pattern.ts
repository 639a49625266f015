import { ServerError } from '../../server-error.ts';
import { expandPattern } from './expand-pattern.ts';

/** One way in which a text may match a pattern. */
export interface PatternPart {
  readonly operator: 'eq' | 'startsWith' | 'contains';
  readonly text: string;
}

/**
 * What a regular expression of the client asks of a text, any of the parts. It may stand for a limited number of texts (letters,
 * `[…]`, `(…|…)`, `?`), be tied to the beginning (`^`) or to both ends (`^…$`), and have `.*` at its ends.
 *
 * @throws ServerError INVALID_FILTER for any other pattern
 */
export function readPattern(pattern: string): readonly PatternPart[] {
  const [, start = '', inner = '', end = ''] =
    /^(\^?(?:\.\*)?)([\s\S]*?)((?:(?<!\\)\.\*)?(?:(?<!\\)\$)?)$/.exec(pattern) ?? [];
  const texts = expandPattern(inner);
  const fromStart = start === '^';
  const toEnd = end === '$';
  // Without a group, ^ and $ belong to the first and the last alternative only.
  const isMixed = (fromStart || toEnd) && (texts?.alternatives ?? 1) > 1;
  if (!texts || isMixed || (toEnd && !fromStart)) throw unsupported(pattern);
  const operator = toEnd ? 'eq' : fromStart ? 'startsWith' : 'contains';
  return texts.all.map((text) => ({ operator, text }));
}

function unsupported(pattern: string): ServerError {
  const shown = pattern.length > 60 ? `${pattern.slice(0, 60)}…` : pattern;
  return new ServerError(
    'INVALID_FILTER',
    `filters: the pattern ${JSON.stringify(shown)} is not supported; use plain text, "^text", "^text$", "(one|two)", "[abc]"`,
    ['filters'],
  );
}
