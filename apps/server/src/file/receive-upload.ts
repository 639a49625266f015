import { inTransaction } from '../database/in-transaction.ts';
import { ServerError } from '../server-error.ts';
import type { Services } from '../services.ts';
import { storeBlob } from './blob-record-store.ts';
import type { BlobObject } from './blob-store.ts';
import { withNewObject } from './stray-object.ts';
import { adoptStray } from './stray-object-store.ts';
import { findUpload, lockUpload, storeReceived, type UploadRecord, type UploadRef } from './upload-store.ts';
import { sizeMismatch, VerifiedBytes } from './verified-bytes.ts';

/** The bytes of an upload as they come in. */
export interface IncomingBytes {
  readonly bytes: AsyncIterable<Buffer>;
  /** What the sender says of their number; null when he does not. */
  readonly declaredSize: number | null;
}

/** What has arrived. */
export interface ReceivedBytes {
  readonly size: number;
  readonly sha256: string;
}

/**
 * Stores the bytes of an upload, if they are those that were announced; a file becomes of them when the upload is completed.
 *
 * When it throws nothing is kept, and they may be sent again.
 *
 * @throws ServerError UPLOAD_NOT_FOUND, UPLOAD_RECEIVED, SIZE_MISMATCH, HASH_MISMATCH, STORAGE_FULL, SERVER_BUSY
 */
export async function receiveUpload(
  services: Services,
  ref: UploadRef,
  incoming: IncomingBytes,
): Promise<ReceivedBytes> {
  const upload = requireWaiting(await findUpload(services.database.pool, ref, services.clock()));
  const { declaredSize } = incoming;
  if (declaredSize !== null && declaredSize !== upload.size)
    throw sizeMismatch(`${declaredSize} bytes are coming, not the ${upload.size}`);
  const end = services.uploadsInFlight.begin();
  try {
    return await withNewObject(services, ref.projectId, async (object) => {
      const bytes = new VerifiedBytes(incoming.bytes, { size: upload.size, sha256: upload.expectedSha256 });
      await services.blobs.put(object, bytes, upload.size);
      await keepObject(services, ref, { object, upload, sha256: bytes.sha256 });
      return { size: upload.size, sha256: bytes.sha256 };
    });
  } finally {
    end();
  }
}

interface StoredObject {
  readonly object: BlobObject;
  readonly upload: UploadRecord;
  readonly sha256: string;
}

/** Makes the object the blob of the upload; where the project has these bytes already, that blob, and the object stays a stray one. */
async function keepObject(services: Services, ref: UploadRef, { object, upload, sha256 }: StoredObject): Promise<void> {
  const now = services.clock();
  await inTransaction(services.database.pool, 'write', async (client) => {
    requireWaiting(await lockUpload(client, ref, now));
    const isBlob = await storeBlob(client, { ...object, sha256, size: upload.size, at: now });
    if (isBlob && !(await adoptStray(client, object))) {
      throw new ServerError('SERVER_BUSY', 'the bytes took so long that the server gave them up; send them again');
    }
    await storeReceived(client, ref, sha256);
  });
}

function requireWaiting(upload: UploadRecord | undefined): UploadRecord {
  if (!upload)
    throw new ServerError(
      'UPLOAD_NOT_FOUND',
      'there is no such upload any more: it has expired, or its run was deleted; create a new one',
    );
  if (upload.completedAt !== null)
    throw new ServerError('UPLOAD_RECEIVED', 'this upload is completed; create a new one to replace the file');
  if (upload.receivedSha256 !== null)
    throw new ServerError('UPLOAD_RECEIVED', 'the bytes of this upload have arrived; complete it');
  return upload;
}
