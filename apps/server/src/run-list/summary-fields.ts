import type { JsonValue } from '@summa/core/json/json-value';
import { type MetricState, numericValue } from '@summa/core/metric/metric-state';
import { readStatistic } from '@summa/core/metric/read-statistic';
import { resolveDefinitions } from '@summa/core/metric/resolve-definitions';
import type { Goal } from '@summa/core/metric/statistic';
import type { RunSummaryData } from '../summary/load-summaries.ts';
import {
  type FieldRow,
  type FieldStatistics,
  kindOf,
  NO_STATISTICS,
  numberOrNull,
  scalarColumns,
} from './field-row.ts';

/**
 * What runs are filtered and sorted by of one run's summary: a field for every metric, system metrics too, and for every key
 * with an explicit value.
 *
 * The value of a field is the explicit value when that is a scalar, else the metric's last value. This is what the document shows
 * wherever it shows a scalar; a metric that it hides, or shows as an object of statistics, still has its last value.
 */
export function summaryFields({
  states,
  definitions,
  explicit,
}: Pick<RunSummaryData, 'states' | 'definitions' | 'explicit'>): FieldRow[] {
  const resolve = resolveDefinitions(definitions);
  const fields: FieldRow[] = [];
  for (const [key, state] of states) {
    if (state.last === null) continue;
    const entry = explicit.get(key);
    const shown = entry && !entry.deleted && isScalar(entry.value) ? entry.value : state.last.value;
    fields.push({
      key,
      kind: kindOf(state.last.value),
      ...scalarColumns(shown),
      ...statistics(state, resolve(key)?.goal ?? null),
    });
  }
  for (const entry of explicit.values()) {
    if (entry.deleted || entry.value === null || states.get(entry.key)?.last) continue;
    fields.push({ key: entry.key, kind: kindOf(entry.value), ...scalarColumns(entry.value), ...NO_STATISTICS });
  }
  return fields;
}

function isScalar(value: JsonValue): boolean {
  return value !== null && typeof value !== 'object';
}

/** First and last are those of a number or a boolean (0 or 1); of anything else there is no number to compare. */
function statistics(state: MetricState, goal: Goal | null): FieldStatistics {
  const read = (statistic: 'last' | 'first' | 'min' | 'max' | 'mean' | 'sum' | 'variance' | 'best' | 'count') => {
    const value = readStatistic(state, statistic, { goal });
    return value === undefined ? null : numberOrNull(numericValue(value));
  };
  return {
    last: read('last'),
    first: read('first'),
    min: read('min'),
    max: read('max'),
    mean: read('mean'),
    sum: read('sum'),
    variance: read('variance'),
    best: read('best'),
    count: read('count'),
    nanCount: state.nanCount,
  };
}
