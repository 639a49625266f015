import { inTransaction } from '../database/in-transaction.ts';
import type { Services } from '../services.ts';
import { type BlobCursor, condemnBlobs, findUnusedBlobs, lockBlobs } from './blob-record-store.ts';
import type { BlobObject } from './blob-store.ts';
import { condemnStrays, forgetStrays } from './stray-object-store.ts';
import { removeExpiredUploads } from './upload-store.ts';

const MINUTE_MS = 60_000;
const INTERVAL_MS = MINUTE_MS;
/** How long bytes that nothing uses are kept: a run that is uploaded once more finds them again. */
const KEPT_MS = 60 * MINUTE_MS;
/** When a removal that failed is tried again. */
const RETRY_MS = 10 * MINUTE_MS;
/** How much one sweep looks at and does at most. */
const BLOBS = 5_000;
const UPLOADS = 1_000;
const OBJECTS = 200;

/** What one sweep did. */
export interface Swept {
  readonly uploads: number;
  readonly blobs: number;
  /** Objects that are gone from the blob store. */
  readonly objects: number;
  /** Where the next sweep goes on; null when this one came to the end. */
  readonly next: BlobCursor;
}

/**
 * Removes what is no longer needed: uploads that expired; among the next blobs after `after` those that no file and no upload
 * has, and that arrived more than an hour ago; objects that no blob names. A bounded amount of each.
 *
 * A blob is removed from the database first, and in one transaction that holds it: whoever wants to use it waits, and then
 * brings bytes of his own. So none is ever taken that is in use, and a crash at any point leaves something for the next sweep.
 */
export async function sweepBlobs(services: Services, after: BlobCursor = null): Promise<Swept> {
  const { pool } = services.database;
  const now = services.clock();
  const uploads = await removeExpiredUploads(pool, now, UPLOADS);
  const { blobs, next } = await removeUnusedBlobs(services, after, now);
  const strays = await condemnStrays(pool, { now, retryAt: new Date(now.getTime() + RETRY_MS), limit: OBJECTS });
  const gone = await removeObjects(services, strays);
  if (gone.length > 0) await forgetStrays(pool, gone);
  return { uploads, blobs, objects: gone.length, next };
}

async function removeUnusedBlobs(
  { database }: Services,
  after: BlobCursor,
  now: Date,
): Promise<{ blobs: number; next: BlobCursor }> {
  const arrivedBefore = new Date(now.getTime() - KEPT_MS);
  const { suspects, next } = await findUnusedBlobs(database.pool, after, { size: BLOBS, arrivedBefore });
  if (suspects.length === 0) return { blobs: 0, next };
  const blobs = await inTransaction(database.pool, 'write', async (client) => {
    const locked = await lockBlobs(client, suspects);
    // Another statement, so that it sees what was begun before the locks were had.
    return condemnBlobs(client, locked, arrivedBefore);
  });
  return { blobs, next };
}

async function removeObjects({ blobs, log }: Services, objects: readonly BlobObject[]): Promise<BlobObject[]> {
  const gone: BlobObject[] = [];
  for (const object of objects) {
    try {
      await blobs.remove(object);
      gone.push(object);
    } catch (error) {
      log.warn({ err: error, object }, 'an object could not be removed from the blob store; the sweep will try again');
    }
  }
  return gone;
}

/** Sweeps at once and then every minute, until the returned function is called; that waits for a sweep under way. */
export function startBlobSweep(services: Services): () => Promise<void> {
  let cursor: BlobCursor = null;
  let sweeping: Promise<void> | undefined;
  const sweep = async () => {
    try {
      const { next, ...swept } = await sweepBlobs(services, cursor);
      cursor = next;
      if (swept.uploads + swept.blobs + swept.objects > 0)
        services.log.info(swept, 'what files no longer need was removed');
    } catch (error) {
      services.log.error({ err: error }, 'the sweep for unused blobs failed');
    } finally {
      sweeping = undefined;
    }
  };
  const begin = () => {
    sweeping ??= sweep();
  };
  begin();
  const timer = setInterval(begin, INTERVAL_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await sweeping;
  };
}
