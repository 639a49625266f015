import { formatWireJson } from './format-json.ts';
import type { JsonValue } from './json-value.ts';
import { numberText } from './number-text.ts';

/** How RFC 4180 ends a line. */
export const CSV_LINE_END = '\r\n';

const SPECIAL = /[",\r\n]/;

/**
 * A text as a cell of CSV by RFC 4180, exactly as it is. A program that takes a cell for a formula because it begins with `=` is not
 * kept from doing so: these are data, not a sheet.
 */
export function csvText(text: string): string {
  return text === '' || SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A value as a cell: numbers as in JSON, but NaN and ±Infinity bare; text as it is; anything else as JSON. Missing is empty. */
export function csvCell(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return csvNumber(value);
  return csvText(typeof value === 'string' ? value : formatWireJson(value));
}

/** A number as a cell. */
export function csvNumber(number: number): string {
  return Number.isFinite(number) ? numberText(number) : String(number);
}
