import { clearLoaders } from '../access/loaders.ts';
import { requireRun } from '../access/project-access.ts';
import type { RequestContext } from '../access/request-context.ts';
import { rewindHistory } from '../history/rewind-history.ts';
import type { RunRef } from '../services.ts';
import type { RunRecord } from './run-record.ts';

/**
 * Takes the history of a run back to a step, whatever state the run is in; see `rewindHistory`.
 *
 * @throws ServerError RUN_NOT_FOUND, FORBIDDEN, SERVER_BUSY
 */
export async function rewindRun(context: RequestContext, ref: RunRef, step: number): Promise<RunRecord> {
  await requireRun(context, ref, 'write');
  await rewindHistory(context.services, ref, { step });
  clearLoaders(context.loaders);
  return requireRun(context, ref, 'write');
}
