import { SummaError } from '../summa-error.ts';
import { MAX_JSON_DEPTH } from './json-limits.ts';
import type { JsonValue } from './json-value.ts';
import { readLosslessJson } from './lossless-reader.ts';

// Either a token that JSON lacks, or a run of 16 digits that does not stand behind a decimal point (it may be beyond
// 2^53). A match inside a string only costs speed.
const NEEDS_LOSSLESS_READER = /NaN|Infinity|(?<![\d.])\d{16}/;

/**
 * Reads JSON text without loss: the bare tokens `NaN`, `Infinity` and `-Infinity` are numbers, and a whole number
 * beyond ±(2^53-1) that is written without fraction and exponent is a `bigint`.
 *
 * `__proto__` is an ordinary key, and of equal keys the last wins. A number too large for a float64 is ±Infinity, as
 * with `JSON.parse`. Throws INVALID_JSON (naming the position) or NESTING_TOO_DEEP (beyond 64 levels).
 */
export function parseJson(text: string): JsonValue {
  if (NEEDS_LOSSLESS_READER.test(text)) return readLosslessJson(text);
  const value = parseStrictJson(text);
  checkDepth(value, MAX_JSON_DEPTH);
  return value;
}

function parseStrictJson(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SummaError('INVALID_JSON', `not valid JSON: ${reason}`, [], { cause });
  }
}

/** Throws NESTING_TOO_DEEP when more than `levels` lists and objects stand inside one another. */
function checkDepth(value: JsonValue, levels: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (levels === 0) {
    throw new SummaError('NESTING_TOO_DEEP', `JSON is nested deeper than ${MAX_JSON_DEPTH} levels; flatten it`);
  }
  for (const inner of Array.isArray(value) ? value : Object.values(value)) checkDepth(inner, levels - 1);
}
