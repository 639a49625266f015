import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { corruptData } from './corrupt-data.ts';

/** How a list of float64 values is stored; every way keeps each value exactly (-0, ±Infinity, NaN as NaN). */
export type NumberEncoding = 0 | 1 | 2;
const CONSTANT = 0;
const FLOAT32 = 1;
const FLOAT64 = 2;

const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The smallest encoding that keeps every value exactly: one constant, float32, else float64. */
export function chooseNumberEncoding(numbers: Float64Array): NumberEncoding {
  if (isConstant(numbers)) return CONSTANT;
  return fitsFloat32(numbers) ? FLOAT32 : FLOAT64;
}

/** Bytes that `writeNumbers` will write for `count` values, its leading encoding byte included. */
export function numbersByteLength(encoding: NumberEncoding, count: number): number {
  if (encoding === CONSTANT) return 9;
  return 1 + (encoding === FLOAT32 ? 4 : 8) * count;
}

/** Writes the encoding and the values; the reader must know how many. */
export function writeNumbers(writer: ByteWriter, numbers: Float64Array, encoding: NumberEncoding): void {
  writer.u8(encoding);
  if (encoding === CONSTANT) writer.f64(numbers[0] ?? 0);
  else if (encoding === FLOAT32) writeFloat32(writer, numbers);
  else writeFloat64(writer, numbers);
}

/** Makes room for some numbers; what is in it does not matter. */
export type NumberRoom = (count: number) => Float64Array;
const newRoom: NumberRoom = (count) => new Float64Array(count);

/**
 * Reads `count` values that `writeNumbers` wrote into new room, or such as is given; raises CORRUPT_DATA before it asks for room
 * that the bytes cannot fill.
 */
export function readNumbers(reader: ByteReader, count: number, room: NumberRoom = newRoom): Float64Array {
  const encoding = reader.u8();
  if (encoding === CONSTANT) return room(count).fill(reader.f64());
  if (encoding === FLOAT32) return readFloat32(reader, count, room);
  if (encoding === FLOAT64) return readFloat64(reader, count, room);
  throw corruptData(`numbers have the unknown encoding ${encoding}`);
}

function isConstant(numbers: Float64Array): boolean {
  const first = numbers[0];
  for (let i = 1; i < numbers.length; i++) {
    if (!Object.is(numbers[i], first)) return false;
  }
  return true;
}

function fitsFloat32(numbers: Float64Array): boolean {
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i] as number; // i is within bounds
    if (Math.fround(value) !== value && !Number.isNaN(value)) return false;
  }
  return true;
}

function writeFloat32(writer: ByteWriter, numbers: Float64Array): void {
  const { view } = writer;
  let { offset } = writer;
  for (let i = 0; i < numbers.length; i++, offset += 4) view.setFloat32(offset, numbers[i] as number, true);
  writer.offset = offset;
}

function writeFloat64(writer: ByteWriter, numbers: Float64Array): void {
  const { view } = writer;
  let { offset } = writer;
  for (let i = 0; i < numbers.length; i++, offset += 8) view.setFloat64(offset, numbers[i] as number, true);
  writer.offset = offset;
}

function readFloat32(reader: ByteReader, count: number, room: NumberRoom): Float64Array {
  let offset = reader.take(4 * count);
  const { view } = reader;
  const numbers = room(count);
  for (let i = 0; i < count; i++, offset += 4) numbers[i] = view.getFloat32(offset, true);
  return numbers;
}

function readFloat64(reader: ByteReader, count: number, room: NumberRoom): Float64Array {
  const offset = reader.take(8 * count);
  const { view } = reader;
  const numbers = room(count);
  if (IS_LITTLE_ENDIAN) copyBytes(view, offset, numbers);
  else for (let i = 0; i < count; i++) numbers[i] = view.getFloat64(offset + 8 * i, true);
  return numbers;
}

/** Fills a list with the bytes from `offset` on, as they are: a quarter of the time of reading the numbers one by one. */
function copyBytes(from: DataView, offset: number, to: Float64Array): void {
  const bytes = new Uint8Array(from.buffer, from.byteOffset + offset, to.byteLength);
  new Uint8Array(to.buffer, to.byteOffset, to.byteLength).set(bytes);
}
