import type { JsonValue } from '@summa/core/json/json-value';
import { inTransaction } from '../database/in-transaction.ts';
import type { Services } from '../services.ts';
import { CHUNK_LINES, chunkOf, lineCount, linesOf, type NumberedLines, withLines } from './line-chunk.ts';
import { findLastLineChunk, findLineChunks, type LineStream, lockLines, storeLineChunks } from './run-line-store.ts';

/** Stores lines of a stream by their number; one that is there already is replaced, so that sending again changes nothing. */
export async function putLines({ database }: Services, stream: LineStream, lines: NumberedLines): Promise<void> {
  if (lines.size === 0) return;
  const chunks = [...lines.keys()].map(chunkOf);
  await inTransaction(database.pool, 'write', async (client) => {
    await lockLines(client, stream);
    const first = chunks.reduce((a, b) => Math.min(a, b));
    const last = chunks.reduce((a, b) => Math.max(a, b));
    const touched = new Set(chunks);
    const stored = await findLineChunks(client, stream, { from: first, to: last });
    await storeLineChunks(
      client,
      stream,
      withLines(
        stored.filter(({ chunk }) => touched.has(chunk)),
        lines,
      ),
    );
  });
}

/** How many lines a stream has, with those before its last one that have not come. */
export async function countLines({ database }: Services, stream: LineStream): Promise<number> {
  return lineCount(await findLastLineChunk(database.pool, stream));
}

/** Lines of a stream by their number, in order: from `from`, `count` of them at most counting those that have not come. */
export async function readLines(
  { database }: Services,
  stream: LineStream,
  { from, count }: { readonly from: number; readonly count: number },
): Promise<Map<number, JsonValue>> {
  if (count <= 0) return new Map();
  const end = from + count;
  const chunks = await findLineChunks(database.pool, stream, {
    from: chunkOf(from),
    to: chunkOf(Math.min(end - 1, Number.MAX_SAFE_INTEGER)),
  });
  return new Map([...linesOf(chunks)].filter(([number]) => number >= from && number < end));
}

/** The highest line number that a stream may have: its chunk must be a 32-bit number. */
export const MAX_LINE = 2 ** 31 * CHUNK_LINES - 1;
