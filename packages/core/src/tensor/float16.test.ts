import { describe, expect, it } from 'vitest';
import { decodeFloat16, encodeFloat16 } from './float16.ts';

describe('float16', () => {
  // IEEE 754 binary16: bits and values from the standard's definition.
  it.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3c00, 1],
    [0xc000, -2],
    [0x3555, 0.333251953125],
    [0x7bff, 65504],
    [0x7c00, Infinity],
    [0xfc00, -Infinity],
    [0x7e00, Number.NaN],
  ])('takes the bits %i for %d and back', (bits, value) => {
    expect(decodeFloat16(bits)).toBe(value);
    expect(encodeFloat16(value)).toBe(bits);
  });

  it('gives back the bits of every number', () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = decodeFloat16(bits);
      if (!Number.isNaN(value) && encodeFloat16(value) !== bits) expect.fail(`bits ${bits} came back as others`);
    }
  });

  // numpy 2.4.6: np.array([...]).astype(np.float16).view(np.uint16)
  it.each([
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [65519.99, 0x7bff],
    [65520, 0x7c00],
    [2 ** -25, 0x0000],
    [2 ** -25 * 1.0001, 0x0001],
    [1023.75 * 2 ** -24, 0x0400],
    [2047.75 * 2 ** -11, 0x3c00],
    [-0.1, 0xae66],
  ])('rounds %d as numpy does', (value, bits) => {
    expect(encodeFloat16(value)).toBe(bits);
  });
});
