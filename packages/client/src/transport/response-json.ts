import { parseJson } from '@summa/core/json/parse-json';
import { SummaError } from '@summa/core/summa-error';

/**
 * The value of an answer's text, whole numbers beyond 2^53 as bigints; undefined when the text is not JSON.
 *
 * An answer nested deeper than core reads (its envelope adds levels to a document) is read without bigints.
 */
export function parseResponse(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof SummaError && error.code === 'NESTING_TOO_DEEP') return JSON.parse(text);
    return undefined;
  }
}
