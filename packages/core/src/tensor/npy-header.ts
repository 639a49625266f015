import { decodeUtf8 } from '../json/utf8.ts';
import { corruptNpy } from './corrupt-npy.ts';
import { type DType, itemSize, type ValueLayout } from './dtype.ts';
import { formatDescr, parseDescr } from './npy-descr.ts';
import { type PythonValue, parsePythonLiteral } from './python-literal.ts';
import { elementCount, type Shape, shapeFault } from './shape.ts';

/** What the head of a `.npy` file says of the values after it, checked against the size of the file. */
export interface NpyHeader extends ValueLayout {
  readonly shape: Shape;
  /** Whether the first axis varies fastest. */
  readonly fortranOrder: boolean;
  /** How many values there are. */
  readonly count: number;
  /** Where the values begin; they end with the file. */
  readonly dataOffset: number;
}

/** How many bytes from the start of a file tell how long its header is. */
export const NPY_PRELUDE_SIZE = 12;

/** The longest header that is read, in bytes; numpy's own are about a hundred. */
export const MAX_NPY_HEADER_SIZE: number = 1024 * 1024;

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const ALIGNMENT = 64;
const MAX_DIGITS = 21;

/**
 * How many bytes lie before the values of a `.npy` file, of which `start` is the first 12 bytes or more.
 *
 * Throws CORRUPT_DATA when it is no `.npy` file of version 1.0, 2.0 or 3.0, or claims a header of more than 1 MiB.
 */
export function npyDataOffset(start: Uint8Array): number {
  if (start.length < NPY_PRELUDE_SIZE) throw corruptNpy(`it has only ${start.length} bytes`);
  if (MAGIC.some((byte, i) => start[i] !== byte)) throw corruptNpy('it does not begin with \\x93NUMPY');
  const prelude = preludeOf(start);
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const length = prelude === 10 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MAX_NPY_HEADER_SIZE) throw corruptNpy(`its header claims ${length} bytes, more than 1 MiB`);
  return prelude + length;
}

/**
 * Reads the header of a `.npy` file of `fileSize` bytes (format 1.0, 2.0 and 3.0 of numpy.lib.format), of which `start`
 * holds at least the first `npyDataOffset(start)` bytes.
 *
 * Throws CORRUPT_DATA unless the file holds exactly the values that it claims, and UNSUPPORTED_DTYPE for values that
 * are no plain numbers. What a file claims is never allocated.
 */
export function parseNpyHeader(start: Uint8Array, fileSize: number): NpyHeader {
  const dataOffset = npyDataOffset(start);
  if (dataOffset > fileSize || dataOffset > start.length) throw corruptNpy('it ends inside its header');
  const fields = readFields(headerText(start, dataOffset));
  const shape = readShape(fields.shape);
  const layout = parseDescr(fields.descr);
  const count = elementCount(shape);
  checkDataSize(fileSize - dataOffset, count, layout.dtype);
  return { ...layout, shape, fortranOrder: readOrder(fields.order), count, dataOffset };
}

/** The bytes to write before little-endian values in C order, to make them a `.npy` file of format 1.0 as numpy's. */
export function formatNpyHeader(dtype: DType, shape: Shape): Uint8Array {
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${formatDescr(dtype)}', 'fortran_order': False, 'shape': (${axes}), }`;
  const [first] = shape;
  // numpy leaves room for the first axis to grow in place to any length.
  const growth = first === undefined ? 0 : MAX_DIGITS - String(first).length;
  const size = Math.ceil((10 + text.length + growth + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(size).fill(0x20);
  bytes.set([...MAGIC, 1, 0, (size - 10) & 0xff, (size - 10) >>> 8]);
  for (let i = 0; i < text.length; i++) bytes[10 + i] = text.charCodeAt(i);
  bytes[size - 1] = 0x0a;
  return bytes;
}

function preludeOf(start: Uint8Array): number {
  const [major = 0, minor = 0] = start.subarray(6, 8);
  if (minor !== 0 || major < 1 || major > 3) throw corruptNpy(`its format version is ${major}.${minor}`);
  return major === 1 ? 10 : 12;
}

function headerText(start: Uint8Array, dataOffset: number): string {
  const bytes = start.subarray(preludeOf(start), dataOffset);
  if (start[6] !== 3) return decodeLatin1(bytes);
  try {
    return decodeUtf8(bytes);
  } catch (cause) {
    throw corruptNpy('its header is not UTF-8', { cause });
  }
}

/** `TextDecoder('latin1')` is windows-1252, which maps some bytes elsewhere. */
function decodeLatin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}

interface Fields {
  readonly descr: PythonValue;
  readonly order: PythonValue;
  readonly shape: PythonValue;
}

function readFields(text: string): Fields {
  const literal = readLiteral(text);
  if (literal.kind !== 'dict') throw corruptNpy('its header is no dict');
  const { entries } = literal;
  const [descr, order, shape] = [entries.get('descr'), entries.get('fortran_order'), entries.get('shape')];
  if (!(descr && order && shape) || entries.size !== 3) {
    throw corruptNpy('its header does not have exactly the keys descr, fortran_order and shape');
  }
  return { descr, order, shape };
}

function readLiteral(text: string): PythonValue {
  try {
    return parsePythonLiteral(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw corruptNpy(`its header cannot be read: ${cause.message}`, { cause });
  }
}

function readOrder(value: PythonValue): boolean {
  if (value.kind === 'bool') return value.bool;
  throw corruptNpy('fortran_order is neither True nor False');
}

function readShape(value: PythonValue): Shape {
  if (value.kind !== 'tuple') throw corruptNpy('its shape is no tuple');
  const shape = value.items.map((item) => {
    if (item.kind === 'int') return item.int;
    throw corruptNpy('its shape holds something else than whole numbers');
  });
  const fault = shapeFault(shape);
  if (fault !== null) throw corruptNpy(fault);
  return shape;
}

function checkDataSize(dataSize: number, count: number, dtype: DType): void {
  const claimed = count * itemSize(dtype);
  if (dataSize === claimed) return;
  throw corruptNpy(`its header claims ${count} values of ${dtype}, ${claimed} bytes, but ${dataSize} bytes follow`);
}
