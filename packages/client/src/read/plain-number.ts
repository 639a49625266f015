import type { JsonValue } from '@summa/core/json/json-value';

/** The value, a whole number beyond 2^53 as the nearest number, so that a key of numbers has numbers only. */
export function plainNumber(value: JsonValue | null): Exclude<JsonValue, bigint> | null {
  return typeof value === 'bigint' ? Number(value) : value;
}
