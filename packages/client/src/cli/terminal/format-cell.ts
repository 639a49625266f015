import { formatWireJson } from '@summa/core/json/format-json';
import type { JsonValue } from '@summa/core/json/json-value';
import { printable } from './text-width.ts';

const DIGITS = 5;
const MOST_WHOLE_DIGITS = 1e12;

/** A value as people read it in a table: numbers with five significant digits, lists and objects as JSON, nothing for null. */
export function formatCell(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return formatNumber(value);
  return printable(typeof value === 'string' ? value : formatWireJson(value));
}

/** A number with five significant digits: `0.97778`, `1.2043e-5`; whole numbers are whole up to 10^12. */
export function formatNumber(number: number): string {
  if (Number.isInteger(number) && Math.abs(number) < MOST_WHOLE_DIGITS) return String(number === 0 ? 0 : number);
  if (!Number.isFinite(number)) return String(number);
  const size = Math.abs(number);
  if (size < 1e-3 || size >= MOST_WHOLE_DIGITS)
    return withoutZeros(number.toExponential(DIGITS - 1)).replace('e+', 'e');
  // Digits before the point are never rounded away.
  const digits = Math.max(DIGITS, Math.floor(Math.log10(size)) + 1);
  return String(Number(number.toPrecision(digits)));
}

/** A time of the API in the local time zone to the minute: `2026-03-01 14:05`; nothing for null. */
export function formatTime(time: string | null): string {
  if (time === null) return '';
  const date = new Date(time);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

function withoutZeros(text: string): string {
  return text.replace(/(\.\d*?)0+(?=e|$)/, '$1').replace(/\.(?=e|$)/, '');
}
