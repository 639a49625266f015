import type { PoolClient } from 'pg';
import type { RunRef } from '../services.ts';
import type { ChunkHeader } from './column-store.ts';
import type { StoredSegment } from './history-store.ts';

/**
 * Takes the oldest segments of a run for merging, up to `maxBytes` (at least one), and locks them.
 *
 * Resolves to 'busy' when another compaction of this run holds them.
 */
export async function lockSegments(
  client: PoolClient,
  run: RunRef,
  maxBytes: number,
): Promise<StoredSegment[] | 'busy'> {
  await client.query('SAVEPOINT before_lock');
  try {
    const locked = await client.query<StoredSegment>({
      text: `/* lockSegments */
        WITH sized AS (
          SELECT seq, sum(length(body)) OVER (ORDER BY seq) - length(body) AS before
          FROM history_segment WHERE project_id = $1 AND run_id = $2)
        SELECT s.seq, s.body FROM history_segment s
        WHERE s.project_id = $1 AND s.run_id = $2
          AND s.seq <= (SELECT max(seq) FROM sized WHERE before < $3)
        ORDER BY s.seq FOR UPDATE OF s NOWAIT`,
      values: [run.projectId, run.runId, maxBytes],
    });
    return locked.rows;
  } catch (error) {
    if (!isLockNotAvailable(error)) throw error;
    await client.query('ROLLBACK TO SAVEPOINT before_lock');
    return 'busy';
  }
}

/** Locks all segments of a run until the transaction ends, after any compaction that holds some of them. */
export async function lockAllSegments(client: PoolClient, run: RunRef): Promise<void> {
  await client.query(
    `/* lockAllSegments */ SELECT seq FROM history_segment WHERE project_id = $1 AND run_id = $2 ORDER BY seq FOR UPDATE`,
    [run.projectId, run.runId],
  );
}

function isLockNotAvailable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '55P03';
}

/** Where the new values of one metric begin and end. */
export interface IncomingSpan {
  readonly keyId: number;
  readonly firstStep: number;
  readonly lastStep: number;
}

/** A chunk that new values may have to be merged with; its body is left out where it is full and they do not overlap it. */
export type MergeTarget = ChunkHeader & { readonly body: Buffer | null };

/**
 * What the planner must know of the stored chunks of some metrics: those that the new values overlap, and the neighbours
 * before and after them.
 */
export async function findMergeTargets(
  client: PoolClient,
  run: RunRef,
  incoming: readonly IncomingSpan[],
  chunkSize: number,
): Promise<MergeTarget[]> {
  const found = await client.query<MergeTarget>(
    `/* findMergeTargets */
      SELECT c.key_id AS "keyId", c.first_step::float8 AS "firstStep", c.last_step::float8 AS "lastStep", c.count, c.stats,
             CASE WHEN c.count < $6 OR (c.last_step >= incoming.first_step AND c.first_step <= incoming.last_step)
                  THEN c.body END AS body
      FROM unnest($3::int[], $4::bigint[], $5::bigint[]) AS incoming (key_id, first_step, last_step)
      JOIN LATERAL (
        SELECT * FROM history_chunk overlapping
        WHERE overlapping.project_id = $1 AND overlapping.run_id = $2 AND overlapping.key_id = incoming.key_id
          AND overlapping.first_step <= incoming.last_step AND overlapping.last_step >= incoming.first_step
        UNION ALL
        (SELECT * FROM (
          SELECT * FROM history_chunk earlier
          WHERE earlier.project_id = $1 AND earlier.run_id = $2 AND earlier.key_id = incoming.key_id
            AND earlier.first_step < incoming.first_step
          ORDER BY earlier.first_step DESC LIMIT 1) AS preceding
        WHERE preceding.last_step < incoming.first_step)
        UNION ALL
        (SELECT * FROM history_chunk following
        WHERE following.project_id = $1 AND following.run_id = $2 AND following.key_id = incoming.key_id
          AND following.first_step > incoming.last_step
        ORDER BY following.first_step LIMIT 1)
      ) AS c ON true
      ORDER BY c.key_id, c.first_step`,
    [
      run.projectId,
      run.runId,
      incoming.map((span) => span.keyId),
      incoming.map((span) => span.firstStep),
      incoming.map((span) => span.lastStep),
      chunkSize,
    ],
  );
  return found.rows;
}

/** A chunk to be written. */
export type NewChunk = Omit<ChunkHeader, 'stats'> & { readonly stats: Uint8Array; readonly body: Uint8Array };

/** What one compaction changes. */
export interface CompactionRecord {
  readonly replaced: readonly { readonly keyId: number; readonly firstStep: number }[];
  readonly chunks: readonly NewChunk[];
  /** The newest of the segments that are now in chunks. */
  readonly upToSeq: number;
  /** Encoded metric states as of that segment. */
  readonly state: Uint8Array;
}

/** Puts merged chunks in the place of old chunks and segments; call it in the transaction that locked the segments. */
export async function storeCompaction(client: PoolClient, run: RunRef, record: CompactionRecord): Promise<void> {
  const place = [run.projectId, run.runId];
  await replaceChunks(client, run, record);
  await client.query(
    `/* storeCompaction */ DELETE FROM history_segment WHERE project_id = $1 AND run_id = $2 AND seq <= $3`,
    [...place, record.upToSeq],
  );
  // Last, so that rows being appended meanwhile wait for this row's lock as briefly as possible.
  await client.query(
    `/* storeCompaction */ UPDATE run_summary SET state = $4, state_seq = $3 WHERE project_id = $1 AND run_id = $2 AND state_seq < $3`,
    [...place, record.upToSeq, record.state],
  );
}

/** Puts chunks in the place of others. */
export async function replaceChunks(
  client: PoolClient,
  run: RunRef,
  { replaced, chunks }: Pick<CompactionRecord, 'replaced' | 'chunks'>,
): Promise<void> {
  if (replaced.length > 0) {
    await client.query(
      `/* replaceChunks */ DELETE FROM history_chunk c USING unnest($3::int[], $4::bigint[]) AS old (key_id, first_step)
       WHERE c.project_id = $1 AND c.run_id = $2 AND c.key_id = old.key_id AND c.first_step = old.first_step`,
      [run.projectId, run.runId, replaced.map((chunk) => chunk.keyId), replaced.map((chunk) => chunk.firstStep)],
    );
  }
  if (chunks.length > 0) await insertChunks(client, run, chunks);
}

/** Bodies travel as one binary parameter and are cut apart by the server: an array of bytea would travel as hexadecimal text. */
async function insertChunks(client: PoolClient, run: RunRef, chunks: readonly NewChunk[]): Promise<void> {
  const stats = packBytes(chunks.map((chunk) => chunk.stats));
  const bodies = packBytes(chunks.map((chunk) => chunk.body));
  await client.query(
    `/* storeCompaction */
      INSERT INTO history_chunk (project_id, run_id, key_id, first_step, last_step, count, stats, body)
      SELECT $1::uuid, $2::uuid, c.key_id, c.first_step, c.last_step, c.count,
             substr($7::bytea, c.stats_from, c.stats_length), substr($8::bytea, c.body_from, c.body_length)
      FROM unnest($3::int[], $4::bigint[], $5::bigint[], $6::int[], $9::int[], $10::int[], $11::int[], $12::int[])
        AS c (key_id, first_step, last_step, count, stats_from, stats_length, body_from, body_length)`,
    [
      run.projectId,
      run.runId,
      chunks.map((chunk) => chunk.keyId),
      chunks.map((chunk) => chunk.firstStep),
      chunks.map((chunk) => chunk.lastStep),
      chunks.map((chunk) => chunk.count),
      stats.bytes,
      bodies.bytes,
      stats.starts,
      stats.lengths,
      bodies.starts,
      bodies.lengths,
    ],
  );
}

/** Joins byte strings into one, with the place (counted from 1, as SQL does) and length of each. */
function packBytes(parts: readonly Uint8Array[]): { bytes: Buffer; starts: number[]; lengths: number[] } {
  const starts: number[] = [];
  let next = 1;
  for (const part of parts) {
    starts.push(next);
    next += part.byteLength;
  }
  return { bytes: Buffer.concat(parts), starts, lengths: parts.map((part) => part.byteLength) };
}
