import { CSV_LINE_END, csvCell } from '@summa/core/json/csv-text';
import type { JsonValue } from '@summa/core/json/json-value';

/** One line of comma-separated values (RFC 4180), with its line end, as the server's exports write them: null is empty, an empty text `""`. */
export function csvLine(values: readonly JsonValue[]): string {
  return `${values.map(csvCell).join(',')}${CSV_LINE_END}`;
}
