import type { Histogram } from './tensor-histogram.ts';

/** A value that so many percent of a tensor's finite values lie below, from 0 to 100. */
export interface Percentile {
  readonly percent: number;
  readonly value: number;
}

/**
 * What is known of a tensor's values. NaN and ±Infinity are counted, and in nothing else; booleans are 0 and 1; values
 * of float16 and float32 are made float64 first.
 *
 * `min`, `max`, `mean`, `variance` and `histogram` are null, and `percentiles` empty, when no value is finite.
 */
export interface TensorStatistics {
  /** All values, finite or not. */
  readonly size: number;
  readonly nan: number;
  readonly posInf: number;
  readonly negInf: number;
  readonly zeros: number;
  /** Exact; of int64 and uint64 a bigint beyond ±(2^53-1). */
  readonly min: number | bigint | null;
  readonly max: number | bigint | null;
  /** The true mean, rounded once. */
  readonly mean: number | null;
  /** Of the population (divided by the count), to 1e-13 relative. */
  readonly variance: number | null;
  /**
   * In the order asked for; exact as `numpy.percentile` of the finite values. Of whole numbers the two neighbours are
   * selected and subtracted exactly, and only then made float64.
   */
  readonly percentiles: readonly Percentile[];
  readonly histogram: Histogram | null;
}

/** The percentiles of a tensor that a summary holds. */
export const SUMMARY_PERCENTILES: readonly number[] = [1, 5, 10, 25, 50, 75, 90, 95, 99];
