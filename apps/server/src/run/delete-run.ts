import { requireRun } from '../access/project-access.ts';
import type { RequestContext } from '../access/request-context.ts';
import { inTransaction } from '../database/in-transaction.ts';
import { retryDeadlocks } from '../database/retry-deadlocks.ts';
import type { RunRef } from '../services.ts';
import { removeRun } from './run-store.ts';

/**
 * Deletes a run with its whole history. It cannot be taken back; its name is free afterwards.
 *
 * @throws ServerError RUN_NOT_FOUND, FORBIDDEN
 */
export async function deleteRun(context: RequestContext, ref: RunRef): Promise<void> {
  await requireRun(context, ref, 'delete run');
  const { pool } = context.services.database;
  await retryDeadlocks(() => inTransaction(pool, 'write', (client) => removeRun(client, ref)));
  context.services.histories.forget(ref);
}
