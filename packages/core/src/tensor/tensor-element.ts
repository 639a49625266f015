import type { DType, ValueLayout } from './dtype.ts';
import { decodeFloat16, encodeFloat16 } from './float16.ts';

/**
 * Reads the value at a byte offset: booleans are 0 and 1 (any bits set are 1), whole numbers beyond ±(2^53-1) are
 * bigints, everything else a number.
 */
export function readElement(view: DataView, offset: number, { dtype, littleEndian }: ValueLayout): number | bigint {
  return READERS[dtype](view, offset, littleEndian);
}

/** Writes a value little-endian at a byte offset; a value outside of the dtype's range wraps as typed arrays do. */
export function writeElement(view: DataView, offset: number, element: TensorElement): void {
  WRITERS[element.dtype](view, offset, element.value);
}

/** A value and the dtype that it is written as. */
export interface TensorElement {
  readonly dtype: DType;
  readonly value: number | bigint;
}

/** A whole number as a `number` where that is exact, else as it is. */
export function narrowBigint(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

type Reader = (view: DataView, offset: number, littleEndian: boolean) => number | bigint;

const READERS: Readonly<Record<DType, Reader>> = {
  bool: (view, at) => (view.getUint8(at) === 0 ? 0 : 1),
  int8: (view, at) => view.getInt8(at),
  int16: (view, at, little) => view.getInt16(at, little),
  int32: (view, at, little) => view.getInt32(at, little),
  int64: (view, at, little) => narrowBigint(view.getBigInt64(at, little)),
  uint8: (view, at) => view.getUint8(at),
  uint16: (view, at, little) => view.getUint16(at, little),
  uint32: (view, at, little) => view.getUint32(at, little),
  uint64: (view, at, little) => narrowBigint(view.getBigUint64(at, little)),
  float16: (view, at, little) => decodeFloat16(view.getUint16(at, little)),
  float32: (view, at, little) => view.getFloat32(at, little),
  float64: (view, at, little) => view.getFloat64(at, little),
};

type Writer = (view: DataView, offset: number, value: number | bigint) => void;

const WRITERS: Readonly<Record<DType, Writer>> = {
  bool: (view, at, value) => view.setUint8(at, Number(value) === 0 ? 0 : 1),
  int8: (view, at, value) => view.setInt8(at, Number(value)),
  int16: (view, at, value) => view.setInt16(at, Number(value), true),
  int32: (view, at, value) => view.setInt32(at, Number(value), true),
  int64: (view, at, value) => view.setBigInt64(at, BigInt(value), true),
  uint8: (view, at, value) => view.setUint8(at, Number(value)),
  uint16: (view, at, value) => view.setUint16(at, Number(value), true),
  uint32: (view, at, value) => view.setUint32(at, Number(value), true),
  uint64: (view, at, value) => view.setBigUint64(at, BigInt(value), true),
  float16: (view, at, value) => view.setUint16(at, encodeFloat16(Number(value)), true),
  float32: (view, at, value) => view.setFloat32(at, Number(value), true),
  float64: (view, at, value) => view.setFloat64(at, Number(value), true),
};
