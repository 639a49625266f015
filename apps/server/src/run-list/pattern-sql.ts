import { ANY, complement, MAX_CODE } from '@summa/core/pattern/char-set';
import type { CharSet, Pattern, Place } from '@summa/core/pattern/pattern';

/**
 * A pattern as a regular expression of Postgres, for the operator `~`.
 *
 * Every character is spelled out and nothing is captured, so that neither a setting nor a collation changes what it means, and
 * Postgres matches it without trying one way after the other.
 */
export function patternSql(pattern: Pattern): string {
  return `***:${print(pattern)}`;
}

const WORD = '[0-9A-Za-z_]';
const PLACES: Readonly<Record<Place, string>> = {
  start: '^',
  end: '$',
  wordEdge: `(?:(?<!${WORD})(?=${WORD})|(?<=${WORD})(?!${WORD}))`,
  noWordEdge: `(?:(?<!${WORD})(?!${WORD})|(?<=${WORD})(?=${WORD}))`,
};

function print(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'set':
      return printSet(pattern.set);
    case 'place':
      return PLACES[pattern.place];
    case 'sequence':
      return `(?:${pattern.parts.map(print).join('')})`;
    case 'choice':
      return `(?:${pattern.parts.map(print).join('|')})`;
    case 'repeat':
      return `(?:${print(pattern.part)})${printCount(pattern.min, pattern.max)}`;
  }
}

function printCount(min: number, max: number | null): string {
  return max === null ? `{${min},}` : `{${min},${max}}`;
}

function printSet(set: CharSet): string {
  const [[first, last] = ANY[0] ?? [0, MAX_CODE]] = set;
  if (set.length === 1 && first === last) return printChar(first);
  if (set.length === 1 && first === 0 && last === MAX_CODE) return '.';
  const isOpen = (set.at(-1)?.[1] ?? 0) === MAX_CODE;
  return isOpen ? `[^${printRanges(complement(set))}]` : `[${printRanges(set)}]`;
}

function printRanges(set: CharSet): string {
  // No text has a NUL, and Postgres none in a pattern.
  const ranges = set.filter(([, last]) => last > 0);
  return ranges.map(([first, last]) => `${printChar(Math.max(first, 1))}-${printChar(last)}`).join('');
}

function printChar(code: number): string {
  const sign = String.fromCodePoint(code);
  if (/[0-9A-Za-z]/.test(sign)) return sign;
  const hex = code.toString(16);
  return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
}
