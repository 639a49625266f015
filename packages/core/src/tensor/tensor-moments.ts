import { additionError, addPairs, HUGE, HUGE_SCALE, meanOf, type Pair } from '../metric/exact-sum.ts';
import type { ValueBlock } from './value-block.ts';

const ZERO: Pair = { high: 0, low: 0 };

/** What the first pass over a tensor's finite values adds up: count, zeros, smallest, largest and the sum. */
export class TensorMoments {
  finiteCount = 0;
  zeroCount = 0;
  /** The extremes as float64; they are infinite while there is no value. */
  min: number = Number.POSITIVE_INFINITY;
  max: number = Number.NEGATIVE_INFINITY;

  readonly #isWide: boolean;
  #sum = ZERO;
  /** The sum of blocks with values near the end of float64, times 2^-64, so that it cannot overflow. */
  #hugeSum = ZERO;

  /** `isWide`: the values are int64 or uint64. */
  constructor(isWide: boolean) {
    this.#isWide = isWide;
  }

  add(block: ValueBlock): void {
    this.finiteCount += block.length;
    const isHuge = this.#addExtremes(block) >= HUGE;
    if (this.#isWide) this.#addWholeSum(block);
    else if (isHuge) this.#hugeSum = addPairs(this.#hugeSum, sumOf(block, HUGE_SCALE));
    else this.#sum = addPairs(this.#sum, sumOf(block, 1));
  }

  /** The mean as a pair, good to about 2^-100; NaN when there is no value. */
  mean(): Pair {
    return meanOf({
      finiteCount: this.finiteCount,
      sum: this.#sum.high,
      sumError: this.#sum.low,
      hugeSum: this.#hugeSum.high,
      hugeSumError: this.#hugeSum.low,
    });
  }

  /** Gives the largest absolute value of the block. */
  #addExtremes({ values, length }: ValueBlock): number {
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    let zeroCount = 0;
    for (let i = 0; i < length; i++) {
      const value = values[i] as number; // i < length
      if (value < min) min = value;
      if (value > max) max = value;
      if (value === 0) zeroCount += 1;
    }
    this.zeroCount += zeroCount;
    if (min < this.min) this.min = min;
    if (max > this.max) this.max = max;
    return Math.max(-min, max);
  }

  /** Sums of up to 2^11 multiples of 2^32, and of numbers below 2^32, are exact in float64. */
  #addWholeSum({ highs, lows, length }: ValueBlock): void {
    let high = 0;
    let low = 0;
    for (let i = 0; i < length; i++) {
      high += highs[i] as number; // i < length
      low += lows[i] as number;
    }
    this.#sum = addPairs(addPairs(this.#sum, { high, low: 0 }), { high: low, low: 0 });
  }
}

/** The sum of a block's values, each times `scale`, a power of two. */
function sumOf({ values, length }: ValueBlock, scale: number): Pair {
  let sum = 0;
  let error = 0;
  for (let i = 0; i < length; i++) {
    const value = (values[i] as number) * scale; // i < length
    const next = sum + value;
    error += additionError(sum, value, next);
    sum = next;
  }
  return { high: sum, low: error };
}
