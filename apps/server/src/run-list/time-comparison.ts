import type { Comparison } from './compare-sql.ts';
import type { RunStatement } from './run-statement.ts';

// Postgres reads four-digit years. A run's times lie between these two, and an operand beyond them means what they mean.
const EARLIEST_MS = Date.parse('0001-01-01T00:00:00Z');
const LATEST_MS = Date.parse('9999-12-31T00:00:00Z');

/**
 * The SQL of a comparison of a timestamp of whole milliseconds with seconds since 1970, as float64.
 *
 * A run's time is its milliseconds divided by 1,000, rounded to float64. The operand is turned into the milliseconds at which
 * the answer changes, so that the column stands alone and an index can serve it.
 */
export function timeComparison(statement: RunStatement, column: string, { operator, operand }: Comparison): string {
  const moment = (ms: number) => statement.parameter(isoOf(ms), 'timestamptz');
  if (Array.isArray(operand)) {
    const moments = statement.parameter(operand.flatMap(exactMs).map(isoOf), 'timestamptz[]');
    return operator === 'in' ? `${column} = ANY(${moments})` : `${column} <> ALL(${moments})`;
  }
  const seconds = Number(operand);
  switch (operator) {
    case 'eq':
      return exactMs(seconds).length > 0 ? `${column} = ${moment(firstMsFrom(seconds))}` : 'FALSE';
    case 'ne':
      return exactMs(seconds).length > 0 ? `${column} <> ${moment(firstMsFrom(seconds))}` : `${column} IS NOT NULL`;
    case 'lt':
      return `${column} < ${moment(firstMsFrom(seconds))}`;
    case 'le':
      return `${column} < ${moment(firstMsAfter(seconds))}`;
    case 'ge':
      return `${column} >= ${moment(firstMsFrom(seconds))}`;
    case 'gt':
      return `${column} >= ${moment(firstMsAfter(seconds))}`;
    default:
      return 'FALSE';
  }
}

/** The one millisecond that is this time, or none. */
function exactMs(seconds: unknown): number[] {
  const ms = firstMsFrom(Number(seconds));
  return ms / 1000 === seconds ? [ms] : [];
}

function firstMsFrom(seconds: number): number {
  let ms = msBefore(seconds);
  while (ms / 1000 < seconds && ms < LATEST_MS) ms += 1;
  return ms;
}

function firstMsAfter(seconds: number): number {
  let ms = msBefore(seconds);
  while (ms / 1000 <= seconds && ms < LATEST_MS) ms += 1;
  return ms;
}

/** A millisecond shortly before a time; multiplying by 1,000 rounds, so the exact one is looked for from here. */
function msBefore(seconds: number): number {
  return Math.min(Math.max(Math.floor(seconds * 1000) - 2, EARLIEST_MS), LATEST_MS);
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
