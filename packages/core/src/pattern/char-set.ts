import type { CharSet } from './pattern.ts';

/** The highest code point. */
export const MAX_CODE = 0x10ffff;

/** Every character. */
export const ANY: CharSet = [[0, MAX_CODE]];

/** What `\d`, `\w` and `\s` mean: ASCII only. */
export const DIGITS: CharSet = setOf([0x30, 0x39]);
export const WORD: CharSet = setOf([0x30, 0x39], [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]);
export const SPACE: CharSet = setOf([0x09, 0x0a], [0x0c, 0x0d], [0x20, 0x20]);

/** What `[:name:]` means within a class. */
export const NAMED_SETS: Readonly<Record<string, CharSet>> = {
  alnum: setOf([0x30, 0x39], [0x41, 0x5a], [0x61, 0x7a]),
  alpha: setOf([0x41, 0x5a], [0x61, 0x7a]),
  ascii: setOf([0, 0x7f]),
  blank: setOf([0x09, 0x09], [0x20, 0x20]),
  cntrl: setOf([0, 0x1f], [0x7f, 0x7f]),
  digit: DIGITS,
  graph: setOf([0x21, 0x7e]),
  lower: setOf([0x61, 0x7a]),
  print: setOf([0x20, 0x7e]),
  punct: setOf([0x21, 0x2f], [0x3a, 0x40], [0x5b, 0x60], [0x7b, 0x7e]),
  space: setOf([0x09, 0x0d], [0x20, 0x20]),
  upper: setOf([0x41, 0x5a]),
  word: WORD,
  xdigit: setOf([0x30, 0x39], [0x41, 0x46], [0x61, 0x66]),
};

/** The set of some ranges in any order, which may overlap. */
export function setOf(...ranges: (readonly [number, number])[]): CharSet {
  const set: [number, number][] = [];
  for (const [first, last] of ranges.sort((a, b) => a[0] - b[0])) {
    const before = set.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else set.push([first, last]);
  }
  return set;
}

/** All characters that a set does not have. */
export function complement(set: CharSet): CharSet {
  const rest: [number, number][] = [];
  let next = 0;
  for (const [first, last] of set) {
    if (first > next) rest.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= MAX_CODE) rest.push([next, MAX_CODE]);
  return rest;
}

/** Whether a set has a character. */
export function hasCode(set: CharSet, code: number): boolean {
  return set.some(([first, last]) => code >= first && code <= last);
}

/** A set with the upper and lower case of its letters, where these are one character. */
export function withCases(set: CharSet): CharSet {
  const ranges = set.map(([first, last]): readonly [number, number] => [first, last]);
  for (const [code, other] of casePairs()) {
    if (hasCode(set, code)) ranges.push([other, other]);
    if (hasCode(set, other)) ranges.push([code, code]);
  }
  return setOf(...ranges);
}

/** No letter that has a case lies beyond. */
const LAST_CASED = 0x1e943;
let pairs: (readonly [number, number])[] | undefined;

function casePairs(): readonly (readonly [number, number])[] {
  pairs ??= Array.from({ length: LAST_CASED + 1 }, (_, code) => code).flatMap((code) => {
    const letter = String.fromCodePoint(code);
    return [letter.toLowerCase(), letter.toUpperCase()].flatMap((other) => {
      const [first = '', ...more] = other;
      return other === letter || more.length > 0 ? [] : [[code, first.codePointAt(0) ?? 0] as const];
    });
  });
  return pairs;
}
