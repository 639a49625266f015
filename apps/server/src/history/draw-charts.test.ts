import { bucketColumn } from '@summa/core/history/series';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunRef } from '../services.ts';
import { openTestServices, type TestServices } from '../testing/test-services.ts';
import { compactRun } from './compact-run.ts';
import { readSeries, readSeriesOfRuns } from './read-series.ts';

let test: TestServices;
let run: RunRef;
/** The values of key `a` by step: several chunks of numbers, then rows that fall into two of these, and some beyond. */
const values = new Map<number, number>();
const ROWS = 20_000;

beforeAll(async () => {
  test = await openTestServices();
  await test.services.compactor.stop();
  run = await test.startRun();
  await log(Array.from({ length: ROWS }, (_, i) => [3 * i, Math.sin(i)]));
  await compactRun(test.services, run);
});
afterAll(() => test.close());

async function log(points: readonly (readonly [step: number, value: number])[]): Promise<void> {
  await test.log(
    run,
    points.map(([step, value]) => ({ step, values: { a: value, text: `s${step}` } })),
  );
  for (const [step, value] of points) values.set(step, value);
}

function expected(grid: { fromStep: number; toStep: number; buckets: number }) {
  const points = [...values].sort(([a], [b]) => a - b);
  const steps = Float64Array.from(points, ([step]) => step);
  return bucketColumn([{ steps, numbers: Float64Array.from(points, ([, value]) => value), others: null }], grid);
}

const lastStep = () => Math.max(...values.keys());

async function expectCharts(): Promise<void> {
  for (const buckets of [1, 3, 40, 1000]) {
    for (const [from, to] of [
      [0, lastStep()],
      [20_000, 41_000],
      [24_000, 24_100],
    ] as const) {
      const [series] = await readSeries(test.services, run, { keys: ['a'], range: { from, to }, buckets });
      const { mean, ...exact } = expected({ fromStep: from, toStep: to, buckets: Math.min(buckets, to - from + 1) });
      expect(series?.series).toMatchObject(exact);
      const means = [...(series?.series.mean ?? [])];
      expect(means).toHaveLength(mean.length);
      for (const [i, each] of means.entries()) expect(each).toBeCloseTo(mean[i] ?? Number.NaN, 12);
    }
  }
}

it('draws chunks as they are', async () => {
  await expectCharts();
});

it('draws chunks with later rows among them, between them and after them', async () => {
  await log([[24_001, 50]]);
  await expectCharts();
  await log([
    [40_000, -50],
    [40_001, 51],
    [60_003, 7],
  ]);
  await expectCharts();
});

it('gives two charts of one metric each its own buckets, and two runs each their own values', async () => {
  const other = await test.startRun();
  await test.log(
    other,
    Array.from({ length: 5_000 }, (_, step) => ({ step, values: { a: step } })),
  );
  await compactRun(test.services, other);
  const asks = [
    { run, ask: { keys: ['a'], range: {}, buckets: 7 } },
    { run: other, ask: { keys: ['text', 'a', 'a'], range: { from: 10, to: 4_899 }, buckets: 3 } },
    { run, ask: { keys: ['a'], range: { to: 9_999 }, buckets: 100 } },
  ];
  const [coarse, ofOther, fine] = await readSeriesOfRuns(test.services, asks);
  expect(coarse?.[0]?.series.min).toEqual(expected({ fromStep: 0, toStep: lastStep(), buckets: 7 }).min);
  expect(fine?.[0]?.series.last).toEqual(expected({ fromStep: 0, toStep: 9_999, buckets: 100 }).last);
  expect(ofOther?.map(({ key }) => key)).toEqual(['text', 'a', 'a']);
  expect(ofOther?.[0]?.series.count).toHaveLength(0);
  for (const { series } of ofOther?.slice(1) ?? []) {
    expect([...series.min]).toEqual([10, 1_640, 3_270]);
    expect([...series.max]).toEqual([1_639, 3_269, 4_899]);
    expect([...series.mean]).toEqual([824.5, 2_454.5, 4_084.5]);
  }
});

it('says CORRUPT_DATA of a damaged chunk, and reads the others afterwards', async () => {
  const { pool } = test.services.database;
  const damage = `UPDATE history_chunk SET body = set_byte(body, 20, get_byte(body, 20) # 1) WHERE run_id = $1 AND first_step = 0`;
  await pool.query(damage, [run.runId]);
  await expect(readSeries(test.services, run, { keys: ['a'], range: {}, buckets: 1000 })).rejects.toMatchObject({
    code: 'CORRUPT_DATA',
  });
  await pool.query(damage, [run.runId]);
  await expectCharts();
});
