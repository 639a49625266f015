import type { DType } from '@summa/core/tensor/dtype';
import { itemSize } from '@summa/core/tensor/dtype';
import { decodeFloat16 } from '@summa/core/tensor/float16';
import { formatNpyHeader, type NpyHeader, parseNpyHeader } from '@summa/core/tensor/npy-header';
import type { Shape } from '@summa/core/tensor/shape';
import type { Tensor } from '@summa/core/tensor/tensor-input';

/** The values of a tensor: an array of its dtype; bool as bytes 0 and 1, float16 as float32 where there is no other. */
export type TensorArray =
  | Int8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | BigUint64Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

/** What a `.npy` file holds; the values in C order, whatever the order in the file. */
export interface NpyContent {
  readonly dtype: DType;
  readonly shape: Shape;
  readonly values: TensorArray;
}

/** A tensor as numpy saves it. */
export function encodeNpy({ dtype, shape, bytes }: Tensor): Uint8Array<ArrayBuffer> {
  const header = formatNpyHeader(dtype, shape);
  const file = new Uint8Array(header.length + bytes.length);
  file.set(header);
  file.set(bytes, header.length);
  return file;
}

/** Reads a whole `.npy` file; throws core's CORRUPT_DATA and UNSUPPORTED_DTYPE. */
export function decodeNpy(file: Uint8Array): NpyContent {
  const header = parseNpyHeader(file, file.length);
  const size = itemSize(header.dtype);
  // A copy, so that the values are aligned whatever the header's length.
  const bytes = header.fortranOrder ? inRowOrder(file, header) : new Uint8Array(file.subarray(header.dataOffset));
  if (header.littleEndian !== IS_LITTLE_ENDIAN) swapBytes(bytes, size);
  const values = ARRAYS[header.dtype](bytes.buffer);
  return { dtype: header.dtype, shape: header.shape, values };
}

const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function swapBytes(bytes: Uint8Array, size: number): void {
  for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}

/** The values' bytes with the last axis varying fastest, from a file where the first does. */
function inRowOrder(file: Uint8Array, { dtype, shape, count, dataOffset }: NpyHeader): Uint8Array<ArrayBuffer> {
  const size = itemSize(dtype);
  const bytes = new Uint8Array(count * size);
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
  const index = shape.map(() => 0);
  let place = 0;
  for (let i = 0; i < count; i++) {
    const from = dataOffset + i * size;
    bytes.set(file.subarray(from, from + size), place * size);
    place = advance(index, place, { shape, strides });
  }
  return bytes;
}

/** Counts the index up, the first axis fastest, and gives its place in C order. */
function advance(index: number[], place: number, grid: { readonly shape: Shape; readonly strides: Shape }): number {
  let moved = place;
  for (let axis = 0; axis < index.length; axis++) {
    const [at = 0, length = 0, stride = 0] = [index[axis], grid.shape[axis], grid.strides[axis]];
    if (at + 1 < length) {
      index[axis] = at + 1;
      return moved + stride;
    }
    index[axis] = 0;
    moved -= at * stride;
  }
  return moved;
}

/** Node 20 has none yet. */
const { Float16Array: PlatformFloat16Array } = globalThis as {
  Float16Array?: new (buffer: ArrayBuffer) => Float32Array<ArrayBuffer>;
};

function toFloat16Values(buffer: ArrayBuffer): TensorArray {
  if (PlatformFloat16Array !== undefined) return new PlatformFloat16Array(buffer);
  return Float32Array.from(new Uint16Array(buffer), decodeFloat16);
}

const ARRAYS: Readonly<Record<DType, (buffer: ArrayBuffer) => TensorArray>> = {
  bool: (buffer) => new Uint8Array(buffer).map((byte) => (byte === 0 ? 0 : 1)),
  int8: (buffer) => new Int8Array(buffer),
  int16: (buffer) => new Int16Array(buffer),
  int32: (buffer) => new Int32Array(buffer),
  int64: (buffer) => new BigInt64Array(buffer),
  uint8: (buffer) => new Uint8Array(buffer),
  uint16: (buffer) => new Uint16Array(buffer),
  uint32: (buffer) => new Uint32Array(buffer),
  uint64: (buffer) => new BigUint64Array(buffer),
  float16: toFloat16Values,
  float32: (buffer) => new Float32Array(buffer),
  float64: (buffer) => new Float64Array(buffer),
};
