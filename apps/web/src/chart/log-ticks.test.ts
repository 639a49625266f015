import { expect, it } from 'vitest';
import { logTicks } from './log-ticks.ts';

it('has powers of ten, not more than there is room for', () => {
  expect(logTicks(0.5, 2_000, 6)).toEqual([1, 10, 100, 1_000]);
  expect(logTicks(1e-8, 1e12, 6)).toEqual([1e-8, 1e-4, 1, 1e4, 1e8, 1e12]);
});

it('has 2 and 5 between them when there are few', () => {
  expect(logTicks(0.1, 1.2, 6)).toEqual([0.1, 0.2, 0.5, 1]);
  expect(logTicks(0.3, 3, 6)).toEqual([0.5, 1, 2]);
});

it('has the ends of a range that holds no such number', () => {
  expect(logTicks(6, 8, 6)).toEqual([6, 8]);
  expect(logTicks(4, 6, 6)).toEqual([4, 5, 6]);
});
