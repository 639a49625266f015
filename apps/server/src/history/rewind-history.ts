import { decodeStates, encodeStates } from '@summa/core/metric/metric-state-codec';
import { inTransaction } from '../database/in-transaction.ts';
import type { RunRef, Services } from '../services.ts';
import { compactInTransaction } from './compact-run.ts';
import { type CutHistory, cutHistory } from './cut-history.ts';
import { lockHistory, storeCut } from './cut-store.ts';
import type { RunHistory } from './run-history.ts';

/** How a history is taken back. */
export interface Rewind {
  /** The last step that stays. */
  readonly step: number;
  /** Writers whose rows are counted from 0 again; all others go on counting where they are. */
  readonly restart?: readonly string[];
}

/**
 * Takes the history of a run back to a step: every row beyond it is gone, and the run is as if it had never been logged.
 *
 * All in one transaction, whatever is being appended or merged meanwhile, here or in another server. A writer goes on counting its
 * rows: what it sent before and sends again stays gone. Explicit values, definitions, files and lines belong to no step and stay.
 *
 * @throws ServerError RUN_NOT_FOUND, SERVER_BUSY
 */
export function rewindHistory(services: Services, run: RunRef, { step, restart = [] }: Rewind): Promise<void> {
  return services.histories.change(run, async (history): Promise<undefined | 'conflict'> => {
    const left = await inTransaction(services.database.pool, 'write', async (client) => {
      await compactInTransaction(client, run);
      const locked = await lockHistory(client, run, history.revision);
      if (locked === undefined || locked.hasSegments) return null;
      const cut = await cutHistory(client, run, { states: decodeStates(locked.state), step });
      await storeCut(client, run, { ...cut, state: encodeStates(cut.states), restart });
      return cut;
    });
    if (left === null) return 'conflict';
    for (const writer of restart) history.writers.delete(writer);
    rememberCut(history, left);
  });
}

/** Brings the memory of a run in line with what `storeCut` has stored. */
export function rememberCut(history: RunHistory, { states, rowCount, lastStep }: CutHistory): void {
  history.states.clear();
  for (const [keyId, state] of states) history.states.set(keyId, state);
  Object.assign(history, { revision: history.revision + 1, rowCount, lastStep });
  Object.assign(history, { unfoldedBytes: 0, tailSegments: 0, tailBytes: 0 });
}
