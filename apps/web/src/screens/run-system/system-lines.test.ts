import { expect, it } from 'vitest';
import { inOrder, thinSamples } from './system-lines.ts';

it('few samples are drawn as they are', () => {
  expect(thinSamples({ times: [1, 2], values: [5, null] }, 2)).toEqual({ x: [1, 2], y: [5, null] });
});

it('many samples become points with their mean and what lies between least and most; a gap stays one', () => {
  const samples = { times: [0, 1, 2, 3, 4, 5], values: [1, 3, null, null, 10, null] };
  expect(thinSamples(samples, 3)).toEqual({ x: [0, 2, 4], y: [2, null, 10], min: [1, null, 10], max: [3, null, 10] });
});

it('samples are put in the order of their times, the last of several at one time', () => {
  expect(inOrder({ times: [3, 1, 3], values: [30, 10, 31] })).toEqual({ times: [1, 3], values: [10, 31] });
});
