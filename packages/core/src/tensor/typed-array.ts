import type { DType } from './dtype.ts';
import { itemSize } from './dtype.ts';

/** A typed array of any kind, of this realm or another. */
export type TypedArray = Pick<Uint8Array, 'buffer' | 'byteOffset' | 'byteLength' | 'length'> & {
  readonly [index: number]: number | bigint;
};

const DTYPES: Readonly<Record<string, DType>> = {
  Int8Array: 'int8',
  Uint8Array: 'uint8',
  Uint8ClampedArray: 'uint8',
  Int16Array: 'int16',
  Uint16Array: 'uint16',
  Int32Array: 'int32',
  Uint32Array: 'uint32',
  BigInt64Array: 'int64',
  BigUint64Array: 'uint64',
  Float16Array: 'float16',
  Float32Array: 'float32',
  Float64Array: 'float64',
};

const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The dtype of a typed array's elements; null for anything that is no typed array. */
export function typedArrayDType(value: unknown): DType | null {
  if (!ArrayBuffer.isView(value)) return null;
  // The name, and not the class, tells arrays of other realms, and Float16Array where there is none here.
  return DTYPES[Object.prototype.toString.call(value).slice(8, -1)] ?? null;
}

/** Whether something is a typed array (a DataView is none). */
export function isTypedArray(value: unknown): value is TypedArray {
  return typedArrayDType(value) !== null;
}

/** A copy of a typed array's bytes, little-endian; `dtype` must be that of its elements. */
export function copyLittleEndian(array: TypedArray, dtype: DType): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(array.byteLength);
  bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  if (!IS_LITTLE_ENDIAN) swapBytes(bytes, itemSize(dtype));
  return bytes;
}

function swapBytes(bytes: Uint8Array, size: number): void {
  for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}
