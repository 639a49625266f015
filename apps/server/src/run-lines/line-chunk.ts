import { formatJson } from '@summa/core/json/format-json';
import type { JsonValue } from '@summa/core/json/json-value';
import { parseJson } from '@summa/core/json/parse-json';
import type { StoredChunk } from './run-line-store.ts';

/** Lines of one chunk: enough that a console is few rows, and few enough that rewriting the last one is cheap. */
export const CHUNK_LINES = 256;

/** Lines by their number, counted from 0. */
export type NumberedLines = ReadonlyMap<number, JsonValue>;

/** The chunk in which a line lies. */
export function chunkOf(line: number): number {
  return Math.floor(line / CHUNK_LINES);
}

/** The lines that stored chunks hold, in order; those that have not come are left out. */
export function linesOf(chunks: readonly StoredChunk[]): Map<number, JsonValue> {
  const lines = new Map<number, JsonValue>();
  for (const { chunk, lines: text } of chunks) {
    for (const [i, line] of readChunk(text).entries()) {
      if (line !== null) lines.set(chunk * CHUNK_LINES + i, line);
    }
  }
  return lines;
}

/** How many lines a stream has, with those before its last one that have not come, given its last chunk. */
export function lineCount(last: StoredChunk | undefined): number {
  return last ? last.chunk * CHUNK_LINES + readChunk(last.lines).length : 0;
}

/** The chunks as they are with new lines in them; a line that comes again replaces the old one. */
export function withLines(stored: readonly StoredChunk[], lines: NumberedLines): StoredChunk[] {
  const chunks = new Map(stored.map(({ chunk, lines: text }) => [chunk, [...readChunk(text)]]));
  for (const [number, line] of lines) {
    const chunk = chunks.get(chunkOf(number)) ?? [];
    const place = number % CHUNK_LINES;
    while (chunk.length < place) chunk.push(null);
    chunk[place] = line;
    chunks.set(chunkOf(number), chunk);
  }
  return [...chunks].map(([chunk, content]) => ({ chunk, lines: formatJson(content) }));
}

function readChunk(text: string): readonly JsonValue[] {
  const read = parseJson(text);
  return Array.isArray(read) ? read : [];
}
