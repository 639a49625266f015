import { formatJson } from './format-json.ts';
import type { JsonValue } from './json-value.ts';
import { utf8Length } from './utf8.ts';

// The longest text of a float64 is 25 characters: -1.2345678901234567e-300 and a comma.
const LONGEST_NUMBER = 25;
// The longest escape of one UTF-16 unit is \uXXXX; two quotes and a comma or colon go around a string.
const LONGEST_ESCAPE = 6;
const STRING_FRAME = 3;

/** Whether the stored JSON text of a value takes more than `limit` bytes of UTF-8; cheap for values far below it. */
export function isLargerThan(value: JsonValue, limit: number): boolean {
  return upperBound(value) > limit && utf8Length(formatJson(value)) > limit;
}

function upperBound(value: JsonValue): number {
  if (typeof value === 'string') return value.length * LONGEST_ESCAPE + STRING_FRAME;
  if (typeof value === 'bigint') return value.toString().length + 1;
  if (typeof value !== 'object' || value === null) return LONGEST_NUMBER;
  let bytes = STRING_FRAME;
  if (Array.isArray(value)) {
    for (const inner of value) bytes += upperBound(inner);
    return bytes;
  }
  for (const [key, inner] of Object.entries(value)) bytes += upperBound(key) + upperBound(inner);
  return bytes;
}
