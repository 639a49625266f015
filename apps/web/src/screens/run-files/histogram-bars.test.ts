import { expect, it } from 'vitest';
import { histogramBars } from './histogram-bars.ts';

it('lays out bars to the scale of their edges, the highest full', () => {
  expect(histogramBars([0, 1, 4], [2, 8])).toEqual([
    { left: 0, width: 0.25, height: 0.25, from: 0, to: 1, count: 2 },
    { left: 0.25, width: 0.75, height: 1, from: 1, to: 4, count: 8 },
  ]);
});

it('lays out what has no width, and what holds nothing', () => {
  expect(histogramBars([3, 3], [5])).toEqual([{ left: 0, width: 1, height: 1, from: 3, to: 3, count: 5 }]);
  expect(histogramBars([0, 1], [0])[0]?.height).toBe(0);
});
