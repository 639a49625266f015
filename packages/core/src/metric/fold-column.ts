import { type Column, valueAt } from '../history/column.ts';
import type { JsonValue } from '../json/json-value.ts';
import { additionError, HUGE, HUGE_SCALE, meanOf } from './exact-sum.ts';
import { type Extreme, emptyState, type MetricState, numericValue, type Sample } from './metric-state.ts';

/**
 * The state of a whole column; `times[i]` is the time of value `i`. The same, within the tolerance that `mergeStates`
 * states, as merging the states of its values.
 */
export function foldColumn(column: Column, times: Float64Array): MetricState {
  const count = column.steps.length;
  if (count === 0) return emptyState;
  const { numbers, otherCount } = numericColumn(column);
  const scan = scanNumbers(numbers);
  const mean = meanOf(scan);
  return {
    count,
    finiteCount: scan.finiteCount,
    nanCount: count - otherCount - scan.finiteCount - scan.posInfCount - scan.negInfCount,
    posInfCount: scan.posInfCount,
    negInfCount: scan.negInfCount,
    sum: scan.sum,
    sumError: scan.sumError,
    hugeSum: scan.hugeSum,
    hugeSumError: scan.hugeSumError,
    mean: mean.high,
    m2: sumSquares(numbers, mean.high, scan.finiteCount),
    min: extremeAt(scan.minIndex, { numbers, steps: column.steps, times }),
    max: extremeAt(scan.maxIndex, { numbers, steps: column.steps, times }),
    first: sampleAt(column, times, 0),
    last: sampleAt(column, times, count - 1),
  };
}

/** The state of one value. */
export function sampleState(value: JsonValue, step: number, time: number): MetricState {
  const number = numericValue(value);
  const sample: Sample = { value, step, time };
  const isFiniteNumber = Number.isFinite(number);
  // Adding 0 turns -0 into 0, as folding a column does.
  const finite = number !== undefined && isFiniteNumber ? number + 0 : 0;
  const isHuge = Math.abs(finite) >= HUGE;
  const extreme: Extreme | null = number !== undefined && isFiniteNumber ? { value: number, step, time } : null;
  return {
    count: 1,
    finiteCount: isFiniteNumber ? 1 : 0,
    nanCount: Number.isNaN(number) ? 1 : 0,
    posInfCount: number === Number.POSITIVE_INFINITY ? 1 : 0,
    negInfCount: number === Number.NEGATIVE_INFINITY ? 1 : 0,
    sum: isHuge ? 0 : finite,
    sumError: 0,
    hugeSum: isHuge ? finite * HUGE_SCALE : 0,
    hugeSumError: 0,
    mean: isFiniteNumber ? finite : Number.NaN,
    m2: 0,
    min: extreme,
    max: extreme,
    first: sample,
    last: sample,
  };
}

/** The numbers that a column's statistics are folded from, NaN where a value is none, and how many are none. */
function numericColumn(column: Column): { numbers: Float64Array; otherCount: number } {
  if (!column.others) return { numbers: column.numbers, otherCount: 0 };
  const numbers = column.numbers.slice();
  let otherCount = 0;
  for (const [i, value] of column.others) {
    const number = numericValue(value);
    numbers[i] = number ?? Number.NaN;
    if (number === undefined) otherCount += 1;
  }
  return { numbers, otherCount };
}

interface Scan {
  finiteCount: number;
  posInfCount: number;
  negInfCount: number;
  sum: number;
  sumError: number;
  hugeSum: number;
  hugeSumError: number;
  minIndex: number;
  maxIndex: number;
}

/** One pass over all numbers; the loop is flat and its variables local, because it sees every value ever logged. */
function scanNumbers(numbers: Float64Array): Scan {
  let finiteCount = 0;
  let sum = 0;
  let sumError = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let minIndex = -1;
  let maxIndex = -1;
  const rare: number[] = [];
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i] ?? Number.NaN;
    if (!(Math.abs(number) <= Number.MAX_VALUE)) {
      if (!Number.isNaN(number)) rare.push(number);
      continue;
    }
    finiteCount += 1;
    if (number < min) {
      min = number;
      minIndex = i;
    }
    if (number > max) {
      max = number;
      maxIndex = i;
    }
    if (Math.abs(number) >= HUGE) {
      rare.push(number);
      continue;
    }
    const next = sum + number;
    const numberPart = next - sum;
    sumError += sum - (next - numberPart) + (number - numberPart);
    sum = next;
  }
  const rounded = sum + sumError;
  return { finiteCount, minIndex, maxIndex, sum: rounded, sumError: sumError - (rounded - sum), ...scanRare(rare) };
}

function scanRare(numbers: readonly number[]): Pick<Scan, 'posInfCount' | 'negInfCount' | 'hugeSum' | 'hugeSumError'> {
  const rare = { posInfCount: 0, negInfCount: 0, hugeSum: 0, hugeSumError: 0 };
  for (const number of numbers) {
    if (number === Number.POSITIVE_INFINITY) rare.posInfCount += 1;
    else if (number === Number.NEGATIVE_INFINITY) rare.negInfCount += 1;
    else {
      const scaled = number * HUGE_SCALE;
      const next = rare.hugeSum + scaled;
      rare.hugeSumError += additionError(rare.hugeSum, scaled, next);
      rare.hugeSum = next;
    }
  }
  return rare;
}

/** The sum of squared differences from the mean, corrected for the mean's own rounding (Chan et al. 1983, 1.7). */
function sumSquares(numbers: Float64Array, mean: number, finiteCount: number): number {
  let squares = 0;
  let differences = 0;
  for (let i = 0; i < numbers.length; i++) {
    const difference = (numbers[i] ?? Number.NaN) - mean;
    if (!(Math.abs(difference) < Number.POSITIVE_INFINITY)) continue;
    squares += difference * difference;
    differences += difference;
  }
  const correction = finiteCount === 0 ? 0 : differences * (differences / finiteCount);
  return Number.isFinite(squares) ? Math.max(0, squares - correction) : squares;
}

interface Placed {
  readonly numbers: Float64Array;
  readonly steps: Float64Array;
  readonly times: Float64Array;
}

function extremeAt(i: number, { numbers, steps, times }: Placed): Extreme | null {
  const value = numbers[i];
  return value === undefined ? null : { value, step: steps[i] ?? 0, time: times[i] ?? Number.NaN };
}

function sampleAt(column: Column, times: Float64Array, i: number): Sample {
  return { value: valueAt(column, i), step: column.steps[i] ?? 0, time: times[i] ?? Number.NaN };
}
