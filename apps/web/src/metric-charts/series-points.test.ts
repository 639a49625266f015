import { describe, expect, it } from 'vitest';
import { bucketsFor, seriesPoints, stepsWithin } from './series-points.ts';

const series = (more = {}) => ({
  key: 'loss',
  count: 3,
  steps: [0, 10, 20],
  xValues: null,
  mean: [1, 'NaN' as const, 3],
  ...more,
});
const plain = (values: ArrayLike<number | null> | undefined) => values && Array.from(values);

describe('seriesPoints', () => {
  it('has the mean over the step, with its band when one was asked for', () => {
    const [points] = seriesPoints({ series: [series({ min: [0, null, 2], max: [2, null, 4] })] }, { kind: 'step' });
    expect(plain(points?.x)).toEqual([0, 10, 20]);
    expect(plain(points?.y)).toEqual([1, Number.NaN, 3]);
    expect(plain(points?.min)).toEqual([0, Number.NaN, 2]);
    expect(seriesPoints({ series: [series()] }, { kind: 'step' })[0]).not.toHaveProperty('min');
  });

  it('is in seconds since the first row of the run, between two known times in proportion', () => {
    const history = {
      series: [series()],
      times: [{ steps: [0, 20], first: [1_000, 1_040] }],
      origin: [{ first: [990] }],
    };
    expect(plain(seriesPoints(history, { kind: 'duration' })[0]?.x)).toEqual([10, 30, 50]);
    expect(plain(seriesPoints(history, { kind: 'time' })[0]?.x)).toEqual([1_000, 1_020, 1_040]);
  });

  it('is sorted by the metric that it is drawn over, without the points that have none', () => {
    const [points] = seriesPoints({ series: [series({ xValues: [5, 'NaN', 1] })] }, { kind: 'metric', key: 'epoch' });
    expect([plain(points?.x), plain(points?.y), plain(points?.steps)]).toEqual([
      [1, 5],
      [3, 1],
      [20, 0],
    ]);
  });
});

describe('stepsWithin', () => {
  const run = (x: number[], steps: number[]) => ({ x, steps, y: x });

  it('is the range itself over steps', () => {
    expect(stepsWithin([], { kind: 'step' }, { from: -0.5, to: 9.5 })).toEqual({ from: 0, to: 10 });
  });

  it('takes the steps of every run there, and of the points beside it', () => {
    const runs = [run([0, 1, 2, 3, 4], [0, 10, 20, 30, 40]), run([2, 4], [200, 400]), run([50, 60], [1_000, 2_000])];
    expect(stepsWithin(runs, { kind: 'duration' }, { from: 2, to: 2.4 })).toEqual({ from: 10, to: 400 });
    expect(stepsWithin(runs, { kind: 'duration' }, { from: 10, to: 20 })).toBeNull();
  });
});

it('asks for at most two buckets for each pixel, and fewer the more lines share the chart', () => {
  expect([1, 10, 30].map((lines) => bucketsFor(330, lines))).toEqual([600, 300, 150]);
  expect([1, 10, 30].map((lines) => bucketsFor(1_330, lines))).toEqual([2_400, 1_200, 600]);
  expect(bucketsFor(20, 1)).toBe(100);
});
