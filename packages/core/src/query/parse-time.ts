import { type QueryInput, refuse, show } from './query-input.ts';

const DATE = /^\d{4}-\d\d-\d\d$/;
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * Reads a time as seconds since 1970: a number of seconds, or ISO 8601 text to the millisecond, with a time zone or as a
 * date alone (midnight UTC).
 */
export function parseTime(input: QueryInput): number {
  const { value } = input;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const seconds = typeof value === 'string' ? secondsOf(value) : Number.NaN;
  if (Number.isNaN(seconds)) throw refuse(input, `${show(value)} is not a time such as 2026-03-01T12:00:00Z`);
  return seconds;
}

function secondsOf(text: string): number {
  if (!DATE.test(text) && !DATE_TIME.test(text)) return Number.NaN;
  // Date.parse takes 30 February for 2 March.
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text.slice(0, 10)) return Number.NaN;
  return Date.parse(text) / 1000;
}
