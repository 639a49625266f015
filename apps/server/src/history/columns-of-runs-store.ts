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

/** The values of chunks. */
export async function findChunkBodies(
  client: Queryable,
  projectId: string,
  chunks: readonly ChunkPlace[],
): Promise<(ChunkPlace & { readonly body: Buffer })[]> {
  const found = await client.query<ChunkPlace & { body: Buffer }>({
    name: 'find-chunk-bodies',
    text: `/* findChunkBodies */
      SELECT c.run_id AS "runId", c.key_id AS "keyId", c.first_step::float8 AS "firstStep", c.body
      FROM unnest($2::uuid[], $3::int[], $4::bigint[]) AS wanted (run_id, key_id, first_step)
      JOIN history_chunk c ON c.project_id = $1 AND c.run_id = wanted.run_id AND c.key_id = wanted.key_id
        AND c.first_step = wanted.first_step`,
    values: [
      projectId,
      chunks.map((chunk) => chunk.runId),
      chunks.map((chunk) => chunk.keyId),
      chunks.map((chunk) => chunk.firstStep),
    ],
  });
  return found.rows;
}

/** All segments of these runs that are not yet merged into chunks, by run id, in order of arrival. */
export async function findSegmentsOfRuns(
  client: Queryable,
  projectId: string,
  runIds: readonly string[],
): Promise<Map<string, Buffer[]>> {
  const found = await client.query<{ runId: string; body: Buffer }>({
    name: 'find-segments-of-runs',
    text: `/* findSegmentsOfRuns */ SELECT run_id AS "runId", body FROM history_segment
      WHERE project_id = $1 AND run_id = ANY($2::uuid[]) ORDER BY run_id, seq`,
    values: [projectId, runIds],
  });
  const byRun = new Map<string, Buffer[]>();
  for (const { runId, body } of found.rows) {
    const ofRun = byRun.get(runId) ?? [];
    byRun.set(runId, ofRun);
    ofRun.push(body);
  }
  return byRun;
}
