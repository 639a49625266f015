import type { MetricState } from './metric-state.ts';

/** Values from here on are summed apart and scaled down, so that no sum overflows on the way to a result that fits. */
export const HUGE: number = 2 ** 960;

/** What a huge value is multiplied with before it is summed; a power of two, so nothing is rounded. */
export const HUGE_SCALE: number = 2 ** -64;

/** A number as the unevaluated sum of two float64: `high` is its rounded value, `low` the rest. */
export interface Pair {
  readonly high: number;
  readonly low: number;
}

/** The sums of a state: see `MetricState`. */
export type Sums = Pick<MetricState, 'finiteCount' | 'sum' | 'sumError' | 'hugeSum' | 'hugeSumError'>;

/** What rounding loses in `a + b`, exactly (Knuth's TwoSum); `sum` must be `a + b`. */
export function additionError(a: number, b: number, sum: number): number {
  const bPart = sum - a;
  return a - (sum - bPart) + (b - bPart);
}

/** The sum of two pairs, to about 2^-104 relative (Dekker 1971); overflow is the caller's to prevent. */
export function addPairs(a: Pair, b: Pair): Pair {
  const high = a.high + b.high;
  const low = additionError(a.high, b.high, high) + a.low + b.low;
  const sum = high + low;
  return { high: sum, low: low - (sum - high) };
}

/** The sum of a state's finite values, rounded once: 0 when there are none, ±Infinity when it is beyond float64. */
export function totalOf(sums: Sums): number {
  if (sums.hugeSum === 0 && sums.hugeSumError === 0) return sums.sum;
  const scaled = scaledTotal(sums);
  return (scaled.high + scaled.low) / HUGE_SCALE;
}

/** The mean of a state's finite values as a pair; NaN when there are none. It lies beyond no float64. */
export function meanOf(sums: Sums): Pair {
  const count = sums.finiteCount;
  if (count === 0) return { high: Number.NaN, low: 0 };
  if (sums.hugeSum === 0 && sums.hugeSumError === 0) return dividePair(sums.sum, sums.sumError, count);
  const scaled = scaledTotal(sums);
  const mean = dividePair(scaled.high, scaled.low, count);
  // Rounding may push the mean of the largest numbers just over the edge.
  const high = Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, mean.high / HUGE_SCALE));
  return { high, low: mean.low / HUGE_SCALE };
}

function scaledTotal(sums: Sums): Pair {
  const huge = { high: sums.hugeSum, low: sums.hugeSumError };
  return addPairs(huge, { high: sums.sum * HUGE_SCALE, low: sums.sumError * HUGE_SCALE });
}

function dividePair(high: number, low: number, count: number): Pair {
  const quotient = high / count;
  const product = quotient * count;
  const remainder = high - product - multiplicationError(quotient, count, product);
  const correction = (remainder + low) / count;
  const rounded = quotient + correction;
  return { high: rounded, low: correction - (rounded - quotient) };
}

const SPLITTER = 2 ** 27 + 1;
/** Above this, splitting a factor would overflow; the error is then taken as 0, a relative 2^-53. */
const SPLIT_LIMIT = 2 ** 990;

/** What rounding loses in `a * b` (Veltkamp's split, Dekker's product); `product` must be `a * b`. */
function multiplicationError(a: number, b: number, product: number): number {
  if (Math.abs(product) > SPLIT_LIMIT) return 0;
  const aScaled = SPLITTER * a;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = SPLITTER * b;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}
