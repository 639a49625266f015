import { formatCursor, parseNumberCursor } from '../graphql/cursor.ts';
import { type Edge, type PageArguments, readPage } from '../graphql/page.ts';
import { LIMITS } from '../limits.ts';
import { ServerError } from '../server-error.ts';
import type { RunRef, Services } from '../services.ts';
import {
  CONSOLE_STREAM,
  type ConsoleLine,
  consoleLineFromJson,
  consoleStreamOf,
  SOURCES,
  sourceOf,
} from './console-line.ts';
import { CHUNK_LINES, chunkOf, lineCount, linesOf } from './line-chunk.ts';
import { chunkSearchOf, type LineSearch, matchesLine } from './line-search.ts';
import { findLastLineChunk, findStreams, type LineStream, walkLineChunks } from './run-line-store.ts';

/** A line with its number in its source, counted from 0. */
export interface NumberedLine extends ConsoleLine {
  readonly number: number;
}

/** One process of a run that printed lines. */
export interface LogSource {
  /** Empty for the run's own process. */
  readonly name: string;
  /** One more than the number of its last line. */
  readonly lineCount: number;
}

/** Which lines of a run are wanted, and which page of them. */
export interface LineListArguments extends PageArguments, LineSearch {
  /** The first source when null. */
  readonly source: string | null;
  /** The lowest and the highest number. */
  readonly from: number;
  readonly to: number;
}

/** A page of lines, in the order of their numbers whichever way the page was cut. */
export interface LinePage {
  readonly edges: readonly Edge<NumberedLine>[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Of the source: one more than the number of its last line. */
  readonly lineCount: number;
}

const CURSOR = 'log-line';
/** Chunks that one statement reads; a page takes the next ones if these have too few lines. */
const CHUNKS_AT_ONCE = 64;

/** The processes of a run that printed lines, by the code points of their names; the run's own comes first. */
export async function listLogSources({ database }: Services, run: RunRef): Promise<LogSource[]> {
  const streams = await findStreams(database.pool, run, { prefix: CONSOLE_STREAM, limit: LIMITS.logSources });
  return streams
    .filter(({ stream }) => stream === CONSOLE_STREAM || stream.startsWith(SOURCES))
    .map(({ stream, last }) => ({ name: sourceOf(stream), lineCount: lineCount(last) }));
}

/**
 * One page of what one process of a run printed. @throws ServerError INVALID_CURSOR, INVALID_INPUT, PAGE_TOO_LARGE,
 * RESPONSE_TOO_LARGE when not even one line fits into an answer
 */
export async function listLines(services: Services, run: RunRef, args: LineListArguments): Promise<LinePage> {
  const { size, cursor, backward } = readPage(args);
  const source = await findSource(services, run, args.source);
  const at = cursor === null ? null : parseNumberCursor(CURSOR, cursor, backward ? 'before' : 'after');
  const from = Math.max(args.from, at !== null && !backward ? at + 1 : 0);
  const to = Math.min(args.to, source.lineCount - 1, at !== null && backward ? at - 1 : Number.MAX_SAFE_INTEGER);
  const walk = { from, to, backward, count: size + 1 };
  const stream = { ...run, stream: consoleStreamOf(source.name) };
  const found = from <= to ? await walkLines(services, stream, { search: args, walk }) : { lines: [], isCut: false };
  const page = found.lines.slice(0, size);
  const hasMore = found.lines.length > size || found.isCut;
  if (backward) page.reverse();
  return {
    edges: page.map((node) => ({ node, cursor: formatCursor(CURSOR, node.number) })),
    hasNextPage: backward ? at !== null : hasMore,
    hasPreviousPage: backward ? hasMore : at !== null,
    lineCount: source.lineCount,
  };
}

async function findSource(services: Services, run: RunRef, name: string | null): Promise<LogSource> {
  if (name === null) return (await listLogSources(services, run))[0] ?? { name: '', lineCount: 0 };
  const last = await findLastLineChunk(services.database.pool, { ...run, stream: consoleStreamOf(name) });
  return { name, lineCount: lineCount(last) };
}

interface LineWalk {
  readonly from: number;
  readonly to: number;
  readonly backward: boolean;
  /** How many lines are wanted. */
  readonly count: number;
}

/** The next lines in the direction of the walk; `isCut` when more were there than may be read for one page. */
async function walkLines(
  { database }: Services,
  stream: LineStream,
  { search, walk }: { readonly search: LineSearch; readonly walk: LineWalk },
): Promise<{ lines: NumberedLine[]; isCut: boolean }> {
  const { backward, count } = walk;
  const chunkSearch = chunkSearchOf(search);
  const limit = chunkSearch ? CHUNKS_AT_ONCE : Math.min(CHUNKS_AT_ONCE, Math.ceil(count / CHUNK_LINES) + 1);
  const lines: NumberedLine[] = [];
  let [first, last] = [chunkOf(walk.from), chunkOf(walk.to)];
  for (let bytesLeft = LIMITS.lineBytes; ; ) {
    const span = { from: first, to: last, backward, limit, search: chunkSearch, maxBytes: bytesLeft };
    const chunks = await walkLineChunks(database.pool, stream, span);
    for (const { chunk, lines: text } of chunks) {
      if (text === null) return cutAt(lines, stream);
      bytesLeft -= Buffer.byteLength(text);
      const ofChunk = [...linesOf([{ chunk, lines: text }])].flatMap(([number, json]) => {
        const line = number < walk.from || number > walk.to ? null : consoleLineFromJson(json);
        return line && matchesLine(line, search) ? { ...line, number } : [];
      });
      lines.push(...(backward ? ofChunk.reverse() : ofChunk));
      if (lines.length >= count) return { lines, isCut: false };
    }
    const reached = chunks.at(-1)?.chunk;
    if (reached === undefined || chunks.length < limit) return { lines, isCut: false };
    if (backward) last = reached - 1;
    else first = reached + 1;
  }
}

function cutAt(lines: NumberedLine[], { stream }: LineStream): { lines: NumberedLine[]; isCut: boolean } {
  if (lines.length > 0) return { lines, isCut: true };
  throw new ServerError(
    'RESPONSE_TOO_LARGE',
    `the next lines of ${stream} have more than ${LIMITS.lineBytes} bytes, too many for one answer`,
    ['first'],
  );
}
