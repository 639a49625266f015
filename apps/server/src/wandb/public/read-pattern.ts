import { ServerError } from '../../server-error.ts';

/** One way in which a text may match a pattern. */
export interface PatternPart {
  readonly operator: 'eq' | 'startsWith' | 'contains';
  readonly text: string;
}

/** What stands for itself; `\` before a sign makes it one of these. */
const LITERAL = /^(?:[^\\^$.*+?()[\]{}|]|\\[^A-Za-z0-9])*$/u;

/**
 * What a regular expression of the client asks of a text, any of the parts: alternatives of plain text, which may be tied to the
 * beginning (`^`) or to both ends (`^…$`), with `.*` where nothing is tied.
 *
 * @throws ServerError INVALID_FILTER for any other pattern
 */
export function readPattern(pattern: string): readonly PatternPart[] {
  const inner = /^\^?\(([^()]*)\)\$?$/.exec(pattern)?.[1];
  const [start, end] =
    inner === undefined ? ['', ''] : [pattern.startsWith('^') ? '^' : '', pattern.endsWith('$') ? '$' : ''];
  return splitAlternatives(inner ?? pattern).map((part) => readAlternative(`${start}${part}${end}`, pattern));
}

function readAlternative(part: string, pattern: string): PatternPart {
  const tiedToStart = part.startsWith('^');
  const tiedToEnd = /(?<!\\)(?:\\\\)*\$$/.test(part);
  let text = part.slice(tiedToStart ? 1 : 0, tiedToEnd ? -1 : undefined);
  const openStart = text.startsWith('.*');
  if (openStart) text = text.slice(2);
  const openEnd = /(?<!\\)(?:\\\\)*\.\*$/.test(text);
  if (openEnd) text = text.slice(0, -2);
  if (!LITERAL.test(text)) throw unsupported(pattern);
  const literal = text.replace(/\\(.)/gu, '$1');
  const fromStart = tiedToStart && !openStart;
  const toEnd = tiedToEnd && !openEnd;
  if (fromStart) return { operator: toEnd ? 'eq' : 'startsWith', text: literal };
  if (toEnd) throw unsupported(pattern);
  return { operator: 'contains', text: literal };
}

function splitAlternatives(pattern: string): string[] {
  const parts = [''];
  for (const sign of pattern.match(/\\.|[\s\S]/gu) ?? []) {
    if (sign === '|') parts.push('');
    else parts[parts.length - 1] += sign;
  }
  return parts;
}

function unsupported(pattern: string): ServerError {
  const shown = pattern.length > 60 ? `${pattern.slice(0, 60)}…` : pattern;
  return new ServerError(
    'INVALID_FILTER',
    `filters: the pattern ${JSON.stringify(shown)} is not supported; use plain text, "^text", "^text$" or alternatives of them with "|"`,
    ['filters'],
  );
}
