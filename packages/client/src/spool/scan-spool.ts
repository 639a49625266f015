import { type FileHandle, open } from 'node:fs/promises';
import type { SpoolRest } from '../live-run/backlog.ts';
import type { SpooledRun, SpoolProgress } from '../platform/spool.ts';
import { FrameType } from './frame.ts';
import { type Frame, FrameReader, type FramesEnd } from './frame-reader.ts';
import { parseHeader, type SpoolHeader } from './spool-header.ts';

/** What a spool says of itself. */
export interface SpoolContents {
  readonly path: string;
  /** Null when the file was torn before it had one, or is damaged there. */
  readonly header: SpoolHeader | null;
  /** The run as the server started it; null when it never did. `acceptedRows` are those before the first in the file. */
  readonly run: SpooledRun | null;
  /** The number behind the last item. */
  readonly entries: number;
  /** How far the server had followed when it last said so. */
  readonly settled: SpoolProgress | null;
  /** The numbers of items that the server refused. */
  readonly refused: ReadonlySet<number>;
  /** Whether its writer was done with it. */
  readonly isClosed: boolean;
  readonly ending: FramesEnd;
  /** The byte behind the last whole frame: where it ends, was torn or is damaged. */
  readonly end: number;
}

/** Reads a spool from its beginning to where it ends, was torn or is damaged. Rejects with the disk's own error. */
export async function scanSpool(path: string): Promise<SpoolContents> {
  await using file = await openFile(path);
  const frames = readerOf(file.handle, 0);
  const found = { header: null as SpoolHeader | null, run: null as SpooledRun | null, entries: 0 };
  const refused = new Set<number>();
  let settled: SpoolProgress | null = null;
  let isClosed = false;
  for (;;) {
    const frame = await frames.next();
    if (typeof frame === 'string') {
      return { path, ...found, settled, refused, isClosed, ending: frame, end: frames.position };
    }
    if (isItem(frame)) found.entries += 1;
    else if (frame.type === FrameType.header) {
      found.header = parseHeader(frame.payload.toString());
      found.entries = found.header?.firstEntry ?? 0;
    } else if (frame.type === FrameType.start) found.run = JSON.parse(frame.payload.toString());
    else if (frame.type === FrameType.settle) settled = JSON.parse(frame.payload.toString());
    else if (frame.type === FrameType.refuse) refused.add(Number(frame.payload.toString()));
    isClosed = frame.type === FrameType.close;
  }
}

/**
 * What is left to send when the server has so many rows of the writer.
 *
 * A change before a row that the server has was sent before that row, whether or not the spool knows: it is not sent
 * again. Changes behind the last such row may be, in their order, which changes nothing.
 */
export async function findRest(contents: SpoolContents, acceptedRows: number): Promise<SpoolRest> {
  const { path, header, settled, refused, end } = contents;
  await using file = await openFile(path);
  const frames = readerOf(file.handle, 0);
  let entry = header?.firstEntry ?? 0;
  let row = contents.run?.acceptedRows ?? 0;
  let rest = { position: 0, entry, count: 0, rows: 0 };
  while (frames.position < end) {
    const frame = await frames.next();
    if (typeof frame === 'string') break;
    if (!isItem(frame)) continue;
    const isSent = entry < (settled?.entries ?? 0);
    const isCounted = frame.type === FrameType.row && !refused.has(entry);
    const isKnown = isSent || (isCounted && row < acceptedRows);
    if (isCounted) row += 1;
    entry += 1;
    if (isKnown) rest = { position: frame.next, entry, count: 0, rows: 0 };
    else rest = withOneMore(rest, frame);
  }
  return { ...rest, acceptedRows, refused };
}

type Rest = Omit<SpoolRest, 'acceptedRows' | 'refused'>;

function withOneMore({ position, entry, count, rows }: Rest, frame: Frame): Rest {
  return {
    position: position === 0 ? frame.start : position,
    entry,
    count: count + 1,
    rows: rows + (frame.type === FrameType.row ? 1 : 0),
  };
}

function isItem({ type }: Frame): boolean {
  return type === FrameType.row || type === FrameType.change || type === FrameType.files;
}

function readerOf(handle: FileHandle, from: number): FrameReader {
  return new FrameReader(async (buffer, at) => (await handle.read(buffer, 0, buffer.length, at)).bytesRead, from);
}

async function openFile(path: string) {
  const handle = await open(path, 'r');
  return { handle, [Symbol.asyncDispose]: () => handle.close() };
}
