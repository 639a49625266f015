import { parseTime } from '../history/parse-time.ts';
import { SummaError } from '../summa-error.ts';
import { type QueryInput, refuse, show } from './query-input.ts';

const DATE = /^\d{4}-\d\d-\d\d$/;

/**
 * Reads a time as seconds since 1970: what the time of a row may be (a number of seconds, ISO 8601 text with an offset),
 * or a date alone, which is its midnight in UTC.
 */
export function parseTimeOperand(input: QueryInput): number {
  const { value, path } = input;
  try {
    return parseTime(typeof value === 'string' && DATE.test(value) ? `${value}T00:00:00Z` : value, path);
  } catch (error) {
    if (!(error instanceof SummaError)) throw error;
    throw refuse(input, `${show(value)} is not a time such as 2026-03-01T12:00:00Z or 2026-03-01`);
  }
}
