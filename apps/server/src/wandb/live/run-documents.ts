import { type BatchLoader, batchLoader } from '../../access/batch-loader.ts';
import type { RequestContext } from '../../access/request-context.ts';
import { type RunRecord, refOf } from '../../run/run-record.ts';
import type { RunRef } from '../../services.ts';
import { EMPTY_WANDB_RUN, findWandbRuns, type WandbRun } from './wandb-run-store.ts';

const loaders = new WeakMap<RequestContext, BatchLoader<RunRef, WandbRun>>();

/** What the door keeps of a run, as one operation sees it; however many runs one answer shows, each project is read once. */
export function wandbRunOf(context: RequestContext, run: RunRecord): Promise<WandbRun> {
  const known = loaders.get(context);
  const loader = known ?? createLoader(context);
  if (!known) loaders.set(context, loader);
  return loader.load(refOf(run));
}

function createLoader({ services }: RequestContext): BatchLoader<RunRef, WandbRun> {
  return batchLoader({
    nameOf: (ref: RunRef) => ref.runId,
    loadAll: async (refs) => {
      const found = new Map<string, WandbRun>();
      for (const projectId of new Set(refs.map((ref) => ref.projectId))) {
        const runIds = refs.filter((ref) => ref.projectId === projectId).map((ref) => ref.runId);
        for (const [runId, run] of await findWandbRuns(services.database.pool, projectId, runIds))
          found.set(runId, run);
      }
      return found;
    },
    otherwise: EMPTY_WANDB_RUN,
  });
}
