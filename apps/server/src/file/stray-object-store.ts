import type { Queryable } from '../history/history-store.ts';
import type { BlobObject } from './blob-store.ts';

/** Notes an object that is about to be written. */
export async function insertStray(
  client: Queryable,
  { projectId, objectId }: BlobObject,
  leaseUntil: Date,
): Promise<void> {
  await client.query(`/* insertStray */ INSERT INTO stray_object (project_id, id, lease_until) VALUES ($1, $2, $3)`, [
    projectId,
    objectId,
    leaseUntil,
  ]);
}

/** Says that an object is still being written. */
export async function renewStray(
  client: Queryable,
  { projectId, objectId }: BlobObject,
  leaseUntil: Date,
): Promise<void> {
  await client.query(
    `/* renewStray */ UPDATE stray_object SET lease_until = $3 WHERE project_id = $1 AND id = $2 AND NOT condemned`,
    [projectId, objectId, leaseUntil],
  );
}

/** Takes an object from the stray ones, inside the transaction that makes a blob of it. @returns false when its removal has begun */
export async function adoptStray(client: Queryable, { projectId, objectId }: BlobObject): Promise<boolean> {
  const adopted = await client.query(
    `/* adoptStray */ DELETE FROM stray_object WHERE project_id = $1 AND id = $2 AND NOT condemned`,
    [projectId, objectId],
  );
  return adopted.rowCount === 1;
}

/** Begins the removal of one stray object. @returns false when it is none: a blob has become of it */
export async function condemnStray(client: Queryable, { projectId, objectId }: BlobObject): Promise<boolean> {
  const condemned = await client.query(
    `/* condemnStray */ UPDATE stray_object SET condemned = true WHERE project_id = $1 AND id = $2`,
    [projectId, objectId],
  );
  return condemned.rowCount === 1;
}

/**
 * Begins the removal of what nobody writes any more, or begins anew what was not finished; at most `limit` objects. Until
 * `retryAt` nobody else is given them.
 */
export async function condemnStrays(
  client: Queryable,
  { now, retryAt, limit }: { readonly now: Date; readonly retryAt: Date; readonly limit: number },
): Promise<BlobObject[]> {
  const condemned = await client.query<BlobObject>(
    `/* condemnStrays */ UPDATE stray_object s SET condemned = true, lease_until = $3 FROM (
       SELECT project_id, id FROM stray_object WHERE lease_until < $1 ORDER BY lease_until LIMIT $2 FOR UPDATE SKIP LOCKED) AS w
     WHERE s.project_id = w.project_id AND s.id = w.id RETURNING s.project_id AS "projectId", s.id AS "objectId"`,
    [now, limit, retryAt],
  );
  return condemned.rows;
}

/** Forgets stray objects that are gone from the blob store. */
export async function forgetStrays(client: Queryable, objects: readonly BlobObject[]): Promise<void> {
  await client.query(
    `/* forgetStrays */ DELETE FROM stray_object s USING unnest($1::uuid[], $2::uuid[]) AS w (project_id, id)
     WHERE s.project_id = w.project_id AND s.id = w.id AND s.condemned`,
    [objects.map((object) => object.projectId), objects.map((object) => object.objectId)],
  );
}
