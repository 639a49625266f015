import { requireWriting } from '../access/project-access.ts';
import type { RequestContext } from '../access/request-context.ts';
import { inTransaction } from '../database/in-transaction.ts';
import { ServerError } from '../server-error.ts';
import type { RunRef } from '../services.ts';
import { uuidV7 } from '../uuid-v7.ts';
import { checkContentType, contentTypeOfPath } from './content-type.ts';
import { checkFilePath } from './file-path.ts';
import { requireRoom } from './file-room.ts';
import { lockFileTotals } from './file-totals-store.ts';
import { insertUpload, type UploadRecord } from './upload-store.ts';

const HOURS = 3_600_000;
/** How long there is for sending the bytes and completing the upload. */
const UPLOAD_LIFETIME_MS = 24 * HOURS;
const SHA256 = /^[0-9a-f]{64}$/;

/** What is said of a file before its bytes are sent. */
export interface UploadInput {
  readonly path: string;
  readonly size: number;
  readonly sha256?: string | null | undefined;
  readonly contentType?: string | null | undefined;
}

/**
 * Announces a file of a run. Nothing is visible before the bytes have arrived and the upload is completed.
 *
 * @throws ServerError RUN_NOT_FOUND, FORBIDDEN, INVALID_PATH, INVALID_CONTENT_TYPE, INVALID_INPUT, FILE_TOO_LARGE,
 * RUN_FILES_TOO_LARGE, TOO_MANY_FILES, TOO_MANY_UPLOADS
 */
export async function createUpload(context: RequestContext, run: RunRef, input: UploadInput): Promise<UploadRecord> {
  const { services, caller } = context;
  checkInput(input, services.config.maxFileBytes);
  await requireWriting(context, run);
  const now = services.clock();
  const upload: UploadRecord = {
    projectId: run.projectId,
    id: uuidV7(now),
    runId: run.runId,
    path: input.path,
    size: input.size,
    expectedSha256: input.sha256?.toLowerCase() ?? null,
    contentType: input.contentType ?? contentTypeOfPath(input.path),
    userId: caller.userId,
    createdAt: now,
    expiresAt: new Date(now.getTime() + UPLOAD_LIFETIME_MS),
    receivedSha256: null,
    completedAt: null,
  };
  await inTransaction(services.database.pool, 'write', async (client) => {
    const totals = await lockFileTotals(client, run);
    if (!totals) throw new ServerError('RUN_NOT_FOUND', 'there is no such run, or you may not see it', ['runId']);
    await requireRoom(client, { upload, totals, now, maxRunFileBytes: services.config.maxRunFileBytes });
    await insertUpload(client, upload);
  });
  return upload;
}

function checkInput({ path, size, sha256, contentType }: UploadInput, maxFileBytes: number): void {
  checkFilePath(path, ['path']);
  if (size > maxFileBytes) {
    throw new ServerError(
      'FILE_TOO_LARGE',
      `${path} has ${size} bytes, more than the ${maxFileBytes} that a file may have here`,
      ['size'],
    );
  }
  if (sha256 != null && !SHA256.test(sha256.toLowerCase())) {
    throw new ServerError('INVALID_INPUT', 'sha256 must be 64 hexadecimal digits, or be left out', ['sha256']);
  }
  if (contentType != null) checkContentType(contentType, ['contentType']);
}
