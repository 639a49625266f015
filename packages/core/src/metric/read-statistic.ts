import type { JsonValue } from '../json/json-value.ts';
import { totalOf } from './exact-sum.ts';
import type { Extreme, MetricState } from './metric-state.ts';
import { type Goal, quantileOf, type SummaryOption } from './statistic.ts';

/** The quantile of a metric's finite values, `p` from 0 to 1; undefined when there are none or they are not at hand. */
export type QuantileReader = (p: number) => number | undefined;

/**
 * One statistic of a metric, or undefined when it does not exist: min, max, mean, sum, variance and stddev need a finite
 * value, `best` a goal too, quantiles a reader; `none` never exists.
 *
 * Variance and stddev are those of the population (divided by the count). `count` counts values of any type. `copy` is
 * the last value.
 */
export function readStatistic(
  state: MetricState,
  statistic: SummaryOption,
  { goal = null, quantile }: { readonly goal?: Goal | null; readonly quantile?: QuantileReader | undefined } = {},
): JsonValue | undefined {
  const read = READERS[statistic];
  if (read) return read(state, goal);
  const p = quantileOf(statistic);
  return p === undefined || state.finiteCount === 0 ? undefined : quantile?.(p);
}

/** The finite value that is best by a goal, with its step and time; null without a goal or a finite value. */
export function bestOf(state: MetricState, goal: Goal | null): Extreme | null {
  if (goal === null) return null;
  return goal === 'minimize' ? state.min : state.max;
}

/** The population variance of the finite values; undefined when there are none. */
export function varianceOf(state: MetricState): number | undefined {
  return state.finiteCount === 0 ? undefined : state.m2 / state.finiteCount;
}

/** Whether a metric ever had a number, NaN and ±Infinity included. */
export function hasNumbers(state: MetricState): boolean {
  return state.finiteCount + state.nanCount + state.posInfCount + state.negInfCount > 0;
}

type Reader = (state: MetricState, goal: Goal | null) => JsonValue | undefined;

const READERS: Readonly<Record<string, Reader>> = {
  min: (state) => state.min?.value,
  max: (state) => state.max?.value,
  mean: (state) => (state.finiteCount === 0 ? undefined : state.mean),
  best: (state, goal) => bestOf(state, goal)?.value,
  last: (state) => state.last?.value,
  first: (state) => state.first?.value,
  count: (state) => (state.count === 0 ? undefined : state.count),
  sum: (state) => (state.finiteCount === 0 ? undefined : totalOf(state)),
  variance: varianceOf,
  stddev: (state) => {
    const variance = varianceOf(state);
    return variance === undefined ? undefined : Math.sqrt(variance);
  },
  copy: (state) => state.last?.value,
};
