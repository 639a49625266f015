import { HistorySeriesDocument, type SeriesFieldsFragment } from '../generated/graphql.ts';
import type { Execute } from '../transport/execute.ts';
import { toNumbers } from '../wire-scalars.ts';
import type { ReadOptions } from './read-pages.ts';
import { requireRun } from './require-run.ts';
import type { StepRange } from './step-range.ts';

/** Which series to read. */
export interface SeriesOptions extends ReadOptions {
  readonly range?: StepRange;
  /** How many buckets the range is cut into, 1 to 10,000; 1,000 by default. */
  readonly buckets?: number;
  /** A metric whose values serve as x: they come back as `xValues`. */
  readonly x?: string;
}

/** A metric's values in buckets of steps; entry `i` of every array is of bucket `i`. NaN where a bucket has no number. */
export interface MetricSeries {
  readonly key: string;
  /** Whether every bucket is one point, so that nothing was folded. */
  readonly exact: boolean;
  /** How many points all buckets hold. */
  readonly count: number;
  /** First and last step of each bucket that has a point. */
  readonly steps: Float64Array;
  readonly lastSteps: Float64Array;
  readonly counts: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly mean: Float64Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
  /** The x metric at each bucket, when one was asked for. */
  readonly xValues: Float64Array | null;
}

/** A series for each key, in the order asked for. */
export type SeriesOf<Keys extends readonly string[]> = { -readonly [Index in keyof Keys]: MetricSeries };

/** The series of several metrics, in the order asked for; one that was never logged has no bucket. */
export async function readSeries<const Keys extends readonly string[]>(
  execute: Execute,
  id: string,
  keys: Keys,
  { signal, ...options }: SeriesOptions = {},
): Promise<SeriesOf<Keys>> {
  const asked = { id, keys: [...keys], ...options, withX: options.x !== undefined };
  const { node } = await execute(HistorySeriesDocument, asked, { signal });
  // The server answers with one for each key.
  return requireRun(node, id).history.series.map(toMetricSeries) as SeriesOf<Keys>;
}

/** Reads the wire form of a series. */
export function toMetricSeries(series: SeriesFieldsFragment): MetricSeries {
  return {
    key: series.key,
    exact: series.exact,
    count: series.count,
    steps: Float64Array.from(series.steps),
    lastSteps: Float64Array.from(series.lastSteps),
    counts: Float64Array.from(series.counts),
    min: toNumbers(series.min),
    max: toNumbers(series.max),
    mean: toNumbers(series.mean),
    first: toNumbers(series.first),
    last: toNumbers(series.last),
    xValues: series.xValues ? toNumbers(series.xValues) : null,
  };
}
