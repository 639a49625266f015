import { formatWireJson } from '@summa/core/json/format-json';
import type { JsonValue } from '@summa/core/json/json-value';

/**
 * One line of comma-separated values (RFC 4180), with its line end. Numbers have all their digits, null is empty, an empty
 * text `""`, lists and objects are JSON. Every value comes back as it was: what a spreadsheet takes for a formula is not altered.
 */
export function csvLine(values: readonly JsonValue[]): string {
  return `${values.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: JsonValue): string {
  if (value === null) return '';
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  const text = typeof value === 'string' ? value : formatWireJson(value);
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
