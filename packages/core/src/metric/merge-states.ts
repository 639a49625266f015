import { addPairs, meanOf } from './exact-sum.ts';
import type { Extreme, MetricState, Sample } from './metric-state.ts';

/**
 * The state of two parts of one metric's history together; `emptyState` changes nothing.
 *
 * In any order and grouping of parts that share no step, counts, min, max, first and last are exactly the same; the sum
 * and the mean differ by at most 1e-15 of the mean absolute value (times the count, for the sum), the variance by 1e-12
 * of itself. Of values at one step the one of `b`, which arrived later, is first or last. A variance whose squares
 * overflow is Infinity, never NaN.
 */
export function mergeStates(a: MetricState, b: MetricState): MetricState {
  if (b.count === 0) return a;
  if (a.count === 0) return b;
  const finiteCount = a.finiteCount + b.finiteCount;
  const sum = addPairs({ high: a.sum, low: a.sumError }, { high: b.sum, low: b.sumError });
  const hugeSum = addPairs({ high: a.hugeSum, low: a.hugeSumError }, { high: b.hugeSum, low: b.hugeSumError });
  const sums = {
    finiteCount,
    sum: sum.high,
    sumError: sum.low,
    hugeSum: hugeSum.high,
    hugeSumError: hugeSum.low,
  };
  return {
    count: a.count + b.count,
    finiteCount,
    nanCount: a.nanCount + b.nanCount,
    posInfCount: a.posInfCount + b.posInfCount,
    negInfCount: a.negInfCount + b.negInfCount,
    sum: sums.sum,
    sumError: sums.sumError,
    hugeSum: sums.hugeSum,
    hugeSumError: sums.hugeSumError,
    mean: meanOf(sums).high,
    m2: mergeSquares(a, b),
    min: mergeExtremes(a.min, b.min, -1),
    max: mergeExtremes(a.max, b.max, 1),
    first: b.first && (!a.first || b.first.step <= a.first.step) ? b.first : a.first,
    last: laterSample(a.last, b.last),
  };
}

function laterSample(a: Sample | null, b: Sample | null): Sample | null {
  if (!a || !b) return a ?? b;
  return b.step >= a.step ? b : a;
}

function mergeExtremes(a: Extreme | null, b: Extreme | null, sign: 1 | -1): Extreme | null {
  if (!a || !b) return a ?? b;
  if (a.value !== b.value) return sign * (b.value - a.value) > 0 ? b : a;
  if (a.step !== b.step) return b.step < a.step ? b : a;
  return b.time < a.time ? b : a;
}

/** Chan, Golub and LeVeque 1983, with the difference of the means taken to twice the precision. */
function mergeSquares(a: MetricState, b: MetricState): number {
  if (a.finiteCount === 0) return b.m2;
  if (b.finiteCount === 0) return a.m2;
  const aMean = meanOf(a);
  const bMean = meanOf(b);
  const difference = bMean.high - aMean.high + (bMean.low - aMean.low);
  const weight = a.finiteCount * (b.finiteCount / (a.finiteCount + b.finiteCount));
  return a.m2 + b.m2 + difference * difference * weight;
}
