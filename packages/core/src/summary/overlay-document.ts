import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { ancestorKeys, formatElement, parseKey } from '../key/key-path.ts';
import { type OpenObject, putAt, valueAtPath } from '../key/nest-values.ts';
import type { DerivedMetric } from './derived-metric.ts';
import type { ExplicitValues } from './explicit-entry.ts';
import { hideReplaced } from './hide-replaced.ts';

/**
 * The document of derived metrics with explicit values laid over it.
 *
 * An explicit value replaces what is derived at its path, below it, and a scalar above it; a tombstone takes away what
 * is derived at its path and below.
 */
export function overlayDocument(metrics: readonly DerivedMetric[], explicit: ExplicitValues): JsonObject {
  const document: OpenObject = {};
  for (const metric of hideReplaced(metrics)) putMetric(document, metric, explicit);
  for (const entry of explicit.values()) {
    if (!entry.deleted) putAt(document, parseKey(entry.key), entry.value);
  }
  return document;
}

/** What a document shows at a key: a value, a nested object, or undefined. */
export function documentAt(document: JsonObject, key: string): JsonValue | undefined {
  return valueAtPath(document, parseKey(key));
}

function putMetric(document: OpenObject, { key, shown }: DerivedMetric, explicit: ExplicitValues): void {
  if (shown.kind === 'absent' || isHidden(key, explicit)) return;
  if (shown.kind === 'value') {
    putAt(document, parseKey(key), shown.value);
    return;
  }
  const path = parseKey(key);
  for (const [statistic, value] of Object.entries(shown.value)) {
    if (!isDeleted(explicit, `${key}.${formatElement(statistic)}`)) putAt(document, [...path, statistic], value);
  }
}

function isHidden(key: string, explicit: ExplicitValues): boolean {
  return explicit.size > 0 && [key, ...ancestorKeys(key)].some((at) => isDeleted(explicit, at));
}

function isDeleted(explicit: ExplicitValues, key: string): boolean {
  return explicit.get(key)?.deleted ?? false;
}
