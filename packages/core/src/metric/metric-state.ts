import type { JsonValue } from '../json/json-value.ts';

/** A finite number with the step and the time (seconds since 1970) at which it was logged. */
export interface Extreme {
  readonly value: number;
  readonly step: number;
  readonly time: number;
}

/** Any logged value with the step and the time (seconds since 1970) at which it was logged. */
export interface Sample {
  readonly value: JsonValue;
  readonly step: number;
  readonly time: number;
}

/**
 * Everything that a run remembers of one metric: a monoid under `mergeStates`.
 *
 * Numbers are numbers and booleans (as 0 and 1); a bigint counts as its nearest float64. Text, lists and objects are
 * counted in `count` and can be first and last, and are in no other statistic.
 */
export interface MetricState {
  /** Values of any type. */
  readonly count: number;
  readonly finiteCount: number;
  readonly nanCount: number;
  readonly posInfCount: number;
  readonly negInfCount: number;
  /**
   * Sum of the finite values below 2^960 as an unevaluated pair: `sum` is its rounded value, `sumError` what the
   * rounding lost. Neither can overflow. `totalOf` reads the whole sum.
   */
  readonly sum: number;
  readonly sumError: number;
  /** Sum of the finite values from 2^960 on, each times 2^-64, as such a pair; 0 unless there are any. */
  readonly hugeSum: number;
  readonly hugeSumError: number;
  /** Mean of the finite values and the sum of squared differences from it (Welford; Chan et al. 1983 for merges). */
  readonly mean: number;
  readonly m2: number;
  /** Smallest and largest finite value; of equal ones the one at the lowest step. */
  readonly min: Extreme | null;
  readonly max: Extreme | null;
  /** The values at the lowest and at the highest step. */
  readonly first: Sample | null;
  readonly last: Sample | null;
}

/** The state of a metric that has no value: the identity of `mergeStates`. */
export const emptyState: MetricState = {
  count: 0,
  finiteCount: 0,
  nanCount: 0,
  posInfCount: 0,
  negInfCount: 0,
  sum: 0,
  sumError: 0,
  hugeSum: 0,
  hugeSumError: 0,
  mean: Number.NaN,
  m2: 0,
  min: null,
  max: null,
  first: null,
  last: null,
};

/**
 * The number that the statistics take a value for: booleans are 0 and 1, a bigint is its nearest float64 (±Infinity
 * when there is none). Undefined for text, lists and objects, which are in no statistic.
 */
export function numericValue(value: JsonValue): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'bigint' ? Number(value) : undefined;
}
