import { expect, it } from 'vitest';
import { valueRows } from './tensor-values.ts';

const places = (...args: Parameters<typeof valueRows>) =>
  valueRows(...args).map((row) => [row.place, row.values.length]);

it('lays a matrix out in its rows', () => {
  expect(places([1, 2, 3, 4, 5, 6], [2, 3])).toEqual([
    ['[0, 0]', 3],
    ['[1, 0]', 3],
  ]);
});

it('begins in the middle of a row where the values do', () => {
  expect(places([5, 6, 7], [4, 3], 5)).toEqual([
    ['[1, 2]', 1],
    ['[2, 0]', 2],
  ]);
});

it('cuts long rows after 16 values, and knows vectors and single numbers', () => {
  expect(places(Array(20).fill(0), [20])).toEqual([
    ['[0]', 16],
    ['[16]', 4],
  ]);
  expect(places([3], [])).toEqual([['[]', 1]]);
});
