import { isJsonObject, type JsonValue } from '@summa/core/json/json-value';

/** Equal as values: NaN is NaN, 0 is -0, and a whole number is the same with and without a fraction. */
export function isSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (typeof a === 'number' || typeof b === 'number') return isSameNumber(a, b);
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => isSame(item, b[i]));
  if (isJsonObject(a) && isJsonObject(b)) {
    const names = Object.keys(a);
    return names.length === Object.keys(b).length && names.every((name) => isSame(a[name], b[name]));
  }
  return a === b;
}

function isSameNumber(a: JsonValue, b: JsonValue): boolean {
  if (typeof a !== 'number' && typeof a !== 'bigint') return false;
  if (typeof b !== 'number' && typeof b !== 'bigint') return false;
  return Number(a) === Number(b) || (Number.isNaN(a) && Number.isNaN(b));
}

/** Equal, or numbers that differ by what rounding may do. */
export function isNear(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (isSame(a, b)) return true;
  const [x, y] = [a, b].map((value) =>
    typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN,
  ) as [number, number];
  return Math.abs(x - y) <= 1e-9 * Math.max(Math.abs(x), Math.abs(y));
}
