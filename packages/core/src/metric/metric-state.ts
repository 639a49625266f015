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
  /** Sum of the finite values as an unevaluated pair: `sum` is its rounded value, `sumError` what the rounding lost. */
  readonly sum: number;
  readonly sumError: number;
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
