import { formatJson } from '@summa/core/json/format-json';
import { parseJson } from '@summa/core/json/parse-json';
import { type ExplicitValues, NO_EXPLICIT_VALUES } from '@summa/core/summary/explicit-entry';
import { explicitFromJson, explicitToJson } from '@summa/core/summary/explicit-json';

/** The stored JSON text of explicit values. */
export function formatExplicitValues(explicit: ExplicitValues): string {
  return formatJson(explicitToJson(explicit));
}

/** Explicit values from their stored JSON text; CORRUPT_DATA when it is none. */
export function parseExplicitValues(text: string): ExplicitValues {
  return text === '[]' ? NO_EXPLICIT_VALUES : explicitFromJson(parseJson(text));
}
