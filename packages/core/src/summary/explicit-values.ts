import { isLargerThan } from '../json/json-size.ts';
import type { JsonValue } from '../json/json-value.ts';
import { isJsonObject } from '../json/json-value.ts';
import { checkKey, quoteKey } from '../key/check-key.ts';
import { isLeaf, type Leaf } from '../key/flatten-values.ts';
import { ancestorKeys, formatElement, isAtOrBelow, normalizeKey, parseKey } from '../key/key-path.ts';
import { valueAtPath } from '../key/nest-values.ts';
import { SummaError } from '../summa-error.ts';
import type { DerivedMetric } from './derived-metric.ts';
import type { Authorship, ChangeCause, ExplicitEntry, ExplicitValues, SummaryChange } from './explicit-entry.ts';
import { explicitToJson } from './explicit-json.ts';
import { documentAt, overlayDocument } from './overlay-document.ts';
import { areRelated } from './select-metrics.ts';

/** How many explicit values and tombstones a run may have. */
export const MAX_EXPLICIT_VALUES = 10_000;

/** UTF-8 bytes of the stored JSON text of one explicit value. */
export const MAX_EXPLICIT_BYTES: number = 1024 * 1024;

/** UTF-8 bytes of the stored JSON text of all explicit values of a run together. */
export const MAX_EXPLICIT_TOTAL_BYTES: number = 16 * 1024 * 1024;

/** What a change of explicit values starts from. `derived` needs only the metrics at, below and above the key. */
export interface SummaryBasis {
  readonly explicit: ExplicitValues;
  readonly derived: readonly DerivedMetric[];
}

/** Explicit values after a change, and what changed. When nothing did, `explicit` is the same map. */
export interface ExplicitUpdate {
  readonly explicit: ExplicitValues;
  readonly changes: readonly SummaryChange[];
}

/** Which key is changed, by whom, when and as which revision. */
export interface KeyChange extends Authorship {
  readonly key: string;
}

/**
 * Writes a value at a key and replaces everything that stood at or below it. A nested object becomes one entry per leaf
 * (an empty one is a leaf), and tombstones hide the metrics below the key that it does not hold. Null deletes.
 *
 * Throws as `checkKey` does, INVALID_SUMMARY_VALUE for a value over 1 MiB, TOO_MANY_VALUES beyond 10,000 entries or
 * 16 MiB of all together.
 */
export function setExplicit(basis: SummaryBasis, change: KeyChange & { readonly value: JsonValue }): ExplicitUpdate {
  if (change.value === null) return deleteExplicit(basis, change);
  const key = readKey(change.key);
  const leaves = leavesAt(key, change.value);
  const explicit = without(basis.explicit, (entry) => isAtOrBelow(entry.key, key));
  for (const above of ancestorKeys(key)) {
    if (explicit.get(above)?.deleted === false) explicit.delete(above);
  }
  for (const [leafKey, value] of leaves)
    explicit.set(leafKey, entryOf(change, { key: leafKey, deleted: false, value }));
  for (const metric of basis.derived) {
    if (!isAtOrBelow(metric.key, key) || isCovered(metric.key, explicit)) continue;
    explicit.set(metric.key, entryOf(change, { key: metric.key, deleted: true }));
  }
  checkSize(key, change.value, explicit);
  return { explicit, changes: [changeOf(basis, explicit, { ...change, key, cause: 'set' })] };
}

/**
 * Removes what is written at or below a key, and hides what is derived there until it is logged again or cleared. A key
 * that shows nothing is left alone: no change.
 */
export function deleteExplicit(basis: SummaryBasis, change: KeyChange): ExplicitUpdate {
  const key = readKey(change.key);
  const explicit = without(basis.explicit, (entry) => isAtOrBelow(entry.key, key) && !entry.deleted);
  const removed = basis.explicit.size - explicit.size;
  let hidden = 0;
  for (const target of derivedTargets(basis.derived, key)) {
    if (isHiddenAt(target, explicit)) continue;
    explicit.set(target, entryOf(change, { key: target, deleted: true }));
    hidden += 1;
  }
  if (removed + hidden === 0) return { explicit: basis.explicit, changes: [] };
  return { explicit, changes: [changeOf(basis, explicit, { ...change, key, cause: 'delete' })] };
}

/** Removes what is written at or below a key, tombstones too, so that what is derived there shows again. */
export function clearExplicit(basis: SummaryBasis, change: KeyChange): ExplicitUpdate {
  const key = readKey(change.key);
  const explicit = without(basis.explicit, (entry) => isAtOrBelow(entry.key, key));
  const revealed = revealStatistic(explicit, basis.derived, key);
  if (explicit.size === basis.explicit.size && !revealed) return { explicit: basis.explicit, changes: [] };
  return { explicit, changes: [changeOf(basis, explicit, { ...change, key, cause: 'clear' })] };
}

/** Keys that were logged; a `Set` and a `Map` by key are such. */
export interface LoggedKeys {
  has(key: string): boolean;
  keys(): Iterable<string>;
}

/**
 * Removes every explicit entry at or below a logged key, and entries above it: what is logged shows again. `to` of these
 * changes is undefined. Costs nothing when there are no explicit values.
 */
export function supersedeByLog(explicit: ExplicitValues, logged: LoggedKeys, author: Authorship): ExplicitUpdate {
  if (explicit.size === 0) return { explicit, changes: [] };
  const superseded = new Set<string>();
  for (const key of explicit.keys()) {
    if (logged.has(key) || ancestorKeys(key).some((above) => logged.has(above))) superseded.add(key);
  }
  for (const key of logged.keys()) {
    for (const above of ancestorKeys(key)) if (explicit.has(above)) superseded.add(above);
  }
  if (superseded.size === 0) return { explicit, changes: [] };
  const changes = [...superseded].map((key) => supersededChange(explicit, key, author));
  return { explicit: without(explicit, (entry) => superseded.has(entry.key)), changes };
}

function supersededChange(explicit: ExplicitValues, key: string, author: Authorship): SummaryChange {
  const entry = explicit.get(key);
  const from = entry && !entry.deleted ? entry.value : undefined;
  return { ...authorshipOf(author), key, cause: 'log', from, to: undefined };
}

function readKey(key: string): string {
  checkKey(key);
  return normalizeKey(key);
}

function leavesAt(key: string, value: JsonValue): Leaf[] {
  checkKey(key);
  if (isLeaf(value) || !isJsonObject(value)) return [[key, value]];
  const entries = Object.entries(value);
  if (entries.length === 0) return [[key, value]];
  return entries.flatMap(([name, inner]) => leavesAt(`${key}.${formatElement(name)}`, inner));
}

function without(explicit: ExplicitValues, isRemoved: (entry: ExplicitEntry) => boolean): Map<string, ExplicitEntry> {
  return new Map([...explicit].filter(([, entry]) => !isRemoved(entry)));
}

/** Whether an entry replaces or hides what is derived at a key: one at the key, or a value above it. */
function isCovered(key: string, explicit: ExplicitValues): boolean {
  return explicit.has(key) || ancestorKeys(key).some((above) => explicit.has(above));
}

function isHiddenAt(key: string, explicit: ExplicitValues): boolean {
  return [key, ...ancestorKeys(key)].some((at) => explicit.get(at)?.deleted ?? false);
}

/** Where a tombstone hides what is derived at or below a key: at each metric there, or at a statistic of one above. */
function derivedTargets(derived: readonly DerivedMetric[], key: string): string[] {
  const below = derived.filter((metric) => isAtOrBelow(metric.key, key)).map((metric) => metric.key);
  return derived.some((metric) => holdsStatistic(metric, key)) ? [...below, key] : below;
}

function holdsStatistic(metric: DerivedMetric, key: string): boolean {
  if (metric.shown.kind !== 'statistics' || metric.key === key || !isAtOrBelow(key, metric.key)) return false;
  return valueAtPath(metric.shown.value, parseKey(key).slice(parseKey(metric.key).length)) !== undefined;
}

/** Takes one statistic out of a tombstone that hides its whole metric; the other statistics stay hidden. */
function revealStatistic(
  explicit: Map<string, ExplicitEntry>,
  derived: readonly DerivedMetric[],
  key: string,
): boolean {
  const metric = derived.find((candidate) => holdsStatistic(candidate, key));
  const tombstone = metric && explicit.get(metric.key);
  if (metric?.shown.kind !== 'statistics' || !tombstone?.deleted) return false;
  explicit.delete(metric.key);
  for (const statistic of Object.keys(metric.shown.value)) {
    const at = `${metric.key}.${formatElement(statistic)}`;
    if (at !== key && !explicit.has(at)) explicit.set(at, { ...tombstone, key: at });
  }
  return true;
}

function changeOf(
  { explicit, derived }: SummaryBasis,
  after: ExplicitValues,
  change: KeyChange & { readonly cause: ChangeCause },
): SummaryChange {
  const from = shownAt({ explicit, derived }, change.key);
  const to = shownAt({ explicit: after, derived }, change.key);
  return { ...authorshipOf(change), key: change.key, cause: change.cause, from, to };
}

function shownAt({ explicit, derived }: SummaryBasis, key: string): JsonValue | undefined {
  const metrics = derived.filter((metric) => areRelated(metric.key, key));
  const entries = new Map([...explicit].filter(([at]) => areRelated(at, key)));
  return documentAt(overlayDocument(metrics, entries), key);
}

function authorshipOf({ revision, by, at }: Authorship): Authorship {
  return { revision, by, at };
}

function entryOf<Content>(author: Authorship, content: Content): Content & Authorship {
  return { ...content, ...authorshipOf(author) };
}

function checkSize(key: string, value: JsonValue, explicit: ExplicitValues): void {
  if (isLargerThan(value, MAX_EXPLICIT_BYTES)) {
    const message = `the value of ${quoteKey(key)} takes more than ${MAX_EXPLICIT_BYTES} bytes; upload it as a file`;
    throw new SummaError('INVALID_SUMMARY_VALUE', message, [key]);
  }
  if (explicit.size > MAX_EXPLICIT_VALUES) {
    const message = `a summary holds at most ${MAX_EXPLICIT_VALUES} explicit values; write lists, or upload a file`;
    throw new SummaError('TOO_MANY_VALUES', message, [key]);
  }
  if (isLargerThan(explicitToJson(explicit), MAX_EXPLICIT_TOTAL_BYTES)) {
    const message = `a summary holds at most ${MAX_EXPLICIT_TOTAL_BYTES} bytes of explicit values; upload files instead`;
    throw new SummaError('TOO_MANY_VALUES', message, [key]);
  }
}
