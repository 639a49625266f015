import { parseTensorInput } from '@summa/core/tensor/tensor-input';
import { describe, expect, it } from 'vitest';
import { decodeNpy, encodeNpy } from './npy-bytes.ts';

/** A `.npy` file of format 1.0 with this header and these bytes of values. */
function npy(header: string, values: readonly number[]): Uint8Array {
  const text = header.padEnd(117, ' ');
  const bytes = [0x93, ...Array.from('NUMPY', (letter) => letter.charCodeAt(0)), 1, 0, 118, 0];
  return Uint8Array.from([...bytes, ...Array.from(`${text}\n`, (letter) => letter.charCodeAt(0)), ...values]);
}

const header = (descr: string, fortran: boolean, shape: string) =>
  `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${shape}, }`;

describe('decodeNpy', () => {
  it('reads either byte order', () => {
    expect(decodeNpy(npy(header('>i2', false, '(2,)'), [0x01, 0x02, 0xff, 0xfe])).values).toEqual(
      Int16Array.of(0x0102, -2),
    );
    expect(decodeNpy(npy(header('<f4', false, '(1,)'), [0, 0, 0xc0, 0x3f])).values).toEqual(Float32Array.of(1.5));
  });

  it('gives values in C order of a file whose first axis varies fastest', () => {
    // numpy.arange(6).reshape(2, 3) in Fortran order lies as 0 3 1 4 2 5; of shape (2, 2, 2) as 0 4 2 6 1 5 3 7.
    const flat = decodeNpy(npy(header('|u1', true, '(2, 3)'), [0, 3, 1, 4, 2, 5]));
    expect([flat.shape, flat.values]).toEqual([[2, 3], Uint8Array.of(0, 1, 2, 3, 4, 5)]);
    const cube = decodeNpy(npy(header('|i1', true, '(2, 2, 2)'), [0, 4, 2, 6, 1, 5, 3, 7]));
    expect(cube.values).toEqual(Int8Array.of(0, 1, 2, 3, 4, 5, 6, 7));
  });

  it('reads booleans as 0 and 1, float16 by its numbers, and whole numbers of 64 bits exactly', () => {
    expect(decodeNpy(npy(header('|b1', false, '(3,)'), [0, 1, 2])).values).toEqual(Uint8Array.of(0, 1, 1));
    const half = decodeNpy(npy(header('<f2', false, '(3,)'), [0, 0x3c, 0, 0xfc, 1, 0])).values;
    expect(Array.from(half as Float32Array)).toEqual([1, Number.NEGATIVE_INFINITY, 2 ** -24]);
    const wide = decodeNpy(npy(header('<u8', false, '(1,)'), [255, 255, 255, 255, 255, 255, 255, 255]));
    expect(wide.values).toEqual(BigUint64Array.of(2n ** 64n - 1n));
  });

  it('refuses a file that is cut', () => {
    expect(() => decodeNpy(npy(header('<f8', false, '(2,)'), [0, 0, 0, 0, 0, 0, 0, 0]))).toThrow(
      expect.objectContaining({ code: 'CORRUPT_DATA' }),
    );
  });

  it.each([
    Float64Array.from({ length: 40 }, (_, i) => i / 8),
    BigInt64Array.from({ length: 40 }, (_, i) => -(2n ** 62n) + BigInt(i)),
    Uint32Array.from({ length: 40 }, (_, i) => 2 ** 32 - 1 - i),
    Int8Array.from({ length: 40 }, (_, i) => i - 20),
  ])('gives back what encodeNpy wrote of a %o', (values) => {
    const input = parseTensorInput(values);
    if (input.kind !== 'tensor') throw new Error('40 values are a tensor');
    expect(decodeNpy(encodeNpy(input.tensor))).toEqual({ dtype: input.tensor.dtype, shape: [40], values });
  });
});
