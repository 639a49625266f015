/** By exponent field: the implicit first bit of a number's 11, and what those are multiplied with. */
const FIRST_BITS = Float64Array.from({ length: 32 }, (_, exponent) => (exponent === 0 ? 0 : 0x400));
const POWERS = Float64Array.from({ length: 32 }, (_, exponent) => 2 ** (Math.max(1, exponent) - 25));

/** The number that 16 bits stand for as IEEE 754 binary16. */
export function decodeFloat16(bits: number): number {
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  const sign = 1 - ((bits >>> 14) & 2);
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  // Both tables have 32 entries. No branch on the sign: it would be taken every other time.
  return sign * (fraction + (FIRST_BITS[exponent] as number)) * (POWERS[exponent] as number);
}

/** The 16 bits of the binary16 number nearest to `value`, ties to even; ±Infinity from 65520 on, as numpy rounds. */
export function encodeFloat16(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size >= 65520) return sign | 0x7c00;
  // Numbers of one binade are steps of 2^-10 of it; below 2^-14 the steps no longer shrink.
  const exponent = size < 2 ** -14 ? 1 : binadeOf(size) + 15;
  const steps = roundHalfEven(size / 2 ** (exponent - 25));
  // A carry out of the fraction moves the exponent up by one, which is what the next number's bits are.
  return sign | (((exponent - 1) << 10) + steps);
}

function binadeOf(size: number): number {
  let exponent = -14;
  while (size >= 2 ** (exponent + 1)) exponent += 1;
  return exponent;
}

function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest === 0.5) return below + (below % 2);
  return rest > 0.5 ? below + 1 : below;
}
