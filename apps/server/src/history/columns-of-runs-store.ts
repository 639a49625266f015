import type { PoolClient } from 'pg';
import { copyRows } from '../database/copy-rows.ts';
import { uuid, uuids, wholeNumbers } from '../database/safe-literals.ts';
import type { ChunkHeader, StepSpan, StoredChunk, StoredColumns } from './column-store.ts';
import type { Queryable, StoredSegment } from './history-store.ts';

/** One metric of one run of a project. */
export interface RunKey {
  readonly runId: string;
  readonly keyId: number;
}

type ColumnRow = Pick<StoredChunk, 'keyId' | 'firstStep' | 'lastStep' | 'count' | 'stats' | 'body'> & {
  readonly runId: string;
  readonly seq: number | null;
};

/** Everything stored of some metrics of some runs of one project, by run id, in one statement and so as of one moment. */
export async function findColumnsOfRuns(
  client: Queryable,
  projectId: string,
  wanted: readonly RunKey[],
): Promise<Map<string, StoredColumns>> {
  const runIds = wanted.map(({ runId }) => runId);
  const found = await client.query<ColumnRow>({
    name: 'find-columns-of-runs',
    text: `/* findColumnsOfRuns */
      SELECT c.run_id AS "runId", c.key_id AS "keyId", c.first_step::float8 AS "firstStep", c.last_step::float8 AS "lastStep",
             c.count, c.stats, c.body, NULL::int AS seq
      FROM unnest($2::uuid[], $3::int[]) AS wanted (run_id, key_id)
      JOIN history_chunk c ON c.project_id = $1 AND c.run_id = wanted.run_id AND c.key_id = wanted.key_id
      UNION ALL
      SELECT run_id, NULL, first_step::float8, last_step::float8, row_count, NULL, body, seq
      FROM history_segment WHERE project_id = $1 AND run_id = ANY($4::uuid[])
      ORDER BY "keyId", "firstStep"`,
    values: [projectId, runIds, wanted.map(({ keyId }) => keyId), [...new Set(runIds)]],
  });
  const byRun = new Map<string, { chunks: StoredChunk[]; segments: StoredSegment[] }>();
  for (const { runId, seq, ...chunk } of found.rows) {
    const ofRun = byRun.get(runId) ?? { chunks: [], segments: [] };
    byRun.set(runId, ofRun);
    if (seq === null) ofRun.chunks.push(chunk);
    else ofRun.segments.push({ seq, body: chunk.body });
  }
  for (const { segments } of byRun.values()) segments.sort((a, b) => a.seq - b.seq);
  return byRun;
}

/** Steps of one metric of one run. */
export interface RunKeySpan extends RunKey, StepSpan {}

/** A chunk without its values, and whose it is. */
export interface RunChunkHeader extends RunKey, ChunkHeader {}

/** The place of a chunk. */
export interface ChunkPlace extends RunKey {
  readonly firstStep: number;
}

/** The headers of the chunks that reach into these spans, by run, key and step. */
export async function findChunkHeaders(
  client: Queryable,
  projectId: string,
  spans: readonly RunKeySpan[],
): Promise<RunChunkHeader[]> {
  const found = await client.query<RunChunkHeader>({
    name: 'find-chunk-headers',
    text: `/* findChunkHeaders */
      SELECT c.run_id AS "runId", c.key_id AS "keyId", c.first_step::float8 AS "firstStep", c.last_step::float8 AS "lastStep",
             c.count, c.stats
      FROM unnest($2::uuid[], $3::int[], $4::bigint[], $5::bigint[]) AS wanted (run_id, key_id, from_step, to_step)
      JOIN history_chunk c ON c.project_id = $1 AND c.run_id = wanted.run_id AND c.key_id = wanted.key_id
        AND c.last_step >= wanted.from_step AND c.first_step <= wanted.to_step
      ORDER BY c.run_id, c.key_id, c.first_step`,
    values: [
      projectId,
      spans.map((span) => span.runId),
      spans.map((span) => span.keyId),
      spans.map((span) => span.from),
      spans.map((span) => span.to),
    ],
  });
  return found.rows;
}

/** The first and the last step of each of these metrics that is in chunks at all. */
export async function findChunkExtents(
  client: Queryable,
  projectId: string,
  wanted: readonly RunKey[],
): Promise<(RunKey & { readonly firstStep: number; readonly lastStep: number })[]> {
  const found = await client.query<RunKey & { firstStep: number; lastStep: number }>({
    name: 'find-chunk-extents',
    text: `/* findChunkExtents */
      SELECT c.run_id AS "runId", c.key_id AS "keyId", min(c.first_step)::float8 AS "firstStep", max(c.last_step)::float8 AS "lastStep"
      FROM unnest($2::uuid[], $3::int[]) AS wanted (run_id, key_id)
      JOIN history_chunk c ON c.project_id = $1 AND c.run_id = wanted.run_id AND c.key_id = wanted.key_id
      GROUP BY c.run_id, c.key_id`,
    values: [projectId, wanted.map(({ runId }) => runId), wanted.map(({ keyId }) => keyId)],
  });
  return found.rows;
}

/** Chunks that one statement reads at most: their places stand in its text, and are sorted by the database. */
const CHUNKS_AT_ONCE = 4_096;

/**
 * Reads the values of chunks one after the other, in the order given, so that no more than one of them need be held: `take` gets
 * the place of each among `chunks`, and its body, which is valid until it returns.
 */
export async function eachChunkBody(
  client: PoolClient,
  { projectId, chunks }: { readonly projectId: string; readonly chunks: readonly ChunkPlace[] },
  take: (place: number, body: Uint8Array) => void,
): Promise<void> {
  for (let start = 0; start < chunks.length; start += CHUNKS_AT_ONCE) {
    const some = chunks.slice(start, start + CHUNKS_AT_ONCE);
    const select = `/* eachChunkBody */
      SELECT wanted.place::int, c.body
      FROM unnest(${uuids(some.map((chunk) => chunk.runId))}, ${wholeNumbers(some.map((chunk) => chunk.keyId))}::int[],
                  ${wholeNumbers(some.map((chunk) => chunk.firstStep))}::bigint[])
        WITH ORDINALITY AS wanted (run_id, key_id, first_step, place)
      JOIN history_chunk c ON c.project_id = ${uuid(projectId)} AND c.run_id = wanted.run_id AND c.key_id = wanted.key_id
        AND c.first_step = wanted.first_step
      ORDER BY wanted.place`;
    await copyRows(client, select, ([place, body]) => {
      if (place && body) take(start + place.readInt32BE() - 1, body);
    });
  }
}

/**
 * Reads all segments of these runs that are not yet merged into chunks, by run and in order of arrival; a body is valid until
 * `take` returns.
 */
export async function eachSegmentOfRuns(
  client: PoolClient,
  { projectId, runIds }: { readonly projectId: string; readonly runIds: readonly string[] },
  take: (runId: string, body: Uint8Array) => void,
): Promise<void> {
  if (runIds.length === 0) return;
  const select = `/* eachSegmentOfRuns */
    SELECT (wanted.place)::int, s.body
    FROM unnest(${uuids(runIds)}) WITH ORDINALITY AS wanted (run_id, place)
    JOIN history_segment s ON s.project_id = ${uuid(projectId)} AND s.run_id = wanted.run_id
    ORDER BY wanted.place, s.seq`;
  await copyRows(client, select, ([place, body]) => {
    const runId = place && runIds[place.readInt32BE() - 1];
    if (runId && body) take(runId, body);
  });
}
