import type { JsonObject } from '@summa/core/json/json-value';
import { inTransaction } from '../database/in-transaction.ts';
import { bumpRevision } from '../history/history-store.ts';
import { prepareConfigFields } from '../run-list/config-fields.ts';
import { ServerError } from '../server-error.ts';
import type { RunRef, Services } from '../services.ts';
import { documentOf } from './load-run-documents.ts';
import { storedDocument } from './run-document-input.ts';
import type { RunRecord, RunState } from './run-record.ts';
import {
  type ChangeableRun,
  findChangeable,
  findRuns,
  lockRun,
  type RunChanges,
  storeHeartbeat,
  storeRunChanges,
} from './run-store.ts';

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

/** How often a change is decided anew when somebody else changes the same run at the same moment. */
const MAX_TRIES = 10;

/**
 * Changes a run: `decide` gets what is stored and says what is to be, or null for nothing. It may be asked again, when
 * somebody else changed the run meanwhile.
 *
 * The run's revision grows, and whoever appends to it in this process looks again at what is stored.
 *
 * @returns the run as it is afterwards. @throws ServerError RUN_NOT_FOUND when it is gone, SERVER_BUSY
 */
export async function changeRun(
  services: Services,
  ref: RunRef,
  decide: (known: KnownRun) => RunChange | null,
): Promise<RunRecord> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const stored = await findChangeable(services.database.pool, ref);
    if (!stored) throw gone();
    const change = decide({ state: stored.state, exitCode: stored.exitCode, config: documentOf(stored.config) });
    const run = await storeChange(services, ref, { stored, change });
    if (run === 'conflict') continue;
    services.histories.forget(ref);
    return run;
  }
  throw new ServerError('SERVER_BUSY', 'the run is being changed by others all the time; try again in a second', [
    'runId',
  ]);
}

async function storeChange(
  services: Services,
  ref: RunRef,
  { stored, change }: { stored: ChangeableRun; change: RunChange | null },
): Promise<RunRecord | 'conflict'> {
  const config = change?.config ?? undefined;
  // Numbering new config keys takes a connection of its own, so it is done before this one is held.
  const writeFields = config && (await prepareConfigFields(services, ref, config));
  return inTransaction(services.database.pool, 'write', async (client) => {
    // The summary is locked before the run, as by every other write.
    if (change) await bumpRevision(client, ref);
    if (!isSame(await lockRun(client, ref), stored)) return 'conflict';
    if (change) await storeRunChanges(client, ref, { ...change.changes, config: config && storedDocument(config) });
    if (change?.heard) await storeHeartbeat(client, ref, services.clock());
    await writeFields?.(client);
    const [run] = await findRuns(client, [ref]);
    return run ?? 'conflict';
  });
}

function isSame(locked: ChangeableRun | undefined, stored: ChangeableRun): boolean {
  return locked?.state === stored.state && locked.exitCode === stored.exitCode && locked.config === stored.config;
}

function gone(): ServerError {
  return new ServerError('RUN_NOT_FOUND', 'the run was deleted meanwhile', ['runId']);
}
