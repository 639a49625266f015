import type { Services } from '../services.ts';
import { uuidV7 } from '../uuid-v7.ts';
import type { BlobObject } from './blob-store.ts';
import { condemnStray, forgetStrays, insertStray, renewStray } from './stray-object-store.ts';

/** How long an object may be without a sign of its writer before the sweep takes it. */
const LEASE_MS = 120_000;
const RENEWALS_PER_LEASE = 6;

/**
 * Runs `work` with a new object, known to the database before its first byte is written. What `work` made no blob of is
 * removed afterwards: at once, or by the sweep when this process ends first.
 */
export async function withNewObject<T>(
  services: Services,
  projectId: string,
  work: (object: BlobObject) => Promise<T>,
): Promise<T> {
  const { pool } = services.database;
  const object = { projectId, objectId: uuidV7(services.clock()) };
  await insertStray(pool, object, leaseFrom(services));
  const renewal = setInterval(() => {
    renewStray(pool, object, leaseFrom(services)).catch((error: unknown) =>
      services.log.warn({ err: error, object }, 'a lease was not renewed'),
    );
  }, LEASE_MS / RENEWALS_PER_LEASE);
  try {
    return await work(object);
  } finally {
    clearInterval(renewal);
    await removeIfStray(services, object);
  }
}

/** Asks the database, not `work`: where the answer to a COMMIT was lost, only it knows whether the object is a blob. */
async function removeIfStray(services: Services, object: BlobObject): Promise<void> {
  try {
    if (!(await condemnStray(services.database.pool, object))) return;
    await services.blobs.remove(object);
    await forgetStrays(services.database.pool, [object]);
  } catch (error) {
    services.log.warn({ err: error, object }, 'an object that is not needed is left for the sweep');
  }
}

function leaseFrom(services: Services): Date {
  return new Date(services.clock().getTime() + LEASE_MS);
}
