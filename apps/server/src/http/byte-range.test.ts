import { expect, it } from 'vitest';
import { readRange } from './byte-range.ts';

// The examples of RFC 9110, 14.1.2 and 14.2, on 10,000 bytes, and what is not a range.
it.each([
  ['bytes=0-499', 10_000, { start: 0, end: 499 }],
  ['bytes=500-999', 10_000, { start: 500, end: 999 }],
  ['bytes=-500', 10_000, { start: 9_500, end: 9_999 }],
  ['bytes=9500-', 10_000, { start: 9_500, end: 9_999 }],
  ['bytes=0-0', 10_000, { start: 0, end: 0 }],
  ['Bytes=0-0', 1, { start: 0, end: 0 }],
  ['bytes=0-99999', 10_000, { start: 0, end: 9_999 }],
  ['bytes=-99999', 10_000, { start: 0, end: 9_999 }],
  ['bytes=10000-', 10_000, 'unsatisfiable'],
  ['bytes=-0', 10_000, 'unsatisfiable'],
  ['bytes=0-', 0, 'unsatisfiable'],
  ['bytes=-5', 0, 'unsatisfiable'],
  ['bytes=0-0,-1', 10_000, 'all'],
  ['bytes=5-3', 10_000, 'all'],
  ['bytes=-', 10_000, 'all'],
  ['bytes=a-b', 10_000, 'all'],
  ['bytes=1.5-2', 10_000, 'all'],
  ['rows=0-5', 10_000, 'all'],
  [undefined, 10_000, 'all'],
] as const)('takes %s of %i bytes as %o', (header, size, ask) => {
  expect(readRange(header, size)).toEqual(ask);
});
