import { formatWireJson } from '@summa/core/json/format-json';
import type { JsonValue } from '@summa/core/json/json-value';
import { parseJson } from '@summa/core/json/parse-json';
import { rejectNul } from './reject-nul.ts';

const NUL_ESCAPE = '\\u0000';

/**
 * Reads the body of a GraphQL request without loss: whole numbers beyond 2^53 are bigints.
 *
 * @throws SummaError INVALID_JSON, NESTING_TOO_DEEP; ServerError INVALID_INPUT when a text holds the character NUL
 */
export function parseRequestBody(text: string): JsonValue {
  const body = parseJson(text);
  if (text.includes(NUL_ESCAPE)) rejectNul(body);
  return body;
}

/** Sixteen digits that begin a number's whole part: perhaps a float64 beyond 2^53, or digits inside a text. */
const LONG_WHOLE_NUMBER = /[:,[]-?\d{16}/;

/**
 * The text of a GraphQL answer: bigints as their digits, float64s beyond 2^53 with an exponent, so that a reader can tell
 * them apart. As fast as `JSON.stringify` where there is neither.
 */
export function formatAnswer(answer: object): string {
  try {
    const text = JSON.stringify(answer);
    return LONG_WHOLE_NUMBER.test(text) ? formatExactly(answer) : text;
  } catch (error) {
    // Only a bigint stops JSON.stringify here.
    if (!(error instanceof TypeError)) throw error;
    return formatExactly(answer);
  }
}

/** What JSON.stringify drops, undefined, is dropped first; all else in an answer is JSON. */
function formatExactly(answer: object): string {
  return formatWireJson(withoutUndefined(answer) as JsonValue);
}

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [key, withoutUndefined(inner)]),
  );
}
