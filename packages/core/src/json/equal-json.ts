import { isJsonObject, type JsonValue } from './json-value.ts';

/**
 * Whether two values are the same JSON: NaN equals NaN, 0 and -0 differ (their stored texts do), a number never equals
 * a bigint, and the order of an object's keys does not matter.
 */
export function equalJson(a: JsonValue, b: JsonValue): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) return Array.isArray(b) && equalLists(a, b);
  return isJsonObject(a) && isJsonObject(b) && equalObjects(a, b);
}

function equalLists(a: readonly JsonValue[], b: readonly JsonValue[]): boolean {
  return a.length === b.length && a.every((inner, i) => equalJson(inner, b[i] ?? null));
}

function equalObjects(a: { readonly [key: string]: JsonValue }, b: { readonly [key: string]: JsonValue }): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && equalJson(a[key] ?? null, b[key] ?? null));
}
