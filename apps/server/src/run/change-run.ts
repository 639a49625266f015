import type { JsonObject } from '@summa/core/json/json-value';
import { inTransaction } from '../database/in-transaction.ts';
import { bumpRevision } from '../history/history-store.ts';
import { prepareConfigFields } from '../run-list/config-fields.ts';
import { ServerError } from '../server-error.ts';
import type { RunRef, Services } from '../services.ts';
import { documentOf } from './load-run-documents.ts';
import { storedDocument } from './run-document-input.ts';
import type { RunRecord, RunState } from './run-record.ts';
import { findRuns, lockRun, type RunChanges, storeHeartbeat, storeRunChanges } from './run-store.ts';

/** What a change is decided upon. */
export interface KnownRun {
  readonly state: RunState;
  readonly exitCode: number | null;
  readonly config: JsonObject;
}

/** What is to be stored of a run. */
export interface RunChange {
  readonly changes: RunChanges;
  /** The whole new config, or null when it stays. */
  readonly config?: JsonObject | null;
  /** Whether the change is a sign of life of the run itself. */
  readonly heard?: boolean;
}

/**
 * Changes a run under its lock: `decide` gets what is stored and says what is to be, or null for nothing.
 *
 * The run's revision grows, and whoever appends to it in this process looks again at what is stored.
 *
 * @returns the run as it is afterwards. @throws ServerError RUN_NOT_FOUND when it is gone
 */
export async function changeRun(services: Services, ref: RunRef, decide: (known: KnownRun) => RunChange | null): Promise<RunRecord> {
  const { pool } = services.database;
  const run = await inTransaction(pool, 'write', async (client) => {
    // The summary is locked before the run, as by every other write.
    await bumpRevision(client, ref);
    const locked = await lockRun(client, ref);
    if (!locked) throw gone();
    const change = decide({ state: locked.state, exitCode: locked.exitCode, config: documentOf(locked.config) });
    if (change) await storeChange(services, ref, { client, change });
    return (await findRuns(client, [ref]))[0];
  });
  services.histories.forget(ref);
  if (!run) throw gone();
  return run;
}

async function storeChange(
  services: Services,
  ref: RunRef,
  { client, change }: { client: Parameters<typeof storeRunChanges>[0]; change: RunChange },
): Promise<void> {
  const config = change.config ?? undefined;
  await storeRunChanges(client, ref, { ...change.changes, config: config && storedDocument(config) });
  if (config) await (await prepareConfigFields(services, ref, config))(client);
  if (change.heard) await storeHeartbeat(client, ref, services.clock());
}

function gone(): ServerError {
  return new ServerError('RUN_NOT_FOUND', 'the run was deleted meanwhile', ['runId']);
}
