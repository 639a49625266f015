import { SummaError } from '../summa-error.ts';
import { MAX_JSON_DEPTH } from './json-limits.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json-value.ts';

/**
 * Sixteen digits that begin a number's whole part: it may be beyond 2^53. A match inside a string only costs speed, and so does
 * one of the tokens that JSON lacks.
 */
const LONG_WHOLE_NUMBER = /(?<![\d.])\d{16}/;

/**
 * Whether `JSON.parse`, which made `value` of `text`, may have rounded a whole number beyond ±(2^53-1): then only `parseJson` knows
 * it. Throws NESTING_TOO_DEEP beyond 64 levels.
 */
export function mayBeRounded(value: JsonValue, text: string): boolean {
  // Searching the text for long numbers takes as long as reading it, looking at the numbers a tenth of that.
  return isBeyondSafe(value, MAX_JSON_DEPTH) && LONG_WHOLE_NUMBER.test(text);
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
