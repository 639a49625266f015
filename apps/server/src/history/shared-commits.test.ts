import { parseRows } from '@summa/core/history/parse-rows';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../database/in-transaction.ts';
import type { RunRef, Services } from '../services.ts';
import { loadSummaries } from '../summary/load-summaries.ts';
import { recordStatements } from '../testing/record-statements.ts';
import { openTestServices, type TestServices } from '../testing/test-services.ts';
import { findSegments, findWriters } from './history-store.ts';
import { readColumns } from './read-history.ts';

let test: TestServices;
/** A server that knows nothing of the runs. */
let reader: Services;
beforeAll(async () => {
  test = await openTestServices();
  reader = await test.openAnother();
  // The refresh that follows writes in the background would be counted with whatever runs beside it.
  await test.services.fields.stop();
});
afterAll(() => test.close());

/** Runs that this process knows, each with one row. */
async function knownRuns(count: number): Promise<RunRef[]> {
  const runs = await Promise.all(Array.from({ length: count }, () => test.startRun()));
  for (const run of runs) await test.log(run, [{ step: 0, values: { loss: 1 } }]);
  return runs;
}

async function storedOf(run: RunRef) {
  const summary = (await loadSummaries(reader, [run])).get(run.runId);
  const state = summary?.states.get('loss');
  const column = (await readColumns(reader, run, ['loss'])).get('loss')?.column;
  return {
    revision: summary?.revision,
    lastStep: summary?.lastStep,
    rowCount: summary?.rowCount,
    sum: state?.sum,
    values: [...(column?.numbers ?? [])],
    writers: Object.fromEntries(await findWriters(reader.database.pool, run)),
    segments: (await findSegments(reader.database.pool, run)).map(({ seq }) => seq),
  };
}

const hold = (run: RunRef, work: () => Promise<void>) =>
  inTransaction(test.services.database.pool, 'write', async (client) => {
    await client.query('SELECT 1 FROM run_summary WHERE project_id = $1 AND run_id = $2 FOR UPDATE', [
      run.projectId,
      run.runId,
    ]);
    await work();
  });

describe('rows of many runs', () => {
  it('that come at the same time are stored by one statement, each in its own run', async () => {
    const runs = await knownRuns(5);
    const statements = await recordStatements(test.services.database.pool, () =>
      Promise.all(runs.map((run, i) => test.log(run, [{ step: 1 + i, values: { loss: 10 * i } }]))),
    );
    expect(statements).toEqual(['storeAppends']);
    for (const [i, run] of runs.entries()) {
      expect(await storedOf(run)).toEqual({
        revision: 2,
        lastStep: 1 + i,
        rowCount: 2,
        sum: 1 + 10 * i,
        values: [1, 10 * i],
        writers: { w: 2 },
        segments: [1, 2],
      });
    }
  });

  it('that come while others are being stored go together afterwards', async () => {
    const runs = await knownRuns(6);
    const statements = await recordStatements(test.services.database.pool, async () => {
      const [first, ...others] = runs.map((run) => () => test.log(run, [{ values: { loss: 2 } }]));
      const begun = first?.();
      // In one turn of the event loop it is gathered, in the next it is under way.
      for (let turns = 0; turns < 2; turns++) await new Promise((resolve) => setImmediate(resolve));
      await Promise.all([begun, ...others.map((log) => log())]);
    });
    expect(statements).toEqual(['storeAppend', 'storeAppends']);
    for (const run of runs) expect((await storedOf(run)).values).toEqual([1, 2]);
  });

  it('do not wait for a run that somebody holds, whose rows are stored when it is free', async () => {
    const [held, ...free] = await knownRuns(4);
    if (!held) throw new Error('there are four runs');
    let waiting: Promise<unknown> = Promise.resolve();
    let isStored = false;
    await hold(held, async () => {
      waiting = test.log(held, [{ values: { loss: 5 } }]).then(() => {
        isStored = true;
      });
      await Promise.all(free.map((run) => test.log(run, [{ values: { loss: 5 } }])));
      expect(isStored).toBe(false);
    });
    await waiting;
    for (const run of [held, ...free]) expect((await storedOf(run)).values).toEqual([1, 5]);
  });

  it('are stored although another server changed one of the runs, whose rows are then tried again', async () => {
    const runs = await knownRuns(3);
    const other = await test.openAnother();
    const [changed] = runs;
    if (!changed) throw new Error('there are three runs');
    await other.histories.append(changed, {
      writer: 'elsewhere',
      offset: 0,
      batch: parseRows([{ step: 7, values: { loss: 3 } }]),
    });
    await Promise.all(runs.map((run) => test.log(run, [{ step: 9, values: { loss: 4 } }])));
    expect(await storedOf(changed)).toMatchObject({ values: [1, 3, 4], writers: { w: 2, elsewhere: 1 }, revision: 3 });
    for (const run of runs.slice(1)) expect((await storedOf(run)).values).toEqual([1, 4]);
  });
});
