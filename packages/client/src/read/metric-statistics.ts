import { fromWire } from '@summa/core/json/wire-json';
import type { MetricSummaryFieldsFragment } from '../generated/graphql.ts';
import { toNumber, type WireDouble } from '../wire-scalars.ts';

type DecodedDoubles<Fields> = {
  readonly [Name in keyof Fields]: Fields[Name] extends WireDouble | null
    ? null extends Fields[Name]
      ? number | null
      : number
    : Fields[Name];
};

/**
 * Every statistic of one metric: those of `MetricSummary` in the schema, each number a number.
 *
 * `percentiles` are in the order asked for, none unless asked for; null where the metric has no finite value.
 */
export type MetricStatistics<Percentiles extends readonly number[] = readonly number[]> =
  DecodedDoubles<MetricSummaryFieldsFragment> & {
    readonly percentiles: { readonly [Index in keyof Percentiles]: number | null };
  };

/** Reads the wire form of a metric's statistics. */
export function toMetricStatistics(
  fields: MetricSummaryFieldsFragment & { readonly percentiles?: readonly (WireDouble | null)[] },
): MetricStatistics {
  return {
    ...fields,
    first: fromWire(fields.first),
    last: fromWire(fields.last),
    min: toNumber(fields.min),
    max: toNumber(fields.max),
    best: toNumber(fields.best),
    mean: toNumber(fields.mean),
    sum: toNumber(fields.sum),
    variance: toNumber(fields.variance),
    stddev: toNumber(fields.stddev),
    percentiles: (fields.percentiles ?? []).map(toNumber),
  };
}
