import { clearLoaders } from '../access/loaders.ts';
import { requireRun } from '../access/project-access.ts';
import type { RequestContext } from '../access/request-context.ts';
import type { RunRef } from '../services.ts';
import type { RunRecord } from './run-record.ts';
import { storeHeartbeat } from './run-store.ts';

/**
 * Notes that a run's process is alive. A run that had been given up as crashed runs again; one that has ended stays ended.
 *
 * @throws ServerError RUN_NOT_FOUND, FORBIDDEN
 */
export async function heartbeat(context: RequestContext, ref: RunRef): Promise<RunRecord> {
  const run = await requireRun(context, ref, 'write');
  await storeHeartbeat(context.services.database.pool, ref, context.services.clock());
  if (run.state === 'crashed') context.services.histories.forget(ref);
  clearLoaders(context.loaders);
  return requireRun(context, ref, 'write');
}
