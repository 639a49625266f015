import { requireWriting } from '../../access/project-access.ts';
import type { RequestContext } from '../../access/request-context.ts';
import type { RunRef } from '../../services.ts';
import { storeWandbRun } from './wandb-run-store.ts';

/**
 * Asks the process of a run to stop: its client learns of it with its next request of the file stream. The next process of the run
 * begins without such a wish.
 *
 * @throws ServerError RUN_NOT_FOUND, FORBIDDEN
 */
export async function stopRun(context: RequestContext, ref: RunRef): Promise<void> {
  await requireWriting(context, ref);
  await storeWandbRun(context.services.database.pool, ref, { stopRequested: true });
}
