import type { Queryable } from '../history/history-store.ts';
import type { RunRef } from '../services.ts';

/** Which lines of a run: its console, or another stream that it wrote line by line. */
export interface LineStream extends RunRef {
  readonly stream: string;
}

/** The stored text of one chunk of lines. */
export interface StoredChunk {
  readonly chunk: number;
  /** Stored JSON text. */
  readonly lines: string;
}

/** Chunks of a stream from one number to another, both included, in order. */
export async function findLineChunks(
  client: Queryable,
  { projectId, runId, stream }: LineStream,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<StoredChunk[]> {
  const found = await client.query<StoredChunk>({
    name: 'find-line-chunks',
    text: `/* findLineChunks */ SELECT chunk, lines FROM run_line_chunk
      WHERE project_id = $1 AND run_id = $2 AND stream = $3 AND chunk BETWEEN $4 AND $5 ORDER BY chunk`,
    values: [projectId, runId, stream, from, to],
  });
  return found.rows;
}

/** The last chunk of a stream; undefined when it has no line. */
export async function findLastLineChunk(
  client: Queryable,
  { projectId, runId, stream }: LineStream,
): Promise<StoredChunk | undefined> {
  const found = await client.query<StoredChunk>({
    name: 'find-last-line-chunk',
    text: `/* findLastLineChunk */ SELECT chunk, lines FROM run_line_chunk
      WHERE project_id = $1 AND run_id = $2 AND stream = $3 ORDER BY chunk DESC LIMIT 1`,
    values: [projectId, runId, stream],
  });
  return found.rows[0];
}

/** Locks the streams of a run against other writers until the transaction ends. */
export async function lockLines(client: Queryable, { projectId, runId }: RunRef): Promise<void> {
  await client.query(`/* lockLines */ SELECT pg_advisory_xact_lock(hashtextextended($1, 7))`, [
    `${projectId}/${runId}`,
  ]);
}

/** Stores chunks of a stream in place of what was there. */
export async function storeLineChunks(
  client: Queryable,
  { projectId, runId, stream }: LineStream,
  chunks: readonly StoredChunk[],
): Promise<void> {
  await client.query({
    name: 'store-line-chunks',
    text: `/* storeLineChunks */ INSERT INTO run_line_chunk (project_id, run_id, stream, chunk, lines)
      SELECT $1, $2, $3, chunk, lines FROM unnest($4::int[], $5::text[]) AS new (chunk, lines)
      ON CONFLICT (project_id, run_id, stream, chunk) DO UPDATE SET lines = excluded.lines`,
    values: [projectId, runId, stream, chunks.map(({ chunk }) => chunk), chunks.map(({ lines }) => lines)],
  });
}

/** Removes all lines of a stream. */
export async function removeLines(client: Queryable, { projectId, runId, stream }: LineStream): Promise<void> {
  await client.query({
    name: 'remove-lines',
    text: `/* removeLines */ DELETE FROM run_line_chunk WHERE project_id = $1 AND run_id = $2 AND stream = $3`,
    values: [projectId, runId, stream],
  });
}
