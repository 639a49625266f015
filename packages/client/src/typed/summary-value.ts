import type { MetricStatistics } from '../read/metric-statistics.ts';
import type { ProjectShape, SummaryKey } from './project-shape.ts';

/** The statistics of one metric of one run: those of `MetricSummary` in the schema. What was only set by hand has none. */
export type SummaryStatistics = Omit<MetricStatistics, 'key' | 'kind' | 'path' | 'percentiles'>;

/** A value that a summary shows: what was set by hand, else what was logged last. */
export interface ShownValue<Value> {
  readonly value: Value;
}

/**
 * A metric's value in a summary, with its statistics: `run.summary['val/acc']?.max`.
 *
 * `value` is what `client.table` shows: a definition that asks for statistics does not change it. Where the value was
 * set by hand and the metric never logged, every statistic is null and every count 0.
 */
export interface MetricValue<Value> extends ShownValue<Value>, SummaryStatistics {}

/** What stands under the keys of a summary that were asked for; undefined where the run shows nothing. */
export type ShownSummary<Shape extends ProjectShape, Key extends SummaryKey<Shape>> = {
  readonly [K in Key]:
    | (K extends keyof Shape['metrics']
        ? MetricValue<Exclude<Shape['summary'][K], undefined>>
        : ShownValue<Exclude<Shape['summary'][K], undefined>>)
    | undefined;
};

/** The statistics of what was never logged. */
export const NEVER_LOGGED: SummaryStatistics = {
  goal: null,
  hidden: false,
  stepMetric: null,
  count: 0,
  finiteCount: 0,
  nanCount: 0,
  posInfCount: 0,
  negInfCount: 0,
  last: null,
  lastStep: null,
  lastTime: null,
  first: null,
  firstStep: null,
  firstTime: null,
  min: null,
  minStep: null,
  minTime: null,
  max: null,
  maxStep: null,
  maxTime: null,
  best: null,
  bestStep: null,
  bestTime: null,
  mean: null,
  sum: null,
  variance: null,
  stddev: null,
};
