/** 10^0 to 10^22: the powers of ten that a float64 holds exactly. */
const POWERS: Float64Array = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/** The most digits behind the point that `decimal` takes. */
export const MAX_FRACTION: number = POWERS.length - 1;
/** The most digits of the first part, and of the second one. */
export const HIGH_DIGITS = 9;
export const LOW_DIGITS = 8;

/** Below this, a sum of whole numbers has lost nothing. */
const MAX_EXACT = 2 ** 53;
/** Cuts a float64 into two halves whose products are exact. */
const SPLITTER = 2 ** 27 + 1;
/** Far more than the error of the correction, relative to it: four roundings, each of 2^-53. */
const DOUBT = 2 ** -40;

/**
 * The float64 nearest to `(high * 10^lowDigits + low) / 10^fraction`, as `Number` gives it of the same digits; NaN where that is too
 * close to the middle between two to be told like this.
 *
 * `high` has up to 9 digits and `low` up to 8, together up to 17. Below 2^53 one division of exact numbers is enough (Clinger 1990, "How
 * to read floating point numbers accurately"); from there on, the remainder of the division is found with exact sums and products (Dekker 1971)
 * and added to it.
 */
export function decimal(high: number, low: number, { lowDigits, fraction }: Digits): number {
  // 10^8 is 5^8 * 2^8, and high * 5^8 is below 2^53.
  const scaled = high * (POWERS[lowDigits] as number);
  const divisor = POWERS[fraction] as number;
  const sum = scaled + low;
  const quotient = sum / divisor;
  if (sum < MAX_EXACT) return quotient;
  const added = sum - scaled;
  const sumError = scaled - (sum - added) + (low - added);
  const product = quotient * divisor;
  const remainder = sum - product - productError(quotient, divisor, product) + sumError;
  const correction = remainder / divisor;
  const nearest = quotient + correction * (1 + DOUBT);
  return nearest === quotient + correction * (1 - DOUBT) ? nearest : Number.NaN;
}

/** Where the digits of a decimal stand: how many are in its second part, how many behind the point. */
export interface Digits {
  readonly lowDigits: number;
  readonly fraction: number;
}

/** What a product lost when it was rounded. */
function productError(a: number, b: number, product: number): number {
  const highA = highHalf(a);
  const highB = highHalf(b);
  const lowA = a - highA;
  const lowB = b - highB;
  return highA * highB - product + highA * lowB + lowA * highB + lowA * lowB;
}

function highHalf(number: number): number {
  const cut = SPLITTER * number;
  return cut - (cut - number);
}
