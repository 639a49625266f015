import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { isJsonObject } from '../json/json-value.ts';
import { checkKey, DEFAULT_KEY_LIMITS, type KeyLimits } from './check-key.ts';
import { formatElement } from './key-path.ts';

type ErrorPath = readonly (string | number)[];

/** One leaf of a nested object: its key text and its value. */
export type Leaf = readonly [key: string, value: JsonValue];

/** Whether a value stays whole under its key: anything but an object, and an object with its own `_type`. */
export function isLeaf(value: JsonValue): boolean {
  return !isJsonObject(value) || Object.hasOwn(value, '_type');
}

/**
 * The leaves of an object's nested values in their order: plain objects are taken apart, lists and objects with
 * `_type` stay whole, null is a leaf, and an empty object has none.
 *
 * Throws as `checkKey` does, with the path of the bad key behind `path`.
 */
export function flattenValues(
  values: JsonObject,
  limits: KeyLimits = DEFAULT_KEY_LIMITS,
  path: ErrorPath = [],
): Leaf[] {
  const leaves: Leaf[] = [];
  const walk = (object: JsonObject, prefix: string, at: ErrorPath): void => {
    for (const [name, value] of Object.entries(object)) {
      const key = prefix + formatElement(name);
      const below = [...at, name];
      checkKey(key, below, limits);
      if (isLeaf(value)) leaves.push([key, value]);
      else if (isJsonObject(value)) walk(value, `${key}.`, below);
    }
  };
  walk(values, '', path);
  return leaves;
}
