import { expect, it } from 'vitest';
import { sparkPath } from './spark-path.ts';

it('goes from left to right, with the least value at the bottom', () => {
  expect(sparkPath({ steps: [0, 5, 10], values: [1, 3, 2] }, 100, 10)).toBe('M0 10L50 0L100 5');
});

it('has a gap where there is no finite number', () => {
  expect(sparkPath({ steps: [0, 1, 2, 3], values: [0, null, 1, 0] }, 30, 10)).toBe('M0 10L0 10M20 0L30 10');
});

it('draws one point as a dot in the middle, and nothing for NaN only', () => {
  expect(sparkPath({ steps: [7], values: [3] }, 100, 10)).toBe('M50 5L50 5');
  expect(sparkPath({ steps: [0, 1], values: [null, Number.NaN] }, 100, 10)).toBe('');
});
