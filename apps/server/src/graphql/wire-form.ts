import type { JsonObject, JsonValue } from '@summa/core/json/json-value';
import { toWire } from '@summa/core/json/wire-json';

const kept = new WeakMap<object, unknown>();

/** Prepares an object that will be answered again and again, and never changes: it need not be walked through each time. */
export function keepWireForm(value: JsonObject): void {
  kept.set(value, toWire(value));
}

/** A value as an answer has it; see `toWire`. */
export function wireFormOf(value: JsonValue): unknown {
  if (typeof value !== 'object' || value === null) return toWire(value);
  return kept.get(value) ?? toWire(value);
}
