import type { PoolClient } from 'pg';
import { requireWriting } from '../access/project-access.ts';
import type { RequestContext } from '../access/request-context.ts';
import { inTransaction } from '../database/in-transaction.ts';
import { ServerError } from '../server-error.ts';
import { requireRoomForFile } from './file-room.ts';
import { type FileRecord, findFiles, putFile } from './file-store.ts';
import { type FileTotals, lockFileTotals, storeFileTotals } from './file-totals-store.ts';
import { findUpload, lockUpload, storeCompleted, type UploadRecord, type UploadRef } from './upload-store.ts';

/**
 * Makes the file of an upload visible, in place of an older one at its path: whoever reads sees the one or the other.
 *
 * Completing an upload again changes nothing and gives the file that is at its path by then.
 *
 * @throws ServerError UPLOAD_NOT_FOUND, UPLOAD_INCOMPLETE, FORBIDDEN, TOO_MANY_FILES, FILE_NOT_FOUND when it was deleted since
 */
export async function completeUpload(context: RequestContext, ref: UploadRef): Promise<FileRecord> {
  const { services } = context;
  const now = services.clock();
  const known = await findUpload(services.database.pool, ref, now);
  if (!known) throw uploadNotFound();
  // Whoever may not see the project is not told that there is such an upload.
  await requireWriting(context, known).catch((error: unknown) => {
    throw error instanceof ServerError && error.code === 'RUN_NOT_FOUND' ? uploadNotFound() : error;
  });
  return inTransaction(services.database.pool, 'write', async (client) => {
    const totals = await lockFileTotals(client, known);
    const upload = totals && (await lockUpload(client, ref, now));
    if (!upload) throw uploadNotFound();
    return upload.completedAt === null ? storeFile(client, { upload, totals, now }) : requireFile(client, upload);
  });
}

interface Completion {
  readonly upload: UploadRecord;
  readonly totals: FileTotals;
  readonly now: Date;
}

async function storeFile(client: PoolClient, { upload, totals, now }: Completion): Promise<FileRecord> {
  if (upload.receivedSha256 === null) {
    throw new ServerError(
      'UPLOAD_INCOMPLETE',
      `the bytes of ${upload.path} have not arrived; send them with PUT to the upload's URL first`,
      ['uploadId'],
    );
  }
  const [replaced] = await findFiles(client, [upload]);
  if (!replaced) requireRoomForFile(totals);
  const file = await putFile(client, { ...upload, sha256: upload.receivedSha256, at: now });
  await storeFileTotals(client, upload, {
    files: totals.files + (replaced ? 0 : 1),
    bytes: totals.bytes + file.size - (replaced?.size ?? 0),
  });
  await storeCompleted(client, { projectId: upload.projectId, uploadId: upload.id }, now);
  return file;
}

async function requireFile(client: PoolClient, upload: UploadRecord): Promise<FileRecord> {
  const [file] = await findFiles(client, [upload]);
  if (!file)
    throw new ServerError('FILE_NOT_FOUND', `${upload.path} was deleted after this upload was completed`, ['uploadId']);
  return file;
}

function uploadNotFound(): ServerError {
  return new ServerError(
    'UPLOAD_NOT_FOUND',
    'there is no such upload: it has expired, its run was deleted, or you may not see it',
    ['uploadId'],
  );
}
