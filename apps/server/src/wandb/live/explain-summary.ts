import { equalJson } from '@summa/core/json/equal-json';
import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { formatKey, parseKey } from '@summa/core/key/key-path';
import { isGlob, type MetricDefinition } from '@summa/core/metric/metric-definition';
import type { MetricState } from '@summa/core/metric/metric-state';
import { readStatistic } from '@summa/core/metric/read-statistic';
import { type ResolvedDefinition, resolveDefinitions } from '@summa/core/metric/resolve-definitions';

/** What is known of a run when its summary document is looked at. */
export interface LoggedMetrics {
  /** By key text. */
  readonly states: ReadonlyMap<string, MetricState>;
  readonly definitions: readonly MetricDefinition[];
}

/** A leaf of a document by its key text. */
export type KeyedValues = ReadonlyMap<string, JsonValue>;

/** What the client writes into every summary by itself. */
export const OWN_KEYS: ReadonlySet<string> = new Set(['_step', '_runtime', '_timestamp', '_wandb']);
/** What the client's own definitions show of a metric, below its key. */
const STATISTICS = ['min', 'max', 'mean', 'best', 'last', 'first'] as const;
/** How far the client's mean, a plain sum divided by a count, may be from ours. */
const ROUNDING = 1e-9;

/**
 * The values of a client's summary document that no log explains, by key: they are the explicit values of the run.
 *
 * A value is explained when its key is a metric and it is the metric's last value; when the metric was logged at a step later
 * than the document's own (`_step`), so that the document is merely behind; when it is media or another object with `_type` of a
 * metric, of which the client mixes the fields of several; and when it is a statistic of a metric, at the key below it, that a
 * definition asks for, because our own fold is what counts for those, that is what our own fold gives, or that is not finite.
 * `null` says nothing.
 *
 * Of a metric that is left out a document may show a value that was logged before it was: see `lingeringKeys`.
 */
export function unexplainedValues(
  document: JsonObject,
  { states, definitions }: LoggedMetrics,
): Map<string, JsonValue> {
  const asOf = typeof document._step === 'number' ? document._step : Number.POSITIVE_INFINITY;
  const basis = { states, asOf, definitionsOf: matching(definitions) };
  const values = new Map<string, JsonValue>();
  for (const [name, value] of Object.entries(document)) {
    if (OWN_KEYS.has(name)) continue;
    for (const [path, leaf] of leavesOf([name], value)) {
      const key = formatKey(path);
      if (leaf !== null && !isExplained(key, leaf, basis)) values.set(key, leaf);
    }
  }
  return values;
}

/**
 * The keys of unexplained values that may be nothing but old: those of metrics that some definition leaves out, of which the client
 * does not write what is logged from then on. Such a value is explained when the metric ever had it.
 */
export function lingeringKeys(unexplained: KeyedValues, { states, definitions }: LoggedMetrics): string[] {
  const definitionsOf = matching(definitions);
  return [...unexplained.keys()].filter(
    (key) => states.has(key) && definitionsOf(key).some(({ isLeftOut }) => isLeftOut),
  );
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

/** Equal as JSON, except that the client writes -0 as 0. */
export function isSame(a: JsonValue | undefined, b: JsonValue): boolean {
  return a !== undefined && (equalJson(a, b) || (a === 0 && b === 0));
}

interface Basis {
  readonly states: ReadonlyMap<string, MetricState>;
  readonly asOf: number;
  readonly definitionsOf: (key: string) => readonly ResolvedDefinition[];
}

function isExplained(key: string, value: JsonValue, basis: Basis): boolean {
  const state = basis.states.get(key);
  if (state) return isTyped(value) || isLater(state, basis) || isSame(state.last?.value, value);
  const path = parseKey(key);
  const statistic = STATISTICS.find((name) => name === path.at(-1));
  return statistic !== undefined && isStatisticOf(formatKey(path.slice(0, -1)), { statistic, value }, basis);
}

function isStatisticOf(
  key: string,
  { statistic, value }: { statistic: (typeof STATISTICS)[number]; value: JsonValue },
  basis: Basis,
): boolean {
  const state = basis.states.get(key);
  if (!state) return false;
  const isAsked = ({ statistics, isLeftOut }: ResolvedDefinition) => isLeftOut || statistics.includes(statistic);
  if (isLater(state, basis) || basis.definitionsOf(key).some(isAsked) || isNotFinite(value)) return true;
  const own = readStatistic(state, statistic);
  return isSame(own, value) || (statistic === 'mean' && isNear(own, value));
}

function isLater(state: MetricState, { asOf }: Basis): boolean {
  return (state.last?.step ?? 0) > asOf;
}

function isNear(own: JsonValue | undefined, value: JsonValue): boolean {
  return typeof own === 'number' && typeof value === 'number' && Math.abs(own - value) <= ROUNDING * Math.abs(own);
}

/** What one NaN or infinity makes of the client's statistics; nobody writes NaN by hand, for it comes as null. */
function isNotFinite(value: JsonValue): boolean {
  return typeof value === 'number' && !Number.isFinite(value);
}

/** All definitions that match a key, those too that another one masks: the client may have gone by any of them. */
function matching(definitions: readonly MetricDefinition[]): (key: string) => ResolvedDefinition[] {
  const exact = definitions.filter(({ name }) => !isGlob(name));
  const globs = definitions.filter(({ name }) => isGlob(name));
  const resolvers = [exact, ...globs.map((glob) => [glob])].map(resolveDefinitions);
  return (key) => resolvers.flatMap((definitionOf) => definitionOf(key) ?? []);
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
