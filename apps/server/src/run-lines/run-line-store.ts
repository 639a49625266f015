import type { Queryable } from '../history/history-store.ts';
import type { RunRef } from '../services.ts';
import type { ChunkSearch } from './line-search.ts';

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

/** Which chunks of a stream are wanted: at most `limit`, from one end of the span on. */
export interface ChunkWalk {
  readonly from: number;
  readonly to: number;
  readonly backward: boolean;
  readonly limit: number;
  /** Chunks that the search cannot match are left out. */
  readonly search: ChunkSearch | null;
  readonly maxBytes: number;
}

/** A chunk whose text is null where it and those before it have more bytes than were wanted. */
export type WalkedChunk = Omit<StoredChunk, 'lines'> & { readonly lines: string | null };

const ASCII_LOWER = 'lower(lines COLLATE "C")';

/** Chunks of a stream in the order of the walk. A statement over as many as it takes to find `limit` of them. */
export async function walkLineChunks(
  client: Queryable,
  { projectId, runId, stream }: LineStream,
  { from, to, backward, limit, search, maxBytes }: ChunkWalk,
): Promise<WalkedChunk[]> {
  const order = backward ? 'DESC' : 'ASC';
  const found = await client.query<WalkedChunk>(
    `/* walkLineChunks */
    SELECT chunk, CASE WHEN sum(octet_length(lines)) OVER (ORDER BY chunk ${order}) <= $7 THEN lines END AS lines
    FROM (SELECT chunk, lines FROM run_line_chunk
      WHERE project_id = $1 AND run_id = $2 AND stream = $3 AND chunk BETWEEN $4 AND $5
        ${search === null ? '' : `AND strpos(${ASCII_LOWER}, $8) > 0 AND ${ASCII_LOWER} ~ $9`}
      ORDER BY chunk ${order} LIMIT $6) walked
    ORDER BY chunk ${order}`,
    [projectId, runId, stream, from, to, limit, maxBytes, ...(search === null ? [] : [search.text, search.pattern])],
  );
  return found.rows;
}

/** The last chunk of each stream of a run that begins with a text, by the code points of its name; at most `limit` of them. */
export async function findStreams(
  client: Queryable,
  { projectId, runId }: RunRef,
  { prefix, limit }: { readonly prefix: string; readonly limit: number },
): Promise<{ readonly stream: string; readonly last: StoredChunk }[]> {
  const found = await client.query<StoredChunk & { readonly stream: string }>({
    name: 'find-streams',
    text: `/* findStreams */
      SELECT stream, last.chunk, last.lines
      FROM (SELECT DISTINCT stream FROM run_line_chunk WHERE project_id = $1 AND run_id = $2 AND starts_with(stream, $3)) streams
      CROSS JOIN LATERAL (SELECT chunk, lines FROM run_line_chunk c
        WHERE c.project_id = $1 AND c.run_id = $2 AND c.stream = streams.stream ORDER BY chunk DESC LIMIT 1) last
      ORDER BY stream COLLATE "C" LIMIT $4`,
    values: [projectId, runId, prefix, limit],
  });
  return found.rows.map(({ stream, ...last }) => ({ stream, last }));
}
