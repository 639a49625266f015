import { createReadStream } from 'node:fs';
import { CommandError } from './command-error.ts';

/** One line of a file: its number from 1, its text, and where in the file the next one begins. */
export interface Line {
  readonly number: number;
  readonly text: string;
  readonly endByte: number;
}

/** Longest line that is read, in bytes; no server takes a row that large. */
export const MAX_LINE_BYTES: number = 256 * 1024 * 1024;

const NEWLINE = 10;

/**
 * The lines of a UTF-8 file without their ends, those of one read together: constant memory however large the file is.
 *
 * A byte order mark is left out, and so is a missing end of the last line. Throws `CommandError` naming the line that is
 * not UTF-8 or longer than 256 MiB.
 */
export async function* readLines(file: string): AsyncGenerator<readonly Line[], void, undefined> {
  let number = 1;
  let endByte = 0;
  let open: Buffer[] = [];
  let openBytes = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    const lines: Line[] = [];
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      const bytes = joined(open, chunk.subarray(from, end));
      open = [];
      openBytes = 0;
      endByte += bytes.length + 1;
      lines.push({ number, text: decode(bytes, file, number), endByte });
      number += 1;
      from = end + 1;
    }
    yield lines;
    if (from === chunk.length) continue;
    open.push(chunk.subarray(from));
    openBytes += chunk.length - from;
    if (openBytes > MAX_LINE_BYTES) throw new CommandError(`${file}:${number}: the line is longer than 256 MiB`);
  }
  if (openBytes === 0) return;
  yield [{ number, text: decode(joined(open), file, number), endByte: endByte + openBytes }];
}

function joined(open: Buffer[], last?: Buffer): Buffer {
  if (open.length === 0 && last) return last;
  return Buffer.concat(last ? [...open, last] : open);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Buffer, file: string, number: number): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new CommandError(`${file}:${number}: the line is not UTF-8 text`);
  }
}
