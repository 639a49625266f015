import { decodeStates, encodeStates } from '@summa/core/metric/metric-state-codec';
import { inTransaction } from '../database/in-transaction.ts';
import type { RunRef, Services } from '../services.ts';
import { compactInTransaction } from './compact-run.ts';
import { cutHistory } from './cut-history.ts';
import { copyChunks, lockHistory, storeCut } from './cut-store.ts';
import { rememberCut } from './rewind-history.ts';

/** Where a history begins: with the rows of a run, up to a step. */
export interface ForkPoint {
  readonly sourceId: string;
  readonly step: number;
}

/**
 * Gives a run that has no rows those of another run of its project, up to a step. A run that has rows stays as it is, so that doing
 * it again changes nothing.
 *
 * @throws ServerError RUN_NOT_FOUND, SERVER_BUSY
 */
export function forkHistory(services: Services, run: RunRef, { sourceId, step }: ForkPoint): Promise<void> {
  const source = { projectId: run.projectId, runId: sourceId };
  return services.histories.change(run, async (history): Promise<undefined | 'conflict'> => {
    const forked = await inTransaction(services.database.pool, 'write', async (client) => {
      await compactInTransaction(client, source);
      const parent = await lockHistory(client, source, null);
      const own = await lockHistory(client, run, history.revision);
      if (parent === undefined || parent.hasSegments || own === undefined) return 'conflict';
      if (history.lastStep !== null) return null;
      await copyChunks(client, run, { sourceId, step });
      const cut = await cutHistory(client, run, { states: decodeStates(parent.state), step });
      await storeCut(client, run, { ...cut, state: encodeStates(cut.states), restart: [] });
      return cut;
    });
    if (forked === 'conflict') return 'conflict';
    if (forked !== null) rememberCut(history, forked);
  });
}
