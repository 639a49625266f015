import type { RunRef } from '../services.ts';
import type { Queryable, StoredSegment } from './history-store.ts';

/** One stored chunk: its place, its folded state and, when it was asked for, its values. */
export interface StoredChunk {
  readonly keyId: number;
  readonly firstStep: number;
  readonly lastStep: number;
  readonly count: number;
  readonly stats: Buffer;
  readonly body: Buffer;
}

/** A chunk without its values. */
export type ChunkHeader = Omit<StoredChunk, 'body'>;

/** Steps from `from` to `to`, both included. */
export interface StepSpan {
  readonly from: number;
  readonly to: number;
}

/** Everything stored of some metrics within a span of steps: chunks first, then the segments that came after them. */
export interface StoredColumns {
  readonly chunks: readonly StoredChunk[];
  readonly segments: readonly StoredSegment[];
}

interface ColumnRow extends StoredChunk {
  readonly seq: number | null;
}

/** Steps of one metric. */
export interface KeySpan extends StepSpan {
  readonly keyId: number;
}

/** The same span for each of some metrics. */
export function sameSpan(keyIds: readonly number[], span: StepSpan): KeySpan[] {
  return keyIds.map((keyId) => ({ keyId, from: span.from, to: span.to }));
}

/**
 * Reads chunks and segments in one statement, hence in one snapshot: a compaction that runs meanwhile cannot make a row
 * appear twice or not at all. Chunks and segments that reach into a span are returned whole.
 */
export async function findColumns(client: Queryable, run: RunRef, spans: readonly KeySpan[]): Promise<StoredColumns> {
  const found = await client.query<ColumnRow>({
    name: 'find-columns',
    text: `/* findColumns */
      SELECT c.key_id AS "keyId", c.first_step::float8 AS "firstStep", c.last_step::float8 AS "lastStep", c.count, c.stats, c.body,
             NULL::int AS seq
      FROM unnest($3::int[], $4::bigint[], $5::bigint[]) AS wanted (key_id, from_step, to_step)
      JOIN history_chunk c ON c.project_id = $1 AND c.run_id = $2 AND c.key_id = wanted.key_id
        AND c.last_step >= wanted.from_step AND c.first_step <= wanted.to_step
      UNION ALL
      SELECT NULL, first_step::float8, last_step::float8, row_count, NULL, body, seq
      FROM history_segment
      WHERE project_id = $1 AND run_id = $2 AND last_step >= $6 AND first_step <= $7`,
    values: [
      run.projectId,
      run.runId,
      spans.map((span) => span.keyId),
      spans.map((span) => span.from),
      spans.map((span) => span.to),
      Math.min(...spans.map((span) => span.from)),
      Math.max(...spans.map((span) => span.to)),
    ],
  });
  const chunks = found.rows
    .filter((row) => row.seq === null)
    .sort((a, b) => a.keyId - b.keyId || a.firstStep - b.firstStep);
  const segments = found.rows.flatMap((row) => (row.seq === null ? [] : [{ seq: row.seq, body: row.body }]));
  return { chunks, segments: segments.sort((a, b) => a.seq - b.seq) };
}

/** How far the first `points` values of each metric within its span reach: a chunk's place and what came before it. */
export async function findChunkCounts(
  client: Queryable,
  run: RunRef,
  { spans, points }: { spans: readonly KeySpan[]; points: number },
): Promise<{ keyId: number; lastStep: number; countThrough: number }[]> {
  const found = await client.query<{ keyId: number; lastStep: number; countThrough: number }>({
    name: 'find-chunk-counts',
    text: `/* findChunkCounts */
      SELECT "keyId", "lastStep", "countThrough" FROM (
        SELECT c.key_id AS "keyId", c.last_step::float8 AS "lastStep", c.count, c.first_step,
               (sum(c.count) OVER (PARTITION BY c.key_id ORDER BY c.first_step))::float8 AS "countThrough"
        FROM unnest($3::int[], $4::bigint[], $5::bigint[]) AS wanted (key_id, from_step, to_step)
        JOIN history_chunk c ON c.project_id = $1 AND c.run_id = $2 AND c.key_id = wanted.key_id
          AND c.first_step >= wanted.from_step AND c.last_step <= wanted.to_step) AS counted
      WHERE "countThrough" - count < $6
      ORDER BY "keyId", "countThrough"`,
    values: [
      run.projectId,
      run.runId,
      spans.map((span) => span.keyId),
      spans.map((span) => span.from),
      spans.map((span) => span.to),
      points,
    ],
  });
  return found.rows;
}
