import { equalJson } from '@summa/core/json/equal-json';
import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { formatKey, parseKey } from '@summa/core/key/key-path';
import type { MetricState } from '@summa/core/metric/metric-state';

/** What is known of a run when its summary document is looked at. */
export interface LoggedMetrics {
  /** By key text. */
  readonly states: ReadonlyMap<string, MetricState>;
}

/** A leaf of a document by its key text. */
export type KeyedValues = ReadonlyMap<string, JsonValue>;

/** What the client writes into every summary by itself. */
export const OWN_KEYS: ReadonlySet<string> = new Set(['_step', '_runtime', '_timestamp', '_wandb']);
/** What the client's own definitions show of a metric, below its key. */
const STATISTICS = new Set(['min', 'max', 'mean', 'best', 'last', 'first']);

/**
 * The values of a client's summary document that no log explains, by key: they are the explicit values of the run.
 *
 * A value is explained when its key is a metric and it is the metric's last value; when the metric was logged at a step later
 * than the document's own (`_step`), so that the document is merely behind; when it is media or another object with `_type` of a
 * metric, of which the client mixes the fields of several; and when it is a statistic of a metric with numbers, at the key
 * below it, because our own fold is what counts for those. `null` says nothing.
 */
export function unexplainedValues(document: JsonObject, { states }: LoggedMetrics): Map<string, JsonValue> {
  const asOf = typeof document._step === 'number' ? document._step : Number.POSITIVE_INFINITY;
  const values = new Map<string, JsonValue>();
  for (const [name, value] of Object.entries(document)) {
    if (OWN_KEYS.has(name)) continue;
    for (const [path, leaf] of leavesOf([name], value)) {
      const key = formatKey(path);
      if (leaf !== null && !isExplained(key, leaf, { states, asOf })) values.set(key, leaf);
    }
  }
  return values;
}

/** Whether a document speaks of rows that have not come: then its values cannot be explained yet. */
export function isAheadOfRows(document: JsonObject, lastStep: number | null): boolean {
  return typeof document._step === 'number' && document._step > (lastStep ?? -1);
}

/** What has to be done so that the explicit values follow the document: `written` is what it had of them before. */
export function explicitChanges(
  written: KeyedValues,
  wanted: KeyedValues,
): { readonly set: Map<string, JsonValue>; readonly clear: string[] } {
  const set = new Map([...wanted].filter(([key, value]) => !isSame(written.get(key), value)));
  return { set, clear: [...written.keys()].filter((key) => !wanted.has(key)) };
}

interface Basis extends LoggedMetrics {
  readonly asOf: number;
}

function isExplained(key: string, value: JsonValue, { states, asOf }: Basis): boolean {
  const state = states.get(key);
  if (state) return isTyped(value) || (state.last?.step ?? 0) > asOf || isSame(state.last?.value, value);
  const path = parseKey(key);
  const metric =
    path.length > 1 && STATISTICS.has(path.at(-1) ?? '') ? states.get(formatKey(path.slice(0, -1))) : undefined;
  return metric !== undefined && metric.finiteCount + metric.nanCount + metric.posInfCount + metric.negInfCount > 0;
}

/** Equal as JSON, except that the client writes -0 as 0. */
function isSame(a: JsonValue | undefined, b: JsonValue): boolean {
  return a !== undefined && (equalJson(a, b) || (a === 0 && b === 0));
}

function isTyped(value: JsonValue): boolean {
  return isJsonObject(value) && Object.hasOwn(value, '_type');
}

/** The leaves at and below a path: objects are taken apart unless they are typed or empty. */
function* leavesOf(path: readonly string[], value: JsonValue): Generator<[readonly string[], JsonValue]> {
  if (!isJsonObject(value) || isTyped(value) || Object.keys(value).length === 0) {
    yield [path, value];
    return;
  }
  for (const [name, inner] of Object.entries(value)) yield* leavesOf([...path, name], inner);
}
