import { UsageError } from '../command-error.ts';

/** A piece of a filter's text. */
export interface Token {
  readonly kind: 'word' | 'symbol' | 'end';
  /** Without its quotes. */
  readonly text: string;
  /** Whether all of it stood in quotes: then it is text, whatever it looks like. */
  readonly isQuoted: boolean;
  /** Where it stands in the filter. */
  readonly from: number;
  readonly to: number;
}

const SYMBOL = /(?:<=|>=|!=|==|[<>=~(),])/y;
const BARE = /[^\s<>=!~(),"']+/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/sy;

/**
 * Cuts a filter into words and symbols; the last token is the end. A word may hold quoted pieces, in which only a backslash
 * before a quote or a backslash is special: `"my key":max`.
 *
 * Throws `UsageError` that shows the place of what is neither, such as a quote that never closes.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const token = readToken(text, at);
    tokens.push(token);
    at = skipSpace(text, token.to);
  }
  return [...tokens, { kind: 'end', text: '', isQuoted: false, from: text.length, to: text.length }];
}

/** The error for a place in a text: the problem, the text, and a mark below the place. */
export function syntaxError(text: string, { from, to }: Pick<Token, 'from' | 'to'>, problem: string): UsageError {
  const mark = ' '.repeat(from) + '^'.repeat(Math.max(1, to - from));
  return new UsageError(`${problem}\n  ${text.replace(/\s/g, ' ')}\n  ${mark}`);
}

function readToken(text: string, from: number): Token {
  const symbol = matchAt(SYMBOL, text, from);
  if (symbol !== null) return { kind: 'symbol', text: symbol[0], isQuoted: false, from, to: from + symbol[0].length };
  let word = '';
  let at = from;
  let isQuoted = true;
  for (;;) {
    const bare = matchAt(BARE, text, at);
    const quoted = bare === null ? matchAt(QUOTED, text, at) : null;
    const piece = bare ?? quoted;
    if (piece === null) break;
    if (bare !== null) isQuoted = false;
    word += bare?.[0] ?? (quoted?.[1] ?? quoted?.[2] ?? '').replace(/\\(["'\\])/g, '$1');
    at += piece[0].length;
  }
  if (at > from) return { kind: 'word', text: word, isQuoted, from, to: at };
  const isQuote = text[from] === '"' || text[from] === "'";
  const problem = isQuote
    ? 'a quote is not closed'
    : `${JSON.stringify(text[from])} is no comparison; did you mean "!="?`;
  throw syntaxError(text, { from, to: isQuote ? text.length : from + 1 }, problem);
}

function skipSpace(text: string, at: number): number {
  return at + (matchAt(/\s*/y, text, at)?.[0].length ?? 0);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
