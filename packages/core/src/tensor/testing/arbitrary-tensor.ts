import fc from 'fast-check';
import { type DType, itemSize } from '../dtype.ts';
import { readElement } from '../tensor-element.ts';

/** Every dtype. */
export const DTYPES: readonly DType[] = [
  'bool',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'float16',
  'float32',
  'float64',
];

/** Values of a tensor as bytes, in either byte order. */
export interface ArbitraryTensor {
  readonly dtype: DType;
  readonly littleEndian: boolean;
  readonly bytes: Uint8Array;
}

/** Up to `maxLength` values of any bits, so NaN and ±Infinity too, many of them equal to another. */
export function arbitraryTensor(maxLength = 300): fc.Arbitrary<ArbitraryTensor> {
  return fc.record({ dtype: fc.constantFrom(...DTYPES), littleEndian: fc.boolean() }).chain((layout) => {
    const size = itemSize(layout.dtype);
    const bits = fc.uint8Array({ minLength: size, maxLength: size });
    const pattern = fc.oneof({ weight: 6, arbitrary: bits }, ...specials(layout.dtype).map((one) => fc.constant(one)));
    return fc.array(pattern, { maxLength }).map((values) => {
      const ordered = values.map((one) => (layout.littleEndian ? one.toReversed() : one));
      return { ...layout, bytes: Uint8Array.from(ordered.flatMap((one) => [...one])) };
    });
  });
}

/** The finite values, sorted, as exact as the dtype has them. */
export function sortedFinite({ bytes, ...layout }: ArbitraryTensor): (number | bigint)[] {
  return allValues({ bytes, ...layout })
    .filter((value) => typeof value === 'bigint' || Number.isFinite(value))
    .sort((a, b) => (a < b ? -1 : Number(a > b)));
}

/** The values in their order; a zero is never negative. */
export function allValues({ bytes, ...layout }: ArbitraryTensor): (number | bigint)[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = itemSize(layout.dtype);
  const values = Array.from({ length: bytes.length / size }, (_, i) => readElement(view, i * size, layout));
  return values.map((value) => (value === 0 ? 0 : value));
}

/** Bytes, most significant first, of values at the ends of what a dtype holds. */
function specials(dtype: DType): Uint8Array[] {
  const size = itemSize(dtype);
  const heads = dtype.startsWith('float') ? FLOAT_HEADS[size] : [[0], [0x7f], [0x80], [0xff]];
  return (heads ?? []).map((head) => Uint8Array.from({ length: size }, (_, i) => head[i] ?? 0));
}

/** How 0, -0, 1, Infinity, -Infinity and NaN begin. */
const FLOAT_HEADS: Readonly<Record<number, readonly number[][]>> = {
  2: [[0], [0x80], [0x3c], [0x7c], [0xfc], [0x7e]],
  4: [[0], [0x80], [0x3f, 0x80], [0x7f, 0x80], [0xff, 0x80], [0x7f, 0xc0]],
  8: [[0], [0x80], [0x3f, 0xf0], [0x7f, 0xf0], [0xff, 0xf0], [0x7f, 0xf8]],
};
