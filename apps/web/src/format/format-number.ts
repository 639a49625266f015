/** A number as people read it, and as programs do. */
export interface ReadableNumber {
  /** Up to four significant digits: `0.9778`, `1.204e-5`, `12.3k`; small whole numbers whole. */
  readonly text: string;
  /** All digits: what is copied, and shown on hover. */
  readonly full: string;
  readonly kind: 'finite' | 'nan' | 'infinite';
}

const DIGITS = 4;
const SUFFIXES: readonly (readonly [number, string])[] = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
];

/** Reads a number, a whole number beyond 2^53, or the text of one that JSON lacks ("NaN", "Infinity", "-Infinity"). */
export function formatNumber(value: number | bigint | string): ReadableNumber {
  const full = Object.is(value, -0) ? '0' : String(value);
  const number = Number(value);
  if (Number.isNaN(number)) return { text: 'NaN', full: 'NaN', kind: 'nan' };
  if (!Number.isFinite(number)) {
    // A whole number of more than 308 digits is finite all the same.
    if (typeof value === 'bigint') return { text: `${value < 0n ? '-' : ''}>1e308`, full, kind: 'finite' };
    return { text: number > 0 ? '∞' : '-∞', full, kind: 'infinite' };
  }
  return { text: shorten(number), full, kind: 'finite' };
}

function shorten(number: number): string {
  const size = Math.abs(number);
  if (size === 0) return '0';
  if (Number.isInteger(number) && size < 10_000) return String(number);
  if (size < 1e-3) return exponential(number);
  const rounded = Number(number.toPrecision(DIGITS));
  if (Math.abs(rounded) >= 1e15) return exponential(number);
  const suffix = Math.abs(rounded) < 10_000 ? undefined : SUFFIXES.find(([unit]) => Math.abs(rounded) >= unit);
  if (suffix === undefined) return withoutZeros(number.toPrecision(DIGITS));
  const [unit, letter] = suffix;
  return `${withoutZeros((rounded / unit).toPrecision(DIGITS))}${letter}`;
}

function exponential(number: number): string {
  const [digits = '', exponent = '0'] = number.toExponential(DIGITS - 1).split('e');
  return `${withoutZeros(digits)}e${Number(exponent)}`;
}

function withoutZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** A readable number cut at its decimal point, so that a column can be aligned there: `-0` and `.9778`, `12` and `.3k`. */
export function splitAtPoint(text: string): readonly [whole: string, rest: string] {
  const cut = /^-?\d+/.exec(text)?.[0].length ?? text.length;
  return [text.slice(0, cut), text.slice(cut)];
}

/** A count with its digits in groups of three: `12,345`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** A count and its noun: `1 run`, `12,345 runs`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
