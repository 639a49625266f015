import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countStatements } from '../run-list/testing/count-statements.ts';
import { openTestServices, type TestServices } from '../testing/test-services.ts';
import { compactRun } from './compact-run.ts';
import { readSeries } from './read-series.ts';

let test: TestServices;
beforeAll(async () => {
  test = await openTestServices();
  // The refresh that follows writes in the background would be counted with whatever runs beside it.
  await test.services.fields.stop();
});
afterAll(() => test.close());

const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({ step: from + i, values: { loss: Math.cos(from + i), acc: i } }));

async function runWith(rowCount: number) {
  const run = await test.startRun();
  for (let from = 0; from < rowCount; from += 10_000)
    await test.log(run, rows(from, Math.min(rowCount, from + 10_000)));
  await compactRun(test.services, run);
  return run;
}

describe('the statements of a run', () => {
  it('are one for a batch beyond the last step, of a new run and of a long one', async () => {
    for (const run of [await runWith(10), await runWith(100_000)]) {
      await test.log(run, rows(100_000, 100_001));
      expect(await countStatements(() => test.log(run, rows(100_001, 100_501)))).toBe(1);
    }
  });

  it('are two for late rows, which read what lies between their first and last step, however long the run', async () => {
    for (const run of [await runWith(10), await runWith(50_000)]) {
      const late = { step: 60_000, values: { loss: 1, acc: 1 } };
      await test.log(run, [{ step: 70_000, values: { loss: 0, acc: 0 } }]);
      expect(await countStatements(() => test.log(run, [late]))).toBe(2);
    }
  });

  it('are as many for a chart of one metric as of two, of ten rows as of many', async () => {
    const counts: number[] = [];
    for (const run of [await runWith(5_000), await runWith(50_000)]) {
      for (const keys of [['loss'], ['loss', 'acc']]) {
        counts.push(await countStatements(() => readSeries(test.services, run, { keys, range: {}, buckets: 100 })));
      }
    }
    expect(new Set(counts).size).toBe(1);
  });
});
