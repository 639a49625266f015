import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { parseKey } from '../key/key-path.ts';
import { type OpenObject, putAt } from '../key/nest-values.ts';
import type { MetricState } from '../metric/metric-state.ts';
import type { DefinitionResolver } from '../metric/resolve-definitions.ts';
import { quantileOf } from '../metric/statistic.ts';
import { type DerivedMetric, shownValue } from './derived-metric.ts';
import { type ExplicitValues, NO_EXPLICIT_VALUES } from './explicit-entry.ts';
import { documentAt, overlayDocument } from './overlay-document.ts';
import { isSummaryKey, relatedTo } from './select-metrics.ts';

/** All that a summary document is made of. */
export interface SummarySource {
  /** The states of the run's metrics by key text; with `keys`, those related to the keys are enough. */
  readonly states: Iterable<readonly [key: string, state: MetricState]>;
  readonly definitions: DefinitionResolver;
  readonly explicit?: ExplicitValues;
  /** A quantile (0 to 1) of a metric's finite values; `neededQuantiles` tells which will be asked for. */
  readonly quantile?: (key: string, p: number) => number | undefined;
  /** Shows only what stands at these keys, which may be metrics, single statistics or groups; absent means all. */
  readonly keys?: readonly string[];
}

/**
 * A run's summary: what its metrics and definitions give, with explicit values laid over it. A pure function.
 *
 * Keys become nested objects, in the order of `states` and then of `explicit`. Where one metric stands above another
 * (`a` and `a.b`), only the one that was logged later is shown. Row times (`_timestamp`) and system metrics are left out.
 */
export function summaryDocument(source: SummarySource): JsonObject {
  const { keys } = source;
  const explicit = source.explicit ?? NO_EXPLICIT_VALUES;
  if (!keys) return overlayDocument(derivedMetrics(source), explicit);
  const isRelated = relatedTo(keys);
  const related = new Map([...explicit].filter(([key]) => isRelated(key)));
  return pick(overlayDocument(derivedMetrics(source), related), keys);
}

/** What the summary shows at one key: a value, an object of statistics or of nested keys, or undefined. */
export function documentValue(key: string, source: SummarySource): JsonValue | undefined {
  return documentAt(summaryDocument({ ...source, keys: [key] }), key);
}

/** What the summary shows of each metric before explicit values; with `keys`, of the metrics related to them. */
export function derivedMetrics({ states, definitions, quantile, keys }: SummarySource): DerivedMetric[] {
  const isWanted = keys ? relatedTo(keys) : () => true;
  const metrics: DerivedMetric[] = [];
  for (const [key, state] of states) {
    if (!isSummaryKey(key) || !isWanted(key)) continue;
    const shown = shownValue(state, definitions(key), quantile && ((p) => quantile(key, p)));
    metrics.push({ key, shown, lastStep: state.last?.step ?? -1, lastTime: state.last?.time ?? 0 });
  }
  return metrics;
}

/** Quantiles of one metric that a document asks for, each 0 to 1. */
export interface NeededQuantiles {
  readonly key: string;
  readonly quantiles: readonly number[];
}

/** Which quantiles a document needs from the columns: those that definitions ask for of metrics with finite values. */
export function neededQuantiles({ states, definitions, keys }: SummarySource): NeededQuantiles[] {
  const isWanted = keys ? relatedTo(keys) : () => true;
  const needed: NeededQuantiles[] = [];
  for (const [key, state] of states) {
    const definition = definitions(key);
    if (!definition || definition.isLeftOut || state.finiteCount === 0) continue;
    if (!isSummaryKey(key) || !isWanted(key)) continue;
    const quantiles = definition.statistics.map(quantileOf).filter((p) => p !== undefined);
    if (quantiles.length > 0) needed.push({ key, quantiles: [...new Set(quantiles)] });
  }
  return needed;
}

function pick(document: JsonObject, keys: readonly string[]): JsonObject {
  const picked: OpenObject = {};
  for (const key of keys) {
    const value = documentAt(document, key);
    if (value !== undefined) putAt(picked, parseKey(key), value);
  }
  return picked;
}
