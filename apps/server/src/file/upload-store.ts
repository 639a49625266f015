import type { Queryable } from '../history/history-store.ts';
import type { RunRef } from '../services.ts';

/** Names one upload. */
export interface UploadRef {
  readonly projectId: string;
  readonly uploadId: string;
}

/** A file that was announced. */
export interface UploadRecord {
  readonly projectId: string;
  readonly id: string;
  readonly runId: string;
  readonly path: string;
  readonly size: number;
  readonly expectedSha256: string | null;
  readonly contentType: string;
  readonly userId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** The bytes that arrived; null before, and again after completion. */
  readonly receivedSha256: string | null;
  readonly completedAt: Date | null;
}

const COLUMNS = `project_id AS "projectId", id, run_id AS "runId", path, size, expected_sha256 AS "expectedSha256",
  content_type AS "contentType", user_id AS "userId", created_at AS "createdAt", expires_at AS "expiresAt",
  received_sha256 AS "receivedSha256", completed_at AS "completedAt"`;

/** Stores an upload, inside a transaction that holds the run's totals. */
export async function insertUpload(client: Queryable, upload: UploadRecord): Promise<void> {
  await client.query(
    `/* insertUpload */ INSERT INTO upload (project_id, id, run_id, path, size, expected_sha256, content_type, user_id, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[upload.projectId, upload.id, upload.runId, upload.path, upload.size, upload.expectedSha256],
      ...[upload.contentType, upload.userId, upload.createdAt, upload.expiresAt],
    ],
  );
}

/** An upload that has not expired. */
export async function findUpload(client: Queryable, ref: UploadRef, now: Date): Promise<UploadRecord | undefined> {
  const found = await client.query<UploadRecord>({
    name: 'find-upload',
    text: `/* findUpload */ SELECT ${COLUMNS} FROM upload WHERE project_id = $1 AND id = $2 AND expires_at > $3`,
    values: [ref.projectId, ref.uploadId, now],
  });
  return found.rows[0];
}

/** As `findUpload`, and nobody else changes it before the transaction ends. */
export async function lockUpload(client: Queryable, ref: UploadRef, now: Date): Promise<UploadRecord | undefined> {
  const found = await client.query<UploadRecord>(
    `/* lockUpload */ SELECT ${COLUMNS} FROM upload WHERE project_id = $1 AND id = $2 AND expires_at > $3 FOR UPDATE`,
    [ref.projectId, ref.uploadId, now],
  );
  return found.rows[0];
}

/** What is under way in a run: uploads that are neither completed nor expired, and the bytes that they announce. */
export async function sumOpenUploads(
  client: Queryable,
  run: RunRef,
  now: Date,
): Promise<{ count: number; bytes: number }> {
  const found = await client.query<{ count: number; bytes: number }>(
    `/* sumOpenUploads */ SELECT count(*)::int AS count, coalesce(sum(size), 0)::float8 AS bytes FROM upload
     WHERE project_id = $1 AND run_id = $2 AND completed_at IS NULL AND expires_at > $3`,
    [run.projectId, run.runId, now],
  );
  return found.rows[0] ?? { count: 0, bytes: 0 };
}

/** Notes which blob the bytes of an upload are, inside a transaction that holds both. */
export async function storeReceived(client: Queryable, ref: UploadRef, sha256: string): Promise<void> {
  await client.query(`/* storeReceived */ UPDATE upload SET received_sha256 = $3 WHERE project_id = $1 AND id = $2`, [
    ref.projectId,
    ref.uploadId,
    sha256,
  ]);
}

/** Notes that an upload has become a file, which holds the blob from now on; inside a transaction that holds the upload. */
export async function storeCompleted(client: Queryable, ref: UploadRef, at: Date): Promise<void> {
  await client.query(
    `/* storeCompleted */ UPDATE upload SET received_sha256 = NULL, completed_at = $3 WHERE project_id = $1 AND id = $2`,
    [ref.projectId, ref.uploadId, at],
  );
}

/** Removes uploads that have expired, at most `limit`. @returns how many */
export async function removeExpiredUploads(client: Queryable, now: Date, limit: number): Promise<number> {
  const removed = await client.query(
    `/* removeExpiredUploads */ DELETE FROM upload u USING (
       SELECT project_id, id FROM upload WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED) AS expired
     WHERE u.project_id = expired.project_id AND u.id = expired.id`,
    [now, limit],
  );
  return removed.rowCount ?? 0;
}
