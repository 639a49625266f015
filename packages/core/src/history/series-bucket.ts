import { additionError, addPairs, HUGE, HUGE_SCALE, meanOf } from '../metric/exact-sum.ts';
import type { MetricState } from '../metric/metric-state.ts';

/** Numbers from index `from` up to, not including, `end`, which is above it; the last of them is at `lastStep`. */
export interface NumberRange {
  readonly from: number;
  readonly end: number;
  readonly lastStep: number;
}

/** What one bucket of a series has taken in so far; it starts empty, and takes values and chunks in step order. */
export class SeriesBucket {
  readonly bucket: number;
  readonly firstStep: number;
  readonly first: number;
  lastStep = 0;
  last = 0;
  count = 0;
  min: number = Number.NaN;
  max: number = Number.NaN;
  finiteCount = 0;
  /** The sums of the finite values, as in a metric's state. */
  sum = 0;
  sumError = 0;
  hugeSum = 0;
  hugeSumError = 0;

  constructor(bucket: number, firstStep: number, first: number) {
    this.bucket = bucket;
    this.firstStep = firstStep;
    this.first = first;
  }

  addValue(step: number, value: number): void {
    this.lastStep = step;
    this.last = value;
    this.count += 1;
    if (!Number.isFinite(value)) return;
    this.finiteCount += 1;
    this.#widen(value, value);
    if (Math.abs(value) < HUGE) this.#addToSum(value);
    else this.#addToHugeSum({ high: value * HUGE_SCALE, low: 0 });
  }

  /** Takes some of the numbers, of which the last is at `lastStep`: the same as `addValue` of each, without a call for each. */
  addNumbers(numbers: Float64Array, { from, end, lastStep }: NumberRange): void {
    for (let i = this.#addOrdinary(numbers, from, end); i < end; i = this.#addOrdinary(numbers, i + 1, end))
      this.addValue(lastStep, numbers[i] as number); // i is within bounds
    this.lastStep = lastStep;
    this.last = numbers[end - 1] as number;
  }

  /** Takes the numbers from index `from` up to the first that is not finite, or huge, and gives its index; else `end`. */
  #addOrdinary(numbers: Float64Array, from: number, end: number): number {
    let { sum, sumError } = this;
    let min = this.finiteCount === 0 ? Infinity : this.min;
    let max = this.finiteCount === 0 ? -Infinity : this.max;
    let i = from;
    // Once a point: a chart of many runs reads millions.
    for (; i < end; i++) {
      const value = numbers[i] as number; // i is within bounds
      if (!(Math.abs(value) < HUGE)) break;
      const total = sum + value;
      sumError += additionError(sum, value, total);
      sum = total;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    if (i === from) return i;
    this.sum = sum;
    this.sumError = sumError;
    this.min = min;
    this.max = max;
    this.finiteCount += i - from;
    this.count += i - from;
    return i;
  }

  /** Takes a chunk that holds numbers only. */
  addState(lastStep: number, state: MetricState): void {
    this.lastStep = lastStep;
    this.last = Number(state.last?.value);
    this.count += state.count;
    if (state.min === null || state.max === null) return;
    this.finiteCount += state.finiteCount;
    this.#widen(state.min.value, state.max.value);
    this.#addToSum(state.sum);
    this.#addToSum(state.sumError);
    this.#addToHugeSum({ high: state.hugeSum, low: state.hugeSumError });
  }

  /** Mean of the finite values; NaN when there is none. */
  get mean(): number {
    const { high, low } = meanOf(this);
    return high + low;
  }

  #widen(min: number, max: number): void {
    if (!(this.min <= min)) this.min = min;
    if (!(this.max >= max)) this.max = max;
  }

  // Written out, for it is done once a point: a chart of a long run adds up millions.
  #addToSum(value: number): void {
    const sum = this.sum + value;
    this.sumError += additionError(this.sum, value, sum);
    this.sum = sum;
  }

  #addToHugeSum(value: { high: number; low: number }): void {
    const { high, low } = addPairs({ high: this.hugeSum, low: this.hugeSumError }, value);
    this.hugeSum = high;
    this.hugeSumError = low;
  }
}
