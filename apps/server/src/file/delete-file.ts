import { requireRun } from '../access/project-access.ts';
import type { RequestContext } from '../access/request-context.ts';
import { inTransaction } from '../database/in-transaction.ts';
import { ServerError } from '../server-error.ts';
import { type FileRef, removeFile } from './file-store.ts';
import { lockFileTotals, storeFileTotals } from './file-totals-store.ts';

/**
 * Deletes a file of a run. It cannot be taken back; its URLs end at once. Its bytes are removed some time later, unless other
 * files of the project have the same ones.
 *
 * @throws ServerError RUN_NOT_FOUND, FILE_NOT_FOUND, FORBIDDEN
 */
export async function deleteFile(context: RequestContext, ref: FileRef): Promise<void> {
  await requireRun(context, ref, 'delete file');
  await inTransaction(context.services.database.pool, 'write', async (client) => {
    const totals = await lockFileTotals(client, ref);
    const size = totals ? await removeFile(client, ref) : undefined;
    if (!totals || size === undefined)
      throw new ServerError('FILE_NOT_FOUND', `the run has no file ${ref.path}`, ['fileId']);
    await storeFileTotals(client, ref, { files: totals.files - 1, bytes: totals.bytes - size });
  });
}
