import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { corruptData } from './corrupt-data.ts';
import type { Numbers } from './row-batch.ts';

/** How a segment stores which of its rows have a key: all of them, one bit a row, or a list of row numbers. */
export type PresenceEncoding = 0 | 1 | 2;
const ALL = 0;
const BITMAP = 1;
const LIST = 2;

/** The smallest encoding for these rows; throws a RangeError unless they ascend strictly below `rowCount`. */
export function choosePresence(rows: Numbers, rowCount: number): PresenceEncoding {
  let previous = -1;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number; // i is within bounds
    if (!(row > previous)) throw new RangeError(`row ${row} follows row ${previous}`);
    previous = row;
  }
  if (previous >= rowCount) throw new RangeError(`row ${previous} is beyond the ${rowCount} rows`);
  if (rows.length === rowCount) return ALL;
  return bitmapBytes(rowCount) <= 4 + 4 * rows.length ? BITMAP : LIST;
}

/** Bytes that `writePresence` will write for `count` of `rowCount` rows. */
export function presenceByteLength(encoding: PresenceEncoding, count: number, rowCount: number): number {
  if (encoding === ALL) return 1;
  return 1 + (encoding === BITMAP ? bitmapBytes(rowCount) : 4 + 4 * count);
}

/** Writes the encoding and the rows; the reader must know the segment's row count. */
export function writePresence(
  writer: ByteWriter,
  rows: Numbers,
  { encoding, rowCount }: { encoding: PresenceEncoding; rowCount: number },
): void {
  writer.u8(encoding);
  if (encoding === BITMAP) writeBitmap(writer, rows, rowCount);
  if (encoding === LIST) writeList(writer, rows);
}

/** Reads what `writePresence` wrote: ascending row numbers below `rowCount`, or null for all rows. */
export function readPresence(reader: ByteReader, rowCount: number): Uint32Array | null {
  const encoding = reader.u8();
  if (encoding === ALL) return null;
  if (encoding === BITMAP) return readBitmap(reader, rowCount);
  if (encoding === LIST) return readList(reader, rowCount);
  throw corruptData(`rows have the unknown encoding ${encoding}`);
}

function bitmapBytes(rowCount: number): number {
  return Math.ceil(rowCount / 8);
}

function writeBitmap(writer: ByteWriter, rows: Numbers, rowCount: number): void {
  const { bytes, offset } = writer;
  for (const row of rows) {
    const place = offset + (row >> 3);
    bytes[place] = (bytes[place] ?? 0) | (1 << (row & 7));
  }
  writer.offset = offset + bitmapBytes(rowCount);
}

function writeList(writer: ByteWriter, rows: Numbers): void {
  writer.u32(rows.length);
  for (const row of rows) writer.u32(row);
}

function readBitmap(reader: ByteReader, rowCount: number): Uint32Array {
  const bits = reader.raw(bitmapBytes(rowCount));
  const rows = new Uint32Array(rowCount);
  let count = 0;
  for (let row = 0; row < bits.length * 8; row++) {
    if (((bits[row >> 3] ?? 0) & (1 << (row & 7))) === 0) continue;
    if (row >= rowCount) throw corruptData(`row ${row} is beyond its ${rowCount} rows`);
    rows[count++] = row;
  }
  return rows.slice(0, count);
}

function readList(reader: ByteReader, rowCount: number): Uint32Array {
  const count = reader.u32();
  let offset = reader.take(4 * count);
  const rows = new Uint32Array(count);
  let previous = -1;
  for (let i = 0; i < count; i++, offset += 4) {
    const row = reader.view.getUint32(offset, true);
    if (row <= previous || row >= rowCount) throw corruptData(`row ${row} is out of place`);
    rows[i] = row;
    previous = row;
  }
  return rows;
}
