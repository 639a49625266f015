import { type BatchLoader, batchLoader } from '../../access/batch-loader.ts';
import type { RequestContext } from '../../access/request-context.ts';
import { type RunRecord, refOf } from '../../run/run-record.ts';
import type { RunRef } from '../../services.ts';
import { historyWriter } from '../live/stream-history.ts';
import { findAcceptedRows } from './line-count-store.ts';

const loaders = new WeakMap<RequestContext, BatchLoader<RunRef, number>>();

/** How many lines of history the client has sent of a run; one statement for each project, however many runs one answer shows. */
export function historyLineCountOf(context: RequestContext, run: RunRecord): Promise<number> {
  const loader = loaders.get(context) ?? createLoader(context);
  loaders.set(context, loader);
  return loader.load(refOf(run));
}

function createLoader({ services }: RequestContext): BatchLoader<RunRef, number> {
  return batchLoader({
    nameOf: (ref: RunRef) => ref.runId,
    loadAll: async (refs) => {
      const counts = new Map<string, number>();
      for (const projectId of new Set(refs.map((ref) => ref.projectId))) {
        const runIds = refs.filter((ref) => ref.projectId === projectId).map((ref) => ref.runId);
        const ask = { runIds, writer: historyWriter('') };
        for (const [runId, rows] of await findAcceptedRows(services.database.pool, projectId, ask))
          counts.set(runId, rows);
      }
      return counts;
    },
    otherwise: 0,
  });
}
