import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemSize } from './dtype.ts';
import { type ReadBytes, type StoredTensor, sliceTensor, sliceWindows } from './slice-tensor.ts';
import { writeElement } from './tensor-element.ts';

const int16 = { dtype: 'int16', littleEndian: true } as const;

function reader(bytes: Uint8Array): ReadBytes {
  return async (start, end) => bytes.subarray(start, end);
}

/** Bytes of 0, 1, 2 … as int16. */
function ramp(count: number): Uint8Array {
  return new Uint8Array(Int16Array.from({ length: count }, (_, i) => i).buffer);
}

describe('sliceTensor', () => {
  it('gives values of C order as they lie', async () => {
    const tensor: StoredTensor = { ...int16, shape: [4, 5], fortranOrder: false };
    expect(await sliceTensor(tensor, { from: 3, to: 7 }, reader(ramp(20)))).toEqual([3, 4, 5, 6]);
    expect(sliceWindows(tensor, { from: 3, to: 7 }).map(({ start, end }) => [start, end])).toEqual([[6, 14]]);
  });

  it('gives values of Fortran order in C order', async () => {
    // By hand: the bytes 0 1 2 3 4 5 as Fortran order of [2, 3] are the rows 0 2 4 and 1 3 5.
    const tensor: StoredTensor = { ...int16, shape: [2, 3], fortranOrder: true };
    expect(await sliceTensor(tensor, { from: 0, to: 6 }, reader(ramp(6)))).toEqual([0, 2, 4, 1, 3, 5]);
    expect(await sliceTensor(tensor, { from: 2, to: 4 }, reader(ramp(6)))).toEqual([4, 1]);
  });

  it('begins where the values begin, and ends with the tensor', async () => {
    const file = Uint8Array.from([9, 9, 9, ...ramp(4)]);
    const tensor: StoredTensor = { ...int16, shape: [4], fortranOrder: false, dataOffset: 3 };
    expect(await sliceTensor(tensor, { from: 2, to: 100 }, reader(file))).toEqual([2, 3]);
    expect(await sliceTensor(tensor, { from: 4, to: 100 }, reader(file))).toEqual([]);
    expect(await sliceTensor(tensor, { from: 50, to: 100 }, reader(file))).toEqual([]);
  });

  it('gives bigints beyond 2^53, and reads big-endian bytes', async () => {
    const bytes = new Uint8Array(16);
    new DataView(bytes.buffer).setBigInt64(0, -(2n ** 60n));
    new DataView(bytes.buffer).setBigInt64(8, 5n);
    const tensor: StoredTensor = { dtype: 'int64', littleEndian: false, shape: [2], fortranOrder: false };
    expect(await sliceTensor(tensor, { from: 0, to: 2 }, reader(bytes))).toEqual([-(2n ** 60n), 5]);
  });

  it('reads what lies near at once, and what lies far apart by itself', () => {
    // Rows are a column of 10 MB apart in Fortran order.
    const far: StoredTensor = { ...int16, shape: [5_000_000, 3], fortranOrder: true };
    expect(sliceWindows(far, { from: 0, to: 3 }).map(({ start, end }) => [start, end])).toEqual([
      [0, 2],
      [10_000_000, 10_000_002],
      [20_000_000, 20_000_002],
    ]);
    const near: StoredTensor = { ...int16, shape: [1000, 3], fortranOrder: true };
    expect(sliceWindows(near, { from: 0, to: 3 })).toHaveLength(1);
  });

  it('is the same as reading everything, for any shape, order and range', async () => {
    const shape = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 4 });
    const tensors = fc.record({
      shape,
      fortranOrder: fc.boolean(),
      from: fc.nat(300),
      length: fc.nat(300),
      dtype: fc.constantFrom('int16', 'float64', 'uint64'),
    });
    const same = fc.asyncProperty(tensors, async ({ shape, fortranOrder, from, length, dtype }) => {
      const count = shape.reduce((product, one) => product * one, 1);
      const bytes = new Uint8Array(count * itemSize(dtype));
      const view = new DataView(bytes.buffer);
      const expected: number[] = [];
      // Counts in C order, and writes where each index lies.
      for (let i = 0; i < count; i++) {
        const strides = shape.map((_, axis) =>
          (fortranOrder ? shape.slice(0, axis) : shape.slice(axis + 1)).reduce((a, b) => a * b, 1),
        );
        const index = shape.map((one, axis) => Math.floor(i / shape.slice(axis + 1).reduce((a, b) => a * b, 1)) % one);
        const place = index.reduce((sum, one, axis) => sum + one * (strides[axis] ?? 0), 0);
        writeElement(view, place * itemSize(dtype), { dtype, value: i });
        expected.push(i);
      }
      const tensor = { dtype, littleEndian: true, shape, fortranOrder };
      expect(await sliceTensor(tensor, { from, to: from + length }, reader(bytes))).toEqual(
        expected.slice(from, from + length),
      );
    });
    await fc.assert(same);
  });

  it('refuses more than 10,000 values, ranges that are none, and a source that ends early', async () => {
    const tensor: StoredTensor = { ...int16, shape: [20_000], fortranOrder: false };
    expect(() => sliceWindows(tensor, { from: 0, to: 10_001 })).toThrow(/10001 values is more than 10000/);
    expect(sliceWindows(tensor, { from: 15_000, to: 99_999 })).toHaveLength(1);
    for (const [from, to] of [
      [-1, 2],
      [2, 1],
      [0.5, 2],
      [0, Number.NaN],
    ] as const) {
      expect(() => sliceWindows(tensor, { from, to })).toThrow(RangeError);
    }
    await expect(sliceTensor(tensor, { from: 0, to: 100 }, reader(ramp(50)))).rejects.toMatchObject({
      code: 'CORRUPT_DATA',
    });
  });
});
