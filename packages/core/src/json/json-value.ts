/**
 * Any JSON value, and the numbers that JSON lacks: NaN, ±Infinity, and whole numbers beyond ±(2^53-1) as `bigint`.
 *
 * A whole number within ±(2^53-1) is always a `number`, never a `bigint`.
 */
export type JsonValue = null | boolean | number | bigint | string | readonly JsonValue[] | JsonObject;

/** A JSON object; its keys keep the order that a JavaScript object keeps. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** Whether a value is a JSON object: not null, not a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
