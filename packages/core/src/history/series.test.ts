import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../json/json-value.ts';
import { foldColumn } from '../metric/fold-column.ts';
import type { Column } from './column.ts';
import { decodeInPlace, encodeColumn } from './column-codec.ts';
import { bucketColumn, type ChunkHeader, needsBody, type Series, SeriesFold } from './series.ts';
import type { SeriesGrid } from './series-grid.ts';
import { splitColumn } from './slice-column.ts';
import { anyColumn, anyValue, columnFrom, pointsOf } from './testing/any-column.ts';

describe('bucketColumn', () => {
  it('gives each bucket its count, extremes, mean and ends', () => {
    const column = columnFrom([
      [0, 3],
      [1, 1],
      [4, 2],
      [5, 10],
      [8, -4],
      [9, 7],
    ]);
    expect(listed(bucketColumn([column], { fromStep: 0, toStep: 9, buckets: 2 }))).toEqual({
      firstStep: [0, 5],
      lastStep: [4, 9],
      count: [3, 3],
      min: [1, -4],
      max: [3, 10],
      mean: [2, 13 / 3],
      first: [3, 10],
      last: [2, 7],
    });
  });

  it('leaves out empty buckets, and points outside the range', () => {
    const column = columnFrom([
      [0, 1],
      [10, 2],
      [19, 3],
      [20, 4],
    ]);
    const { firstStep, mean } = bucketColumn([column], { fromStep: 10, toStep: 19, buckets: 10 });
    expect([[...firstStep], [...mean]]).toEqual([
      [10, 19],
      [2, 3],
    ]);
  });

  it('counts NaN and infinities, shows them as first and last, and keeps them out of min, max and mean', () => {
    const column = columnFrom([
      [0, NaN],
      [1, 2],
      [2, Infinity],
      [3, 4],
      [4, -Infinity],
    ]);
    expect(listed(bucketColumn([column], { fromStep: 0, toStep: 4, buckets: 1 }))).toEqual({
      firstStep: [0],
      lastStep: [4],
      count: [5],
      min: [2],
      max: [4],
      mean: [3],
      first: [NaN],
      last: [-Infinity],
    });
    const { count, min, max, mean } = bucketColumn([columnFrom([[7, NaN]])], { fromStep: 0, toStep: 9, buckets: 1 });
    expect([...count, ...min, ...max, ...mean]).toEqual([1, NaN, NaN, NaN]);
  });

  it('takes booleans as 0 and 1 and leaves text out', () => {
    const column = columnFrom([
      [0, 'start'],
      [1, true],
      [2, false],
      [3, true],
      [4, 'end'],
    ]);
    const { count, mean, firstStep, lastStep } = bucketColumn([column], { fromStep: 0, toStep: 9, buckets: 1 });
    expect([...count, ...mean, ...firstStep, ...lastStep]).toEqual([3, 2 / 3, 1, 3]);
  });

  it('has a mean where the sum is beyond float64', () => {
    const column = columnFrom([
      [0, Number.MAX_VALUE],
      [1, Number.MAX_VALUE],
    ]);
    expect([...bucketColumn([column], { fromStep: 0, toStep: 1, buckets: 1 }).mean]).toEqual([Number.MAX_VALUE]);
  });

  it('covers the whole range of steps that there are', () => {
    const grid = { fromStep: 0, toStep: Number.MAX_SAFE_INTEGER, buckets: 1000 };
    const column = columnFrom([
      [0, 1],
      [Number.MAX_SAFE_INTEGER, 2],
    ]);
    expect([...bucketColumn([column], grid).first]).toEqual([1, 2]);
  });

  it('equals grouping the points of the range by bucket', () => {
    const grouped = fc.property(anyColumn(), anyGrid(), (column, grid) => {
      expectSame(bucketColumn([column], grid), naiveSeries(column, grid));
    });
    fc.assert(grouped, { numRuns: 2000 });
  });

  it('always has the first and the last number of the range', () => {
    const ends = fc.property(anyColumn(30, fc.double()), anyGrid(), (column, grid) => {
      const inRange = pointsOf(column).filter(([step]) => step >= grid.fromStep && step <= grid.toStep);
      const { firstStep, first, lastStep, last } = bucketColumn([column], grid);
      expect([firstStep[0], first[0]]).toEqual([inRange[0]?.[0], inRange[0]?.[1]]);
      expect([lastStep.at(-1), last.at(-1)]).toEqual([inRange.at(-1)?.[0], inRange.at(-1)?.[1]]);
    });
    fc.assert(ends, { numRuns: 500 });
  });

  it('gives the same from chunk headers, wherever they may stand for their chunk, as from columns', () => {
    const values = fc.oneof(anyValue, fc.double({ noNaN: true }));
    const law = fc.property(anyColumn(40, values), anyGrid(), fc.integer({ min: 1, max: 6 }), (column, grid, size) => {
      const parts = splitColumn(column, size).map((chunk) => {
        const header = headerOf(chunk);
        return needsBody(header, grid) ? chunk : header;
      });
      expectSame(bucketColumn(parts, grid), bucketColumn([column], grid));
    });
    fc.assert(law, { numRuns: 3000 });
  });

  it('gives the same from bodies as they are stored as from columns', () => {
    const law = fc.property(
      anySpaced(60, anyValue),
      anyGrid(),
      fc.integer({ min: 1, max: 9 }),
      (column, grid, size) => {
        const fold = new SeriesFold(grid);
        const room = new Float64Array(size);
        for (const chunk of splitColumn(column, size))
          fold.add(decodeInPlace(encodeColumn(chunk), (count) => room.subarray(0, count)));
        expectSame(fold.series(), naiveSeries(column, grid));
      },
    );
    fc.assert(law, { numRuns: 3000 });
  });

  it('finds where a bucket ends, however many numbers those before it took', () => {
    const column = columnFrom(Array.from({ length: 3000 }, (_, i) => [i < 1000 ? i : 1000 + 7 * (i - 1000), i % 11]));
    for (const buckets of [1, 2, 3, 7, 100, 999, 5000]) {
      const grid = { fromStep: 5, toStep: 14_900, buckets };
      expectSame(bucketColumn([column], grid), naiveSeries(column, grid));
    }
  });

  it('refuses a header that would have to be cut, parts out of order, and a grid of nothing', () => {
    const grid = { fromStep: 0, toStep: 9, buckets: 2 };
    expect(() =>
      bucketColumn(
        [
          headerOf(
            columnFrom([
              [4, 1],
              [5, 1],
            ]),
          ),
        ],
        grid,
      ),
    ).toThrow('decode it');
    expect(() => bucketColumn([columnFrom([[9, 1]]), columnFrom([[0, 1]])], grid)).toThrow(RangeError);
    expect(() => bucketColumn([], { ...grid, buckets: 0 })).toThrow(RangeError);
    expect(() => bucketColumn([], { ...grid, fromStep: 10 })).toThrow(RangeError);
  });
});

describe('needsBody', () => {
  const grid = { fromStep: 10, toStep: 29, buckets: 2 };
  const needs = (...points: [number, JsonValue][]) => needsBody(headerOf(columnFrom(points)), grid);

  it('is true just for a chunk that straddles a bucket or an end of the range', () => {
    expect(needs([10, 1], [19, 1])).toBe(false);
    expect(needs([19, 1], [20, 1])).toBe(true);
    expect(needs([9, 1], [10, 1])).toBe(true);
    expect(needs([29, 1], [30, 1])).toBe(true);
    expect(needs([30, 1], [40, 1])).toBe(false);
    expect(needs([0, 1], [9, 1])).toBe(false);
  });

  it('is true for numbers mixed with text, and false for text alone, of which a series has nothing', () => {
    expect(needs([11, 1], [12, 'x'])).toBe(true);
    expect(needs([11, 'x'], [25, 'y'])).toBe(false);
    expect(needs([11, true], [12, NaN])).toBe(false);
  });
});

/** A column whose steps are regular from some place to some place. */
function anySpaced(maxLength: number, values: fc.Arbitrary<JsonValue>): fc.Arbitrary<Column> {
  const spacing = fc.record({
    start: fc.nat(100),
    stride: fc.integer({ min: 1, max: 2000 }),
    odd: fc.nat(2 * maxLength),
  });
  const list = fc.oneof(fc.array(fc.double(), { maxLength }), fc.array(values, { maxLength }));
  return fc
    .tuple(list, spacing)
    .map(([points, { start, stride, odd }]) =>
      columnFrom(points.map((value, i) => [start + stride * i + (i >= odd ? 1 : 0), value])),
    );
}

function anyGrid(): fc.Arbitrary<SeriesGrid> {
  const step = fc.oneof(fc.nat(40), fc.nat(300_000), fc.maxSafeNat());
  return fc
    .tuple(step, step, fc.integer({ min: 1, max: 50 }))
    .map(([a, b, buckets]) => ({ fromStep: Math.min(a, b), toStep: Math.max(a, b), buckets }));
}

function headerOf(column: Column): ChunkHeader {
  const state = foldColumn(column, new Float64Array(column.steps.length));
  return { firstStep: column.steps[0] ?? 0, lastStep: column.steps.at(-1) ?? 0, state };
}

function naiveSeries(column: Column, { fromStep, toStep, buckets }: SeriesGrid): Series {
  const groups = new Map<number, [step: number, value: number][]>();
  for (const [step, value] of pointsOf(column)) {
    if (step < fromStep || step > toStep || typeof value === 'string' || typeof value === 'object') continue;
    const bucket = Math.min(buckets - 1, Math.floor(((step - fromStep) / (toStep - fromStep + 1)) * buckets));
    groups.set(bucket, [...(groups.get(bucket) ?? []), [step, Number(value)]]);
  }
  const rows = [...groups.values()].map((points) => {
    const finite = points.map(([, value]) => value).filter(Number.isFinite);
    const ends = { first: points[0]?.[1] ?? 0, last: points.at(-1)?.[1] ?? 0 };
    const steps = { firstStep: points[0]?.[0] ?? 0, lastStep: points.at(-1)?.[0] ?? 0 };
    const extremes =
      finite.length === 0 ? { min: NaN, max: NaN } : { min: Math.min(...finite), max: Math.max(...finite) };
    const mean = finite.reduce((sum, value) => sum + value / finite.length, finite.length === 0 ? NaN : 0);
    return { ...steps, ...ends, ...extremes, mean, count: points.length };
  });
  const list = (name: keyof Series) => Float64Array.from(rows, (row) => row[name]);
  return {
    firstStep: list('firstStep'),
    lastStep: list('lastStep'),
    count: list('count'),
    min: list('min'),
    max: list('max'),
    mean: list('mean'),
    first: list('first'),
    last: list('last'),
  };
}

/** Equal, a mean to 1e-12 of the largest magnitude in its bucket; a zero may have either sign, for extremes are either. */
function expectSame(actual: Series, expected: Series): void {
  const withoutMean = (series: Series) => ({ ...listed(series), mean: [] });
  expect(withoutMean(actual)).toEqual(withoutMean(expected));
  for (const [i, mean] of expected.mean.entries()) {
    const magnitude = Math.max(Math.abs(expected.min[i] ?? 0), Math.abs(expected.max[i] ?? 0));
    const difference = Math.abs((actual.mean[i] ?? 0) - mean);
    if (Number.isNaN(mean)) expect(actual.mean[i]).toBeNaN();
    else expect(difference).toBeLessThanOrEqual(magnitude * 1e-12 + 2 ** -1060);
  }
}

function listed(series: Series): { [name: string]: number[] } {
  return Object.fromEntries(
    Object.entries(series).map(([name, list]) => [name, Array.from(list, (n: number) => n + 0)]),
  );
}
