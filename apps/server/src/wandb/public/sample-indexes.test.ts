import { expect, it } from 'vitest';
import { sampleIndexes } from './sample-indexes.ts';

it.each([
  [3, 5, [0, 1, 2]],
  [5, 5, [0, 1, 2, 3, 4]],
  [9, 5, [0, 2, 4, 6, 8]],
  [10, 4, [0, 3, 6, 9]],
  [10, 1, [9]],
  [10, 0, []],
  [0, 10, []],
])('of %i items shows %i', (count, samples, indexes) => {
  expect(sampleIndexes(count, samples)).toEqual(indexes);
});
