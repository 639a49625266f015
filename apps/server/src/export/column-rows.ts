import { endianness } from 'node:os';
import { formatWireJson } from '@summa/core/json/format-json';
import type { RowEncoder } from './row-encoder.ts';
import { NUMBER, OTHER, type RowWindow, type WindowColumn } from './row-window.ts';

/** Bytes of what stands before each block, and of the end. */
const BLOCK_HEAD = 8;

/**
 * Rows as columns of little-endian numbers, for a program that wants typed arrays: first a line of JSON,
 * `{"format":"summa-columns","version":1,"run":"<id>","keys":["loss"]}`, then blocks of rows. A block is
 *
 * - uint32 n, its rows, at least 1; uint32 b, the bytes of its text
 * - n float64: the steps, ascending; n float64: the times in seconds since 1970, NaN for none
 * - for each key n float64, the numbers, and n uint8 that say what each is: 0 nothing, 1 this number, which may be NaN, 2 a value of the
 *   text; the number is NaN unless it is 1
 * - b bytes: the values that are no float64, as a list of JSON in UTF-8, by key and then by row; none when there is no such value
 *
 * A block of no rows and no text ends the stream: one without it has broken off.
 */
export function columnRows(run: string, keys: readonly string[]): RowEncoder {
  return {
    begin: () => Buffer.from(`${JSON.stringify({ format: 'summa-columns', version: 1, run, keys })}\n`),
    encode: encodeBlock,
    end: () => Buffer.alloc(BLOCK_HEAD),
  };
}

function* encodeBlock({ steps, times, columns }: RowWindow): Generator<Buffer> {
  if (steps.length === 0) return;
  const text = Buffer.from(othersText(columns));
  const head = Buffer.alloc(BLOCK_HEAD);
  head.writeUInt32LE(steps.length, 0);
  head.writeUInt32LE(text.length, 4);
  yield head;
  yield littleEndian(steps);
  yield littleEndian(times);
  for (const { kinds, numbers } of columns) {
    for (let row = 0; row < kinds.length; row++) if (kinds[row] !== NUMBER) numbers[row] = Number.NaN;
    yield littleEndian(numbers);
    yield Buffer.from(kinds.buffer, kinds.byteOffset, kinds.byteLength);
  }
  if (text.length > 0) yield text;
}

/** The bytes of the numbers themselves where the machine is little-endian, so that nothing is copied. */
function littleEndian({ buffer, byteOffset, byteLength }: Float64Array): Buffer {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return endianness() === 'LE' ? bytes : Buffer.from(bytes).swap64();
}

function othersText(columns: readonly WindowColumn[]): string {
  const texts = columns.flatMap(({ kinds, others }) =>
    [...others]
      .filter(([row]) => kinds[row] === OTHER)
      .sort(([a], [b]) => a - b)
      .map(([, value]) => formatWireJson(value)),
  );
  return texts.length === 0 ? '' : `[${texts.join(',')}]`;
}
