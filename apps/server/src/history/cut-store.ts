import type { PoolClient } from 'pg';
import { TIME_KEY_ID } from '../metric/metric-keys.ts';
import type { RunRef } from '../services.ts';
import type { StoredChunk } from './column-store.ts';

/** Metric states as they are stored, and whether rows stand in segments that these may not have. */
export interface LockedStates {
  readonly state: Buffer;
  readonly hasSegments: boolean;
}

/**
 * Locks the history of a run against every change until the transaction ends.
 *
 * @returns undefined when it is not at `revision` any more, if one is given, or is gone.
 */
export async function lockHistory(
  client: PoolClient,
  run: RunRef,
  revision: number | null,
): Promise<LockedStates | undefined> {
  const locked = await client.query<{ state: Buffer }>(
    `/* lockHistory */ SELECT state FROM run_summary
     WHERE project_id = $1 AND run_id = $2 AND ($3::bigint IS NULL OR revision = $3) FOR UPDATE`,
    [run.projectId, run.runId, revision],
  );
  const [stored] = locked.rows;
  if (stored === undefined) return undefined;
  // A statement of its own: it sees what was committed while the lock was waited for.
  const segments = await client.query(
    `/* lockHistory */ SELECT 1 FROM history_segment WHERE project_id = $1 AND run_id = $2 LIMIT 1`,
    [run.projectId, run.runId],
  );
  return { state: stored.state, hasSegments: segments.rows.length > 0 };
}

/** Copies the chunks of one run that begin at or before a step to another run of its project, which has none. */
export async function copyChunks(
  client: PoolClient,
  run: RunRef,
  { sourceId, step }: { sourceId: string; step: number },
): Promise<void> {
  await client.query(
    `/* copyChunks */ INSERT INTO history_chunk (project_id, run_id, key_id, first_step, last_step, count, stats, body)
     SELECT project_id, $2::uuid, key_id, first_step, last_step, count, stats, body
     FROM history_chunk WHERE project_id = $1 AND run_id = $3 AND first_step <= $4`,
    [run.projectId, run.runId, sourceId, step],
  );
}

/** Removes the chunks that lie wholly beyond a step. */
export async function removeChunksBeyond(client: PoolClient, run: RunRef, step: number): Promise<void> {
  await client.query(
    `/* removeChunksBeyond */ DELETE FROM history_chunk WHERE project_id = $1 AND run_id = $2 AND first_step > $3`,
    [run.projectId, run.runId, step],
  );
}

/** Up to `limit` chunks that begin at or before a step and end beyond it. */
export async function findChunksAcross(
  client: PoolClient,
  run: RunRef,
  { step, limit }: { step: number; limit: number },
): Promise<StoredChunk[]> {
  const found = await client.query<StoredChunk>(
    `/* findChunksAcross */
      SELECT key_id AS "keyId", first_step::float8 AS "firstStep", last_step::float8 AS "lastStep", count, stats, body
      FROM history_chunk WHERE project_id = $1 AND run_id = $2 AND first_step <= $3 AND last_step > $3
      ORDER BY key_id LIMIT $4`,
    [run.projectId, run.runId, step, limit],
  );
  return found.rows;
}

/** How many rows a run has in chunks, and its last step there. */
export async function findRowExtent(
  client: PoolClient,
  run: RunRef,
): Promise<{ rowCount: number; lastStep: number | null }> {
  const found = await client.query<{ rowCount: number; lastStep: number | null }>(
    `/* findRowExtent */ SELECT coalesce(sum(count), 0)::float8 AS "rowCount", max(last_step)::float8 AS "lastStep"
     FROM history_chunk WHERE project_id = $1 AND run_id = $2 AND key_id = $3`,
    [run.projectId, run.runId, TIME_KEY_ID],
  );
  return found.rows[0] ?? { rowCount: 0, lastStep: null };
}

/** What a run's history is after its rows beyond a step are gone. */
export interface CutRecord {
  readonly rowCount: number;
  readonly lastStep: number | null;
  /** Encoded metric states; no row stands in a segment. */
  readonly state: Uint8Array;
  /** Writers whose rows are counted from 0 again. */
  readonly restart: readonly string[];
}

/** Stores what is left of a history that `lockHistory` has locked, with a new revision. */
export async function storeCut(client: PoolClient, run: RunRef, record: CutRecord): Promise<void> {
  await client.query(
    `/* storeCut */ UPDATE run_summary
     SET revision = revision + 1, row_count = $3, last_step = $4, state = $5, state_seq = last_seq, fields_stale = true
     WHERE project_id = $1 AND run_id = $2`,
    [run.projectId, run.runId, record.rowCount, record.lastStep, record.state],
  );
  await client.query(
    `/* storeCut */ DELETE FROM run_writer WHERE project_id = $1 AND run_id = $2 AND writer = ANY($3::text[])`,
    [run.projectId, run.runId, record.restart],
  );
}
