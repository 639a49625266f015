import type { PoolClient } from 'pg';
import { inTransaction } from '../database/in-transaction.ts';
import type { Services } from '../services.ts';
import type { RunSummaryData } from '../summary/load-summaries.ts';
import { loadSummaries } from '../summary/load-summaries.ts';
import type { FieldRow } from './field-row.ts';
import {
  deleteVanishedFields,
  findStaleRuns,
  lockRunsToRefresh,
  markRefreshed,
  type StoredField,
  upsertSummaryFields,
} from './run-field-store.ts';
import { summaryFields } from './summary-fields.ts';

/** Runs whose summaries are held in memory at once. */
const RUNS_PER_BATCH = 50;

/** Fields that one transaction writes, so that appends to these runs wait briefly; a single larger run goes alone. */
const FIELDS_PER_TRANSACTION = 10_000;

/** The fields of one run as of one revision. */
interface RunFields {
  readonly runId: string;
  readonly revision: number;
  readonly rows: readonly FieldRow[];
}

/**
 * Makes `run_field` of a project show every write that was acknowledged before the call.
 *
 * Safe in several processes at once: a run's fields are written under its lock and never go back to an older revision. A
 * run that is written meanwhile shows at least what it held when the call began and stays stale for the next refresh.
 */
export async function refreshStaleFields(services: Services, projectId: string): Promise<void> {
  const stale = await findStaleRuns(services.database.pool, projectId);
  for (let start = 0; start < stale.length; start += RUNS_PER_BATCH) {
    const runs = stale.slice(start, start + RUNS_PER_BATCH).map((runId) => ({ projectId, runId }));
    await refreshBatch(services, projectId, await loadSummaries(services, runs));
  }
}

async function refreshBatch(
  services: Services,
  projectId: string,
  summaries: ReadonlyMap<string, RunSummaryData>,
): Promise<void> {
  let waiting: RunFields[] = [];
  let fieldCount = 0;
  for (const [runId, summary] of summaries) {
    const rows = summaryFields(summary);
    if (waiting.length > 0 && fieldCount + rows.length > FIELDS_PER_TRANSACTION) {
      await storeFields(services, projectId, waiting);
      waiting = [];
      fieldCount = 0;
    }
    waiting.push({ runId, revision: summary.revision, rows });
    fieldCount += rows.length;
  }
  if (waiting.length > 0) await storeFields(services, projectId, waiting);
}

async function storeFields(services: Services, projectId: string, runs: readonly RunFields[]): Promise<void> {
  const keyIds = await services.keys.ids(projectId, 'summary', distinctKeys(runs));
  await inTransaction(services.database.pool, 'write', async (client) => {
    const mayWrite = await lockRunsToRefresh(client, projectId, runs);
    const current = runs.filter((run) => mayWrite.has(run.runId));
    if (current.length > 0)
      await replaceFields(client, projectId, { runs: current, fields: storedFields(current, keyIds) });
  });
}

async function replaceFields(
  client: PoolClient,
  projectId: string,
  { runs, fields }: { runs: readonly RunFields[]; fields: readonly StoredField[] },
): Promise<void> {
  await deleteVanishedFields(client, projectId, { runIds: runs.map((run) => run.runId), fields });
  await upsertSummaryFields(client, projectId, fields);
  await markRefreshed(client, projectId, runs);
}

function distinctKeys(runs: readonly RunFields[]): Iterable<FieldRow> {
  const byKey = new Map<string, FieldRow>();
  for (const run of runs) {
    for (const row of run.rows) if (!byKey.has(row.key)) byKey.set(row.key, row);
  }
  return byKey.values();
}

function storedFields(runs: readonly RunFields[], keyIds: ReadonlyMap<string, number>): StoredField[] {
  return runs.flatMap((run) => run.rows.map((row) => ({ runId: run.runId, keyId: idOf(keyIds, row.key), row })));
}

function idOf(keyIds: ReadonlyMap<string, number>, key: string): number {
  const id = keyIds.get(key);
  if (id === undefined) throw new Error(`key ${JSON.stringify(key)} has no number in its project`);
  return id;
}
