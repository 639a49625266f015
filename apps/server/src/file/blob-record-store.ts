import type { Queryable } from '../history/history-store.ts';
import type { BlobObject } from './blob-store.ts';

/** Names the bytes of a blob. */
export interface BlobRef {
  readonly projectId: string;
  readonly sha256: string;
}

/** Bytes that have arrived as a new object. */
export interface ArrivedBlob extends BlobRef, BlobObject {
  readonly size: number;
  readonly at: Date;
}

/**
 * Makes the object the blob of its bytes, unless the project has these bytes already; inside a transaction, until whose end
 * the blob cannot be removed. A removal that has begun is waited for.
 *
 * @returns whether the object is the blob now.
 */
export async function storeBlob(client: Queryable, blob: ArrivedBlob): Promise<boolean> {
  const stored = await client.query<{ object_id: string }>(
    `/* storeBlob */ INSERT INTO blob AS b (project_id, sha256, size, object_id, arrived_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (project_id, sha256) DO UPDATE SET arrived_at = greatest(b.arrived_at, excluded.arrived_at) RETURNING object_id`,
    [blob.projectId, blob.sha256, blob.size, blob.objectId, blob.at],
  );
  return stored.rows[0]?.object_id === blob.objectId;
}

/** Where a walk through all blobs stands. */
export type BlobCursor = BlobRef | null;

/** Blobs after a place, by project and hash: which of them could be unused, and where the walk goes on (null: it is through). */
export interface BlobWindow {
  readonly suspects: readonly BlobRef[];
  readonly next: BlobCursor;
}

// What a file has, or an upload that became none yet, is in use.
const UNUSED = `NOT EXISTS (SELECT FROM file f WHERE f.project_id = b.project_id AND f.sha256 = b.sha256)
  AND NOT EXISTS (SELECT FROM upload u WHERE u.project_id = b.project_id AND u.received_sha256 = b.sha256)`;

/** Looks at the next `size` blobs after a place for those that arrived before `arrivedBefore` and seem unused. */
export async function findUnusedBlobs(
  client: Queryable,
  after: BlobCursor,
  { size, arrivedBefore }: { readonly size: number; readonly arrivedBefore: Date },
): Promise<BlobWindow> {
  const found = await client.query<BlobRef & { suspect: boolean }>(
    `/* findUnusedBlobs */ SELECT b.project_id AS "projectId", b.sha256, b.arrived_at < $4 AND ${UNUSED} AS suspect FROM blob b
     WHERE $1::uuid IS NULL OR (b.project_id, b.sha256) > ($1, $2 COLLATE "C")
     ORDER BY b.project_id, b.sha256 LIMIT $3`,
    [after?.projectId ?? null, after?.sha256 ?? null, size, arrivedBefore],
  );
  const last = found.rows.at(-1);
  const next = found.rows.length === size && last ? { projectId: last.projectId, sha256: last.sha256 } : null;
  return { suspects: found.rows.filter((row) => row.suspect), next };
}

/** Locks those of these blobs that nobody is using at this moment, until the transaction ends: nobody can begin to use them. */
export async function lockBlobs(client: Queryable, blobs: readonly BlobRef[]): Promise<BlobRef[]> {
  const locked = await client.query<BlobRef>(
    `/* lockBlobs */ SELECT b.project_id AS "projectId", b.sha256 FROM blob b
     JOIN unnest($1::uuid[], $2::text[]) AS w (project_id, sha256) ON b.project_id = w.project_id AND b.sha256 = w.sha256 COLLATE "C"
     FOR UPDATE OF b SKIP LOCKED`,
    [blobs.map((blob) => blob.projectId), blobs.map((blob) => blob.sha256)],
  );
  return locked.rows;
}

/**
 * Of blobs that the transaction holds by an *earlier* statement, removes those that are unused and arrived before
 * `arrivedBefore`; their objects become stray ones whose removal has begun. @returns how many
 */
export async function condemnBlobs(
  client: Queryable,
  locked: readonly BlobRef[],
  arrivedBefore: Date,
): Promise<number> {
  const condemned = await client.query(
    `/* condemnBlobs */
     WITH removed AS (
       DELETE FROM blob b USING unnest($1::uuid[], $2::text[]) AS w (project_id, sha256)
       WHERE b.project_id = w.project_id AND b.sha256 = w.sha256 COLLATE "C" AND b.arrived_at < $3 AND ${UNUSED}
       RETURNING b.project_id, b.object_id)
     INSERT INTO stray_object (project_id, id, lease_until, condemned) SELECT project_id, object_id, $3, true FROM removed`,
    [locked.map((blob) => blob.projectId), locked.map((blob) => blob.sha256), arrivedBefore],
  );
  return condemned.rowCount ?? 0;
}
