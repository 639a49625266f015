import { parseRows } from '@summa/core/history/parse-rows';
import { readStatistic } from '@summa/core/metric/read-statistic';
import { parseFilter } from '@summa/core/query/parse-filter';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listRuns } from '../run-list/list-runs.ts';
import type { RunRef, Services } from '../services.ts';
import { loadSummaries } from '../summary/load-summaries.ts';
import { updateSummary } from '../summary/update-summary.ts';
import { openTestServices, type TestServices } from '../testing/test-services.ts';
import { compactRun } from './compact-run.ts';
import { forkHistory } from './fork-history.ts';
import { readColumns } from './read-history.ts';
import { rewindHistory } from './rewind-history.ts';

let test: TestServices;
beforeAll(async () => {
  test = await openTestServices();
});
afterAll(() => test.close());

const rows = (from: number, to: number, value: (step: number) => object = (step) => ({ v: step })) =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ step: from + i, values: value(from + i) }));

async function stateOf(services: Services, run: RunRef, key = 'v') {
  const summary = (await loadSummaries(services, [run])).get(run.runId);
  const state = summary?.states.get(key);
  const { count, min, max, last } = state ?? {};
  const mean = state && readStatistic(state, 'mean');
  return { rows: summary?.rowCount, lastStep: summary?.lastStep, count, min: min?.value, max: max?.value, last, mean };
}

describe('a history that is taken back to a step', () => {
  it('is as if the rows beyond it had never been logged, and goes on with what is logged then', async () => {
    const run = await test.startRun();
    await test.log(run, rows(0, 9));
    await rewindHistory(test.services, run, { step: 4 });
    expect(await stateOf(test.services, run)).toMatchObject({ rows: 5, lastStep: 4, count: 5, max: 4, mean: 2 });
    // 0 1 2 3 4 100 101: the mean is 211 / 7.
    await test.log(
      run,
      rows(5, 6, (step) => ({ v: step + 95 })),
    );
    const expected = { rows: 7, lastStep: 6, count: 7, min: 0, max: 101, last: { value: 101, step: 6 } };
    expect(await stateOf(test.services, run)).toMatchObject(expected);
    const after = await test.openAnother();
    expect(await stateOf(after, run)).toMatchObject(expected);
    expect((await stateOf(after, run)).mean).toBeCloseTo(211 / 7, 12);
    const { column } = (await readColumns(after, run, ['v'])).get('v') ?? {};
    expect([...(column?.numbers ?? [])]).toEqual([0, 1, 2, 3, 4, 100, 101]);
  });

  it('cuts chunks where the step lies within them, of many chunks and of one', async () => {
    const run = await test.startRun();
    await test.log(
      run,
      rows(0, 9_999, (step) => ({ v: step, ...(step % 1000 === 0 && { rare: step }) })),
    );
    await compactRun(test.services, run);
    await rewindHistory(test.services, run, { step: 5_000 });
    // The mean of 0 … 5,000 is 2,500.
    expect(await stateOf(test.services, run)).toMatchObject({ rows: 5_001, count: 5_001, max: 5_000, mean: 2_500 });
    expect(await stateOf(test.services, run, 'rare')).toMatchObject({ count: 6, max: 5_000, mean: 2_500 });
    const { column } = (await readColumns(test.services, run, ['v'])).get('v') ?? {};
    expect(column?.steps).toEqual(Float64Array.from({ length: 5_001 }, (_, i) => i));
  });

  it('has no trace of a metric that was only logged later, and is found by it no more', async () => {
    const run = await test.startRun();
    await test.log(run, [...rows(0, 3), { step: 4, values: { later: 1 } }]);
    const found = async () => {
      const filter = parseFilter({ summary: { key: 'later', exists: true } });
      const page = await listRuns(test.services, test.projectId, { filter, orderBy: null, first: 10 });
      return page.runs.map(({ id }) => id);
    };
    expect(await found()).toEqual([run.runId]);
    await rewindHistory(test.services, run, { step: 3 });
    expect(await found()).toEqual([]);
    expect(await stateOf(test.services, run, 'later')).toMatchObject({ count: undefined });
  });

  it('has the value that a step was logged with last, although others came between', async () => {
    const run = await test.startRun();
    await test.log(run, rows(0, 9));
    await test.log(run, [{ step: 2, values: { v: 50 } }]);
    await rewindHistory(test.services, run, { step: 3 });
    // 0 1 50 3: the mean is 13.5.
    expect(await stateOf(test.services, run)).toMatchObject({ count: 4, max: 50, mean: 13.5, last: { value: 3 } });
  });

  it('keeps what lies behind the step when there is nothing beyond it, or nothing at all', async () => {
    const run = await test.startRun();
    await rewindHistory(test.services, run, { step: 7 });
    expect(await stateOf(test.services, run)).toMatchObject({ rows: 0, lastStep: null });
    await test.log(run, rows(0, 3));
    await rewindHistory(test.services, run, { step: 7 });
    expect(await stateOf(test.services, run)).toMatchObject({ rows: 4, lastStep: 3, count: 4 });
  });

  it('takes no row that was sent before for a new one, unless its writer begins anew', async () => {
    const run = await test.startRun();
    await test.log(run, rows(0, 9));
    await rewindHistory(test.services, run, { step: 4 });
    const { acceptedRows } = await test.log(run, rows(5, 5));
    expect(acceptedRows).toBe(11);
    await rewindHistory(test.services, run, { step: 4, restart: ['w'] });
    const sent = { writer: 'w', offset: 0, batch: parseRows(rows(5, 6)) };
    expect((await test.services.histories.append(run, sent)).acceptedRows).toBe(2);
    expect(await stateOf(test.services, run)).toMatchObject({ rows: 7, count: 7 });
  });

  it('keeps explicit values', async () => {
    const run = await test.startRun();
    await test.log(run, rows(0, 9));
    await updateSummary(test.services, run, { set: { best: 9 }, userId: test.userId });
    await rewindHistory(test.services, run, { step: 4 });
    const summary = (await loadSummaries(test.services, [run])).get(run.runId);
    expect(summary?.explicit.get('best')).toMatchObject({ value: 9 });
  });

  it('is of one piece while another server logs into the run and its segments are merged', async () => {
    const run = await test.startRun();
    const other = await test.openAnother();
    for (let round = 0; round < 5; round++) {
      const from = round * 20;
      const appends = Array.from({ length: 10 }, (_, i) => ({
        writer: 'other',
        offset: from + i * 2,
        batch: parseRows(rows(from + i * 2, from + i * 2 + 1)),
      }));
      const logging = (async () => {
        for (const request of appends) await other.histories.append(run, request);
      })();
      await Promise.all([logging, compactRun(other, run), rewindHistory(test.services, run, { step: 1_000_000 })]);
    }
    expect(await stateOf(other, run)).toMatchObject({ rows: 100, count: 100, mean: 49.5 });
    await Promise.all([rewindHistory(test.services, run, { step: 49 }), rewindHistory(other, run, { step: 9 })]);
    // The mean of 0 … 9 is 4.5.
    for (const services of [test.services, other]) {
      expect(await stateOf(services, run)).toMatchObject({ rows: 10, lastStep: 9, count: 10, mean: 4.5 });
    }
  });

  it('stays whole when it cannot be stored', async () => {
    const run = await test.startRun();
    await test.log(run, rows(0, 9));
    const { pool } = test.services.database;
    await pool.query('ALTER TABLE run_writer RENAME TO run_writer_away');
    await expect(rewindHistory(test.services, run, { step: 4 })).rejects.toThrow('run_writer');
    await pool.query('ALTER TABLE run_writer_away RENAME TO run_writer');
    expect(await stateOf(test.services, run)).toMatchObject({ rows: 10, count: 10, mean: 4.5 });
  });
});

describe('a history that begins with that of another run', () => {
  it('has its rows up to the step, and leaves it as it is', async () => {
    const parent = await test.startRun();
    await test.log(parent, rows(0, 4_999));
    await compactRun(test.services, parent);
    await test.log(parent, rows(5_000, 5_009));
    const run = await test.startRun();
    await forkHistory(test.services, run, { sourceId: parent.runId, step: 4_998 });
    await test.log(
      run,
      rows(4_999, 4_999, () => ({ v: -1 })),
    );
    // 0 … 4,998 and -1: the mean is (4,998 * 4,999 / 2 - 1) / 5,000.
    const expected = { rows: 5_000, count: 5_000, min: -1, max: 4_998, last: { value: -1 } };
    for (const services of [test.services, await test.openAnother()]) {
      const state = await stateOf(services, run);
      expect(state).toMatchObject(expected);
      expect(Number(state.mean) / ((4_998 * 4_999) / 2 - 1)).toBeCloseTo(1 / 5_000, 12);
    }
    expect(await stateOf(test.services, parent)).toMatchObject({ rows: 5_010, count: 5_010, max: 5_009 });
    await forkHistory(test.services, run, { sourceId: parent.runId, step: 10 });
    expect(await stateOf(test.services, run)).toMatchObject(expected);
  });
});
