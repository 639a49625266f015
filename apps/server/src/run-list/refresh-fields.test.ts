import type { RunFilter } from '@summa/core/query/run-filter';
import type { FilterStatistic } from '@summa/core/query/run-target';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineMetric } from '../metric/define-metric.ts';
import type { RunRef } from '../services.ts';
import { updateSummary } from '../summary/update-summary.ts';
import { openTestServices, type TestServices } from '../testing/test-services.ts';
import { countRuns } from './list-runs.ts';
import { refreshStaleFields } from './refresh-fields.ts';
import { countStatements } from './testing/count-statements.ts';
import { insertSamples } from './testing/insert-samples.ts';
import { plainRuns } from './testing/plain-runs.ts';

let test: TestServices;
beforeAll(async () => {
  test = await openTestServices();
});
afterAll(() => test.close());

function summaryIs(key: string, statistic: FilterStatistic, operand: number | string): RunFilter {
  return { target: { section: 'summary', key, statistic }, operator: 'eq', operand };
}

function has(key: string, statistic: FilterStatistic = 'VALUE'): RunFilter {
  return { target: { section: 'summary', key, statistic }, operator: 'exists', operand: true };
}

const count = (filter: RunFilter, services = test.services) => countRuns(services, test.projectId, filter);

async function isStale(run: RunRef): Promise<boolean> {
  const found = await test.services.database.pool.query<{ fields_stale: boolean }>(
    'SELECT fields_stale FROM run_summary WHERE project_id = $1 AND run_id = $2',
    [run.projectId, run.runId],
  );
  return found.rows[0]?.fields_stale ?? false;
}

describe('fields of a summary', () => {
  it('show every row that was acknowledged before the query, in any server', async () => {
    const other = await test.openAnother();
    const run = await test.startRun();
    for (let step = 0; step < 30; step++) {
      await test.log(run, [{ step, values: { 'fresh/loss': step } }]);
      const services = step % 2 === 0 ? test.services : other;
      expect(await count(summaryIs('fresh/loss', 'LAST', step), services)).toBe(1);
      expect(await count(summaryIs('fresh/loss', 'COUNT', step + 1), services)).toBe(1);
    }
  });

  it('show what was acknowledged while writers and servers are busy', async () => {
    const other = await test.openAnother();
    const runs = await Promise.all(Array.from({ length: 6 }, () => test.startRun()));
    const writeAndAsk = async (run: RunRef, i: number) => {
      for (let step = 1; step <= 15; step++) {
        await test.log(run, [{ step, values: { 'busy/loss': i * 1000 + step } }]);
        const services = (step + i) % 2 === 0 ? test.services : other;
        expect(await count(summaryIs('busy/loss', 'MAX', i * 1000 + step), services)).toBe(1);
      }
    };
    await Promise.all(runs.map(writeAndAsk));
    await Promise.all([refreshStaleFields(test.services, test.projectId), refreshStaleFields(other, test.projectId)]);
    for (const [i, run] of runs.entries()) {
      expect(await isStale(run)).toBe(false);
      expect(await count(summaryIs('busy/loss', 'LAST', i * 1000 + 15))).toBe(1);
    }
  });

  it('follow a definition that is made afterwards', async () => {
    const run = await test.startRun();
    await test.log(run, [
      { step: 1, values: { 'defined/loss': 3 } },
      { step: 2, values: { 'defined/loss': 5 } },
    ]);
    expect(await count(has('defined/loss', 'BEST'))).toBe(0);
    await defineMetric(test.services, run, { name: 'defined/loss', summary: ['best'], goal: 'minimize' });
    expect(await count(summaryIs('defined/loss', 'BEST', 3))).toBe(1);
    expect(await count(summaryIs('defined/loss', 'VALUE', 5))).toBe(1);
  });

  it('show an explicit value until it is gone', async () => {
    const run = await test.startRun();
    await test.log(run, [{ step: 1, values: { 'explicit/loss': 3 } }]);
    const change = (input: object) => updateSummary(test.services, run, { userId: test.userId, ...input });
    await change({ set: { 'explicit/loss': 1, note: 'explicit best' } });
    expect(await count(summaryIs('explicit/loss', 'VALUE', 1))).toBe(1);
    expect(await count(summaryIs('explicit/loss', 'MIN', 3))).toBe(1);
    expect(await count(summaryIs('note', 'VALUE', 'explicit best'))).toBe(1);
    await change({ clear: ['explicit/loss', 'note'] });
    expect(await count(summaryIs('explicit/loss', 'VALUE', 3))).toBe(1);
    expect(await count(has('note'))).toBe(0);
  });

  it('never go back to an older revision, and mark the run as shown only when they are up to it', async () => {
    const run = await test.startRun();
    await test.log(run, [{ step: 1, values: { 'revision/loss': 1 } }]);
    await refreshStaleFields(test.services, test.projectId);
    await test.services.database.pool.query(
      'UPDATE run_summary SET fields_stale = true, field_revision = revision + 1 WHERE project_id = $1 AND run_id = $2',
      [run.projectId, run.runId],
    );
    await test.services.database.pool.query(
      `UPDATE run_field SET number = 7 WHERE project_id = $1 AND run_id = $2 AND section = 'summary'`,
      [run.projectId, run.runId],
    );
    await refreshStaleFields(test.services, test.projectId);
    expect(await count(summaryIs('revision/loss', 'VALUE', 7))).toBe(1);
    await test.log(run, [{ step: 2, values: { 'revision/loss': 2 } }]);
    expect(await count(summaryIs('revision/loss', 'VALUE', 2))).toBe(1);
    expect(await isStale(run)).toBe(false);
  });

  it('are refreshed soon after a write, without a query', async () => {
    const run = await test.startRun();
    await test.log(run, [{ step: 1, values: { 'soon/loss': 1 } }]);
    expect(await isStale(run)).toBe(true);
    await expect.poll(() => isStale(run), { timeout: 5_000 }).toBe(false);
  });

  it('are written in as many statements for fifty runs as for ten', async () => {
    await test.services.fields.drain();
    const refreshOf = async (runCount: number) => {
      const projectId = await insertSamples(test.services, plainRuns(runCount), new Map([['ada', test.userId]]));
      return countStatements(() => refreshStaleFields(test.services, projectId));
    };
    const [ten, fifty] = [await refreshOf(10), await refreshOf(50)];
    expect(fifty).toBe(ten);
  });
});
