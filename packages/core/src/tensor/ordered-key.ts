import type { Pair } from '../metric/exact-sum.ts';
import { type DType, itemSize } from './dtype.ts';
import { readElement } from './tensor-element.ts';

/**
 * The bit that tells keys of negative values (clear) from others (set), in a key's upper 32 bits.
 *
 * A key is a value's bits, most significant first and filled up with zeros to 64, changed so that keys compare as
 * unsigned numbers in the order of the values: of signed values the sign bit is inverted, and of negative floats all
 * other bits too. NaN has no place in the order.
 */
export const SIGN = 0x80000000;

/** What the upper bits of a float are xored with to give its key; the lower ones with `high >> 31`. */
export function floatFlip(high: number): number {
  return (high >> 31) | SIGN;
}

/** How many 16-bit digits, from the upper end, two keys of this dtype can differ in: 1, 2 or 4. */
export function keyDigits(dtype: DType): number {
  return Math.max(1, itemSize(dtype) / 2);
}

/** The value of a key, exactly, as `high + low`; `low` is 0 except for int64 and uint64. */
export function valueOfKey(dtype: DType, high: number, low: number): Pair {
  if (dtype === 'int64') return { high: (high ^ SIGN) * 2 ** 32, low };
  if (dtype === 'uint64') return { high: high * 2 ** 32, low };
  const bits = new DataView(new ArrayBuffer(8));
  const isNegativeFloat = dtype.startsWith('float') && high < SIGN;
  bits.setUint32(0, isNegativeFloat ? ~high : high ^ signOf(dtype));
  bits.setUint32(4, isNegativeFloat ? ~low : low);
  return { high: Number(readElement(bits, 0, { dtype, littleEndian: false })), low: 0 };
}

function signOf(dtype: DType): number {
  return dtype === 'bool' || dtype.startsWith('u') ? 0 : SIGN;
}
