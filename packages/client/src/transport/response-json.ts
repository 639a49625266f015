import { mayBeRounded } from '@summa/core/json/beyond-safe';

/**
 * The value of an answer's text, whole numbers beyond 2^53 as bigints; undefined when the text is not JSON.
 *
 * An answer nested deeper than core reads (its envelope adds levels to a document) is read without bigints. The reader of long
 * numbers is loaded when the first of them comes: few programs ever need it.
 */
export async function parseResponse(text: string): Promise<unknown> {
  const { value, rounded } = parseRounded(text);
  if (!rounded) return value;
  const { parseJson } = await import('@summa/core/json/parse-json');
  return parseJson(text);
}

function parseRounded(text: string) {
  let value: ReturnType<typeof JSON.parse>;
  try {
    value = JSON.parse(text);
    return { value, rounded: mayBeRounded(value, text) };
  } catch {
    return { value, rounded: false };
  }
}
