import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { setOwn } from '../json/own-property.ts';
import type { MetricState } from '../metric/metric-state.ts';
import { hasNumbers, type QuantileReader, readStatistic } from '../metric/read-statistic.ts';
import type { ResolvedDefinition } from '../metric/resolve-definitions.ts';
import type { Statistic } from '../metric/statistic.ts';

/** What a summary shows of one metric before explicit values: its last value, or an object of statistics. */
export interface DerivedMetric {
  readonly key: string;
  readonly shown: ShownValue;
  /** Where its last value stands; of two metrics that exclude each other in the document the later one is shown. */
  readonly lastStep: number;
  readonly lastTime: number;
}

/** The value of a metric in the document, told apart from nothing and from an object of statistics. */
export type ShownValue =
  | { readonly kind: 'absent' }
  | { readonly kind: 'value'; readonly value: JsonValue }
  | { readonly kind: 'statistics'; readonly value: JsonObject };

const ABSENT: ShownValue = { kind: 'absent' };

/** Statistics that values of any type have. */
const OF_ANY_TYPE: ReadonlySet<string> = new Set(['last', 'first', 'count']);

/**
 * What the document shows of a metric: without a definition, or one that asks for no statistic, its last value; with
 * `none` nothing; else an object of those statistics that exist, in their fixed order.
 *
 * A metric that never had a number shows its last value when only numeric statistics are asked for; one that had numbers
 * but none of the statistics (it was NaN throughout) is absent.
 */
export function shownValue(
  state: MetricState,
  definition: ResolvedDefinition | null,
  quantile?: QuantileReader,
): ShownValue {
  if (definition?.isLeftOut || !state.last) return ABSENT;
  const last: ShownValue = { kind: 'value', value: state.last.value };
  if (!definition || definition.statistics.length === 0) return last;
  const statistics = readStatistics(state, definition, quantile);
  if (Object.keys(statistics).length > 0) return { kind: 'statistics', value: statistics };
  const isNumeric = (statistic: Statistic) => !OF_ANY_TYPE.has(statistic);
  return !hasNumbers(state) && definition.statistics.every(isNumeric) ? last : ABSENT;
}

function readStatistics(state: MetricState, definition: ResolvedDefinition, quantile?: QuantileReader): JsonObject {
  const object: Record<string, JsonValue> = {};
  for (const statistic of definition.statistics) {
    const value = readStatistic(state, statistic, { goal: definition.goal, quantile });
    if (value !== undefined) setOwn(object, statistic, value);
  }
  return object;
}
