import { SummaError } from '../summa-error.ts';
import { MAX_JSON_DEPTH } from './json-limits.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json-value.ts';
import { readLosslessJson } from './lossless-reader.ts';

/**
 * Sixteen digits that begin a number's whole part: it may be beyond 2^53. A match inside a string only costs speed, and so does
 * one of the tokens that JSON lacks.
 */
const LONG_WHOLE_NUMBER = /(?<![\d.])\d{16}/;

/**
 * Reads JSON text without loss: the bare tokens `NaN`, `Infinity` and `-Infinity` are numbers, and a whole number
 * beyond ±(2^53-1) that is written without fraction and exponent is a `bigint`.
 *
 * `__proto__` is an ordinary key, and of equal keys the last wins. A number too large for a float64 is ±Infinity, as
 * with `JSON.parse`. Throws INVALID_JSON (naming the position) or NESTING_TOO_DEEP (beyond 64 levels).
 */
export function parseJson(text: string): JsonValue {
  if (text.includes('NaN') || text.includes('Infinity')) return readLosslessJson(text);
  const value = parseStrictJson(text);
  // Searching the text for long numbers takes as long as reading it, looking at the numbers a tenth of that.
  return isBeyondSafe(value, MAX_JSON_DEPTH) && LONG_WHOLE_NUMBER.test(text) ? readLosslessJson(text) : value;
}

/** The JSON object that a text holds, read as by `parseJson`; null when it is no JSON, or something else. */
export function parseJsonObject(text: string): JsonObject | null {
  try {
    const value = parseJson(text);
    return isJsonObject(value) ? value : null;
  } catch (error) {
    if (error instanceof SummaError) return null;
    throw error;
  }
}

/**
 * Reads strict JSON text as `JSON.parse` does, whole numbers beyond 2^53 rounded: for texts whose numbers are small and few, twice as
 * fast as `parseJson`. Throws INVALID_JSON.
 */
export function parseStrictJson(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SummaError('INVALID_JSON', `not valid JSON: ${reason}`, [], { cause });
  }
}

/**
 * Whether a number in a value is beyond ±(2^53-1). Throws NESTING_TOO_DEEP when more than `levels` lists and objects stand inside
 * one another.
 */
function isBeyondSafe(value: JsonValue, levels: number): boolean {
  if (typeof value === 'number') return value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER;
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) {
    throw new SummaError('NESTING_TOO_DEEP', `JSON is nested deeper than ${MAX_JSON_DEPTH} levels; flatten it`);
  }
  return isJsonObject(value) ? isObjectBeyondSafe(value, levels - 1) : isListBeyondSafe(value, levels - 1);
}

function isListBeyondSafe(list: readonly JsonValue[], levels: number): boolean {
  let found = false;
  for (const inner of list) found = isBeyondSafe(inner, levels) || found;
  return found;
}

function isObjectBeyondSafe(object: JsonObject, levels: number): boolean {
  let found = false;
  // What JSON.parse made has no properties but its own; this takes half as long as a list of them.
  for (const name in object) found = isBeyondSafe(object[name] ?? null, levels) || found;
  return found;
}
