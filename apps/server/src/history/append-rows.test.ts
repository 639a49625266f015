import { parseRows } from '@summa/core/history/parse-rows';
import { readStatistic } from '@summa/core/metric/read-statistic';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRef, Services } from '../services.ts';
import { loadSummaries } from '../summary/load-summaries.ts';
import { openTestServices, type TestServices } from '../testing/test-services.ts';
import { compactRun } from './compact-run.ts';
import { readColumns } from './read-history.ts';
import { readRows } from './read-rows.ts';
import { readSeries } from './read-series.ts';

let test: TestServices;
beforeAll(async () => {
  test = await openTestServices();
});
afterAll(() => test.close());

async function stateOf(run: RunRef, key: string, services: Services = test.services) {
  const summary = (await loadSummaries(services, [run])).get(run.runId);
  const state = summary?.states.get(key);
  if (summary === undefined || state === undefined) throw new Error(`nothing of ${key}`);
  return { ...state, rowCount: summary.rowCount, lastStepOfRun: summary.lastStep };
}

async function valuesOf(run: RunRef, key: string): Promise<[number, number][]> {
  const timed = (await readColumns(test.services, run, [key])).get(key);
  return [...(timed?.column.steps ?? [])].map((step, i) => [step, timed?.column.numbers[i] ?? Number.NaN]);
}

describe('appending rows', () => {
  it('keeps the last value when the same step is sent twice, and folds it alone', async () => {
    const run = await test.startRun();
    await test.log(run, [
      { step: 1, values: { loss: 9 } },
      { step: 2, values: { loss: 5 } },
    ]);
    await test.log(run, [{ step: 1, values: { loss: 7, acc: 0.5 } }]);
    expect(await valuesOf(run, 'loss')).toEqual([
      [1, 7],
      [2, 5],
    ]);
    expect(await stateOf(run, 'loss')).toMatchObject({
      count: 2,
      sum: 12,
      max: { value: 7, step: 1 },
      first: { value: 7 },
      rowCount: 2,
    });
    expect(await stateOf(run, 'acc')).toMatchObject({ count: 1, last: { value: 0.5, step: 1 } });
  });

  it('takes late rows where they belong', async () => {
    const run = await test.startRun();
    await test.log(run, [
      { step: 10, values: { loss: 1 } },
      { step: 20, values: { loss: 2 } },
    ]);
    await test.log(
      run,
      [
        { step: 5, values: { loss: 3 } },
        { step: 15, values: { loss: 4 } },
      ],
      'late',
    );
    expect(await valuesOf(run, 'loss')).toEqual([
      [5, 3],
      [10, 1],
      [15, 4],
      [20, 2],
    ]);
    expect(await stateOf(run, 'loss')).toMatchObject({
      count: 4,
      first: { value: 3, step: 5 },
      last: { value: 2, step: 20 },
      rowCount: 4,
    });
  });

  it('counts a row once however often it is sent', async () => {
    const run = await test.startRun();
    const rows = [
      { step: 0, values: { loss: 1 } },
      { step: 1, values: { loss: 2 } },
      { step: 2, values: { loss: 3 } },
    ];
    const send = (offset: number, from: number, to: number) =>
      test.services.histories.append(run, { writer: 'w', offset, batch: parseRows(rows.slice(from, to)) });
    await send(0, 0, 2);
    expect(await send(0, 0, 2)).toMatchObject({ acceptedRows: 2 });
    expect(await send(1, 1, 3)).toMatchObject({ acceptedRows: 3 });
    expect(await stateOf(run, 'loss')).toMatchObject({ count: 3, sum: 6 });
  });

  it('refuses rows after a gap and names the offset to go on from', async () => {
    const run = await test.startRun();
    await test.log(run, [{ values: { loss: 1 } }]);
    const batch = parseRows([{ values: { loss: 2 } }]);
    await expect(test.services.histories.append(run, { writer: 'w', offset: 5, batch })).rejects.toMatchObject({
      code: 'OFFSET_GAP',
      message: expect.stringContaining('offset 1'),
    });
    expect(await stateOf(run, 'loss')).toMatchObject({ count: 1 });
  });

  it('gives rows without a step the steps after the last', async () => {
    const run = await test.startRun();
    await test.log(run, [{ values: { loss: 1 } }, { step: 7, values: { loss: 2 } }, { values: { loss: 3 } }]);
    const result = await test.log(run, [{ values: { loss: 4 } }]);
    expect(result.lastStep).toBe(9);
    expect(await valuesOf(run, 'loss')).toEqual([
      [0, 1],
      [7, 2],
      [8, 3],
      [9, 4],
    ]);
  });

  it('stores what many requests send at once, together and each once', async () => {
    const run = await test.startRun();
    await Promise.all(
      Array.from({ length: 50 }, (_, i) => test.log(run, [{ step: i, values: { loss: i } }], `writer-${i}`)),
    );
    expect(await stateOf(run, 'loss')).toMatchObject({ count: 50, sum: 1225, rowCount: 50 });
    const segments = await test.services.database.pool.query('SELECT 1 FROM history_segment WHERE run_id = $1', [
      run.runId,
    ]);
    expect(segments.rowCount).toBeLessThan(50);
  });

  it('survives a second server that writes into the same run', async () => {
    const run = await test.startRun();
    const other = await test.openAnother();
    for (let i = 0; i < 10; i++) {
      await test.log(run, [{ step: 2 * i, values: { loss: 1 } }], 'here');
      await other.histories.append(run, {
        writer: 'there',
        offset: i,
        batch: parseRows([{ step: 2 * i + 1, values: { loss: 3 } }]),
      });
    }
    expect(await stateOf(run, 'loss')).toMatchObject({ count: 20, sum: 40, rowCount: 20, lastStepOfRun: 19 });
  });

  it('refuses rows of a finished run, and takes them again once it runs', async () => {
    const run = await test.startRun();
    await test.log(run, [{ values: { loss: 1 } }]);
    const setState = (state: string) =>
      test.services.database.pool.query('UPDATE run SET state = $2 WHERE id = $1', [run.runId, state]);
    await setState('finished');
    test.services.histories.forget(run);
    const batch = parseRows([{ values: { loss: 2 } }]);
    await expect(test.services.histories.append(run, { writer: 'x', offset: 0, batch })).rejects.toMatchObject({
      code: 'RUN_FINISHED',
    });
    await setState('running');
    expect(await test.services.histories.append(run, { writer: 'x', offset: 0, batch })).toMatchObject({
      acceptedRows: 1,
    });
  });

  it('keeps whole numbers beyond 2^53, text, lists, media and NaN as they came', async () => {
    const run = await test.startRun();
    const media = { _type: 'image-file', path: 'a.png', size: 12 };
    const values = {
      big: 2n ** 60n + 1n,
      text: 'a\u0000b',
      list: [1, 'NaN'],
      img: media,
      nan: 'NaN',
      flag: true,
      nested: { deep: -0.5 },
    };
    await test.log(run, [{ step: 3, timestamp: 1700000000.25, values }]);
    const page = await readRows(test.services, run, {
      allKeys: ['big', 'text', 'list', 'img', 'nan', 'flag', 'nested.deep'],
      range: {},
      first: 10,
    });
    expect(page).toEqual({
      rows: [{ step: 3, time: 1700000000.25, values: { ...values, list: [1, Number.NaN], nan: Number.NaN } }],
      hasNextPage: false,
    });
  });
});

describe('a run read again after a restart', () => {
  it('has the same state, whether it was written down or must be folded from segments', async () => {
    const run = await test.startRun();
    for (let i = 0; i < 40; i++)
      await test.log(run, [{ step: i, values: { loss: Math.sin(i), extra: i % 3 === 0 ? 'NaN' : i } }]);
    const here = await stateOf(run, 'loss');
    const restarted = await test.openAnother();
    const there = await stateOf(run, 'loss', restarted);
    expect(there).toMatchObject({
      count: 40,
      min: here.min,
      max: here.max,
      first: here.first,
      last: here.last,
      rowCount: 40,
    });
    expect(readStatistic(there, 'mean')).toBeCloseTo(Number(readStatistic(here, 'mean')), 13);
    expect(await stateOf(run, 'extra', restarted)).toMatchObject({ nanCount: 14, finiteCount: 26 });
  });
});

describe('merging segments into chunks', () => {
  it('leaves every row in exactly one place and changes no answer', async () => {
    const run = await test.startRun();
    const rows = Array.from({ length: 9000 }, (_, step) => ({
      step,
      values: { loss: step / 7, ...(step % 10 === 0 && { acc: step }) },
    }));
    for (let i = 0; i < rows.length; i += 900) await test.log(run, rows.slice(i, i + 900));
    const before = {
      loss: await valuesOf(run, 'loss'),
      acc: await valuesOf(run, 'acc'),
      state: await stateOf(run, 'loss'),
    };
    await compactRun(test.services, run);
    await compactRun(test.services, run);
    const { pool } = test.services.database;
    const counts = await pool.query(
      `SELECT (SELECT count(*) FROM history_segment WHERE run_id = $1)::int AS segments,
              (SELECT sum(count) FROM history_chunk c JOIN metric_key k ON k.project_id = c.project_id AND k.id = c.key_id WHERE run_id = $1 AND k.key = 'loss')::int AS loss,
              (SELECT sum(count) FROM history_chunk WHERE run_id = $1 AND key_id = 0)::int AS times`,
      [run.runId],
    );
    expect(counts.rows).toEqual([{ segments: 0, loss: 9000, times: 9000 }]);
    expect(await valuesOf(run, 'loss')).toEqual(before.loss);
    expect(await valuesOf(run, 'acc')).toEqual(before.acc);
    expect(await stateOf(run, 'loss')).toEqual(before.state);
  });

  it('merges late and repeated steps into the chunks that they fall into', async () => {
    const run = await test.startRun();
    await test.log(
      run,
      Array.from({ length: 5000 }, (_, i) => ({ step: 2 * i, values: { loss: i } })),
    );
    await compactRun(test.services, run);
    await test.log(
      run,
      [
        { step: 3, values: { loss: -1 } },
        { step: 4000, values: { loss: -2 } },
        { step: 9999, values: { loss: -3 } },
        { step: 20000, values: { loss: -4 } },
      ],
      'late',
    );
    const before = await valuesOf(run, 'loss');
    const state = await stateOf(run, 'loss');
    expect(before.length).toBe(5003);
    await compactRun(test.services, run);
    expect(await valuesOf(run, 'loss')).toEqual(before);
    expect(await stateOf(run, 'loss', await test.openAnother())).toEqual(state);
    const chunks = await test.services.database.pool.query<{ first: number; last: number }>(
      `SELECT first_step::float8 AS first, last_step::float8 AS last FROM history_chunk WHERE run_id = $1 AND key_id <> 0 ORDER BY 1`,
      [run.runId],
    );
    for (const [i, chunk] of chunks.rows.entries()) expect(chunk.first).toBeGreaterThan(chunks.rows[i - 1]?.last ?? -1);
  });

  it('is done once when two servers begin it at the same time, while rows arrive', async () => {
    const run = await test.startRun();
    const other = await test.openAnother();
    for (let i = 0; i < 30; i++) await test.log(run, [{ step: i, values: { loss: i } }]);
    const writing = (async () => {
      for (let i = 30; i < 60; i++) await test.log(run, [{ step: i, values: { loss: i } }]);
    })();
    await Promise.all([
      compactRun(test.services, run),
      compactRun(other, run),
      compactRun(test.services, run),
      writing,
    ]);
    expect(await valuesOf(run, 'loss')).toEqual(Array.from({ length: 60 }, (_, i) => [i, i]));
    expect(await stateOf(run, 'loss', await test.openAnother())).toMatchObject({ count: 60, sum: 1770, rowCount: 60 });
  });

  it('does not shift the buckets of a chart that begins within a merged chunk', async () => {
    const run = await test.startRun();
    await test.log(run, [{ step: 0, values: { loss: 0 } }]);
    await test.log(
      run,
      [6, 9, 18].map((step) => ({ step, values: { loss: step } })),
    );
    const ask = { keys: ['loss'], range: { from: 5, to: 50 }, buckets: 4 };
    const before = await readSeries(test.services, run, ask);
    await compactRun(test.services, run);
    expect(await readSeries(test.services, run, ask)).toEqual(before);
    expect([...(before[0]?.series.firstStep ?? [])]).toEqual([6, 9, 18]);
  });
});
