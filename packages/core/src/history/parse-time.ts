import { SummaError } from '../summa-error.ts';

const ISO_8601 = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;
/** The first second of the year 10000. */
const END_OF_TIME = 253_402_300_800;

/**
 * Reads the time of a row as seconds since 1970: a number of seconds, or an ISO 8601 text with an offset, whose
 * fraction of a second is kept to the last digit that a float64 holds.
 *
 * Throws INVALID_ROW at `path` for anything else, and outside the years 1970 to 9999 (milliseconds end up there).
 */
export function parseTime(value: unknown, path: readonly (string | number)[]): number {
  const seconds = typeof value === 'string' ? parseIsoTime(value) : value;
  if (typeof seconds === 'number' && isTime(seconds)) return seconds;
  const message =
    `timestamp ${showTime(value)} is not a time between 1970 and 9999; ` +
    'give seconds since 1970, or ISO 8601 text with an offset such as 2026-05-01T12:00:00.5Z';
  throw new SummaError('INVALID_ROW', message, path);
}

/** Whether a number of seconds since 1970 is a time that a row may have: one before the year 10000. */
export function isTime(seconds: number): boolean {
  return seconds >= 0 && seconds < END_OF_TIME;
}

function parseIsoTime(text: string): number {
  // Without this, Date.parse would guess: V8 reads almost any text with a number or a colon as some date.
  if (!ISO_8601.test(text)) return Number.NaN;
  const [, date = '', minutes, seconds = ':00', fraction = '', offset = ''] = ISO_8601.exec(text) ?? [];
  const milliseconds = Date.parse(`${date}T${minutes}${seconds}${offset.toUpperCase()}`);
  if (Number.isNaN(milliseconds) || !isCalendarDay(date)) return Number.NaN;
  return milliseconds / 1000 + Number(`0${fraction}`);
}

/** `Date.parse` takes the 30th of February for the 2nd of March. */
function isCalendarDay(date: string): boolean {
  return new Date(`${date}T00:00:00Z`).toISOString().startsWith(date);
}

function showTime(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : String(value);
}
