import { interpolate, quantilePlace } from '../history/quantile.ts';
import type { Pair } from '../metric/exact-sum.ts';
import { isWide, type ValueLayout } from './dtype.ts';
import { RadixRanks } from './radix-ranks.ts';
import { changedBetweenPasses, type RankSelector } from './rank-selector.ts';
import { SortedRanks } from './sorted-ranks.ts';
import { narrowBigint } from './tensor-element.ts';
import { TensorHistogram } from './tensor-histogram.ts';
import { TensorMoments } from './tensor-moments.ts';
import { type PassTask, TensorPass } from './tensor-pass.ts';
import { TensorSpread } from './tensor-spread.ts';
import { type Percentile, SUMMARY_PERCENTILES, type TensorStatistics } from './tensor-statistics.ts';
import type { ValueBlock } from './value-block.ts';

/** What is to be scanned, and for which percentiles. */
export interface TensorScanOptions extends ValueLayout {
  /** How many values there are; a scan that is given more or fewer bytes throws CORRUPT_DATA. */
  readonly count: number;
  /** Percents from 0 to 100, at most 32 of them; those of a summary unless given. */
  readonly percentiles?: readonly number[];
  /** Tensors of up to so many values are kept and sorted (8 bytes a value); larger ones are passed over more often. */
  readonly sortUpTo?: number;
}

/** How many percentiles one scan finds. */
export const MAX_PERCENTILES = 32;

const SORT_UP_TO = 65_536;

/**
 * Finds the statistics of a tensor of any size in up to four passes over its bytes, with the same memory for any size
 * (some MiB, and up to 1 MiB for each percentile). The caller reads, at once or waiting:
 *
 * ```ts
 * const scan = new TensorScan({ dtype, littleEndian, count });
 * for (let pass = scan.nextPass(); pass !== null; pass = scan.nextPass()) {
 *   for await (const bytes of readAll()) pass.push(bytes);
 *   pass.end();
 * }
 * scan.statistics();
 * ```
 *
 * Two passes for values of up to 32 bits, four for 64, two for small tensors, and one when no value is finite.
 */
export class TensorScan {
  readonly #options: TensorScanOptions;
  readonly #percentiles: readonly number[];
  readonly #moments: TensorMoments;
  readonly #ranks: RankSelector;
  #spread: TensorSpread | null = null;
  #histogram: TensorHistogram | null = null;
  #nonFinite = { nan: 0, posInf: 0, negInf: 0 };
  #state: 'ready' | 'reading' | 'done' = 'ready';

  /** Throws a RangeError for a percentile that is not from 0 to 100, and for more than 32. */
  constructor(options: TensorScanOptions) {
    const { dtype, count, percentiles = SUMMARY_PERCENTILES, sortUpTo = SORT_UP_TO } = options;
    if (percentiles.length > MAX_PERCENTILES) throw new RangeError(`more than ${MAX_PERCENTILES} percentiles`);
    for (const percent of percentiles) quantilePlace(1, percent / 100);
    this.#options = options;
    this.#percentiles = percentiles;
    this.#moments = new TensorMoments(isWide(dtype));
    this.#ranks = count <= sortUpTo ? new SortedRanks(dtype, count) : new RadixRanks(dtype);
  }

  /** The next pass to read the whole tensor for, null when no more is needed; the one before must have ended. */
  nextPass(): TensorPass | null {
    if (this.#state === 'done') return null;
    if (this.#state === 'reading') throw new Error('a pass has not ended; end it before the next');
    this.#state = 'reading';
    return new TensorPass(this.#options, this.#options.count, this.#nextTask());
  }

  /** What was found; throws while passes are left. */
  statistics(): TensorStatistics {
    if (this.#state !== 'done') throw new Error('the scan is not over; read all of its passes first');
    const { finiteCount, zeroCount } = this.#moments;
    const mean = this.#moments.mean();
    return {
      size: this.#options.count,
      ...this.#nonFinite,
      zeros: zeroCount,
      min: finiteCount === 0 ? null : this.#exactAt(0),
      max: finiteCount === 0 ? null : this.#exactAt(finiteCount - 1),
      mean: finiteCount === 0 ? null : mean.high + mean.low + 0,
      variance: this.#spread?.variance() ?? null,
      percentiles: finiteCount === 0 ? [] : this.#percentiles.map((percent) => this.#percentile(percent)),
      histogram: this.#histogram?.toHistogram() ?? null,
    };
  }

  #nextTask(): PassTask {
    const [spread, histogram] = [this.#spread, this.#histogram];
    if (spread === null || histogram === null) return this.#firstTask();
    if (spread.count > 0) return this.#laterTask();
    return {
      take: (block) => {
        spread.add(block);
        histogram.add(block);
        this.#ranks.add(block);
      },
      end: () => {
        if (spread.count !== this.#moments.finiteCount) throw changedBetweenPasses();
        this.#endPass();
      },
    };
  }

  #firstTask(): PassTask {
    return {
      take: (block) => {
        this.#moments.add(block);
        this.#ranks.add(block);
      },
      end: (block) => this.#endFirst(block),
    };
  }

  #endFirst({ nan, posInf, negInf }: ValueBlock): void {
    this.#nonFinite = { nan, posInf, negInf };
    const { finiteCount, min, max } = this.#moments;
    if (finiteCount === 0) {
      this.#state = 'done';
      return;
    }
    this.#ranks.endPass(this.#ranksAsked(finiteCount));
    this.#spread = new TensorSpread({ mean: this.#moments.mean(), min, max, isWide: isWide(this.#options.dtype) });
    this.#histogram = new TensorHistogram(min, max);
    this.#state = 'ready';
  }

  #laterTask(): PassTask {
    return { take: (block) => this.#ranks.add(block), end: () => this.#endPass() };
  }

  #endPass(): void {
    this.#ranks.endPass([]);
    this.#state = this.#ranks.isDone ? 'done' : 'ready';
  }

  #ranksAsked(finiteCount: number): number[] {
    const last = finiteCount - 1;
    const places = this.#percentiles.map((percent) => quantilePlace(finiteCount, percent / 100).below);
    return [0, last, ...places, ...places.map((below) => Math.min(below + 1, last))];
  }

  #percentile(percent: number): Percentile {
    const { finiteCount } = this.#moments;
    const { below, fraction } = quantilePlace(finiteCount, percent / 100);
    const a = this.#ranks.valueAt(below);
    const b = this.#ranks.valueAt(Math.min(below + 1, finiteCount - 1));
    const difference = b.high - a.high + (b.low - a.low);
    return { percent, value: interpolate({ a: rounded(a), b: rounded(b), difference }, fraction) + 0 };
  }

  #exactAt(rank: number): number | bigint {
    const { high, low } = this.#ranks.valueAt(rank);
    if (low === 0 && !isWide(this.#options.dtype)) return high + 0;
    return narrowBigint(BigInt(high) + BigInt(low));
  }
}

function rounded({ high, low }: Pair): number {
  return high + low;
}
