import { addPairs, type Pair } from '../metric/exact-sum.ts';
import type { ValueBlock } from './value-block.ts';

/** What a second pass needs to know of the first. */
export interface SpreadInput {
  readonly mean: Pair;
  readonly min: number;
  readonly max: number;
  readonly isWide: boolean;
}

/**
 * The population variance of finite values around a mean that is known beforehand, good to 1e-13 relative.
 *
 * Differences are scaled by a power of two where their squares would leave float64, so that the result is 0 or Infinity
 * only where the variance itself is beyond float64.
 */
export class TensorSpread {
  readonly #isWide: boolean;
  /** What is subtracted from each value: the mean, and of int64 and uint64 a whole number next to it. */
  readonly #shift: Pair;
  /** The mean less the shift. */
  readonly #offCentre: number;
  readonly #scale: number;
  /** How many values were added. */
  count = 0;
  #squares: Pair = { high: 0, low: 0 };

  constructor({ mean, min, max, isWide }: SpreadInput) {
    this.#isWide = isWide;
    this.#shift = isWide ? wholeShift(mean) : mean;
    this.#offCentre = isWide ? mean.high - this.#shift.high - this.#shift.low + mean.low : 0;
    this.#scale = isWide ? 1 : scaleOf(Math.max(max - mean.high, mean.high - min));
  }

  add(block: ValueBlock): void {
    this.count += block.length;
    const squares = this.#isWide ? this.#wholeSquares(block) : this.#scaledSquares(block);
    this.#squares = addPairs(this.#squares, { high: squares, low: 0 });
  }

  variance(): number {
    // (x - m)² adds up to (x - s)² less (m - s)² for each value.
    return this.#squares.high / this.count / this.#scale / this.#scale - this.#offCentre ** 2;
  }

  #scaledSquares({ values, length }: ValueBlock): number {
    const scale = this.#scale;
    const high = this.#shift.high * scale;
    const low = this.#shift.low * scale;
    let even = 0;
    let odd = 0;
    for (let i = 0; i < length; i++) {
      const difference = (values[i] as number) * scale - high - low; // i < length
      const square = difference * difference;
      // Two sums do not wait for one another.
      if (i & 1) odd += square;
      else even += square;
    }
    return even + odd;
  }

  /** The parts of wide values and of the shift are whole numbers, so only the difference itself is rounded. */
  #wholeSquares({ highs, lows, length }: ValueBlock): number {
    const { high, low } = this.#shift;
    let sum = 0;
    for (let i = 0; i < length; i++) {
      const difference = (highs[i] as number) - high + ((lows[i] as number) - low); // i < length
      sum += difference * difference;
    }
    return sum;
  }
}

function wholeShift({ high, low }: Pair): Pair {
  const upper = Math.round(high / 2 ** 32) * 2 ** 32;
  return { high: upper, low: Math.round(high - upper + low) };
}

/** 1 unless the square of a number of this size, or of a little part of it, would leave float64. */
function scaleOf(size: number): number {
  if (size > 2 ** 480) return 2 ** -600;
  return size > 0 && size < 2 ** -480 ? 2 ** 500 : 1;
}
