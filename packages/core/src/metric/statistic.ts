import { SummaError } from '../summa-error.ts';

/** The statistics that a definition may ask for by a plain name, in the order in which a summary shows them. */
export const STATISTIC_NAMES = [
  'min',
  'max',
  'mean',
  'best',
  'last',
  'first',
  'count',
  'sum',
  'variance',
  'stddev',
  'median',
] as const;

/** A percentile by its number, `p5` to `p99.9`, without needless zeros. */
export type Percentile = `p${number}`;

/** A number or value folded from a metric's values, as it is named in a summary. */
export type Statistic = (typeof STATISTIC_NAMES)[number] | Percentile;

/** What a definition may ask for: statistics, `copy` (the last value as it is), or `none` (leave the metric out). */
export type SummaryOption = Statistic | 'copy' | 'none';

/** Which way is better. */
export type Goal = 'minimize' | 'maximize';

const OPTIONS: ReadonlySet<string> = new Set([...STATISTIC_NAMES, 'copy', 'none']);
const PERCENTILE = /^p(\d{1,3}(?:\.\d{1,6})?)$/;

/** What one name stands for, in any case and with spaces around it; undefined when it is no statistic. */
export function parseStatistic(name: string): SummaryOption | undefined {
  const lowered = name.trim().toLowerCase();
  // The set holds exactly these names.
  if (OPTIONS.has(lowered)) return lowered as SummaryOption;
  const percent = Number(PERCENTILE.exec(lowered)?.[1] ?? Number.NaN);
  return percent <= 100 ? `p${percent}` : undefined;
}

/**
 * Reads a list of statistics: a comma list or an array of comma lists, each name once, in the order given.
 *
 * Blank text and an empty array are no statistics. Throws INVALID_DEFINITION that names every unknown one.
 */
export function parseStatistics(given: string | readonly string[]): SummaryOption[] {
  const lists = typeof given === 'string' ? [given] : given;
  const names = lists.filter((list) => list.trim() !== '').flatMap((list) => list.split(','));
  const unknown = names.filter((name) => parseStatistic(name) === undefined);
  if (unknown.length > 0) throw unknownStatistics(unknown);
  return [...new Set(names.map(parseStatistic).filter((option) => option !== undefined))];
}

/** The quantile that a statistic asks for, 0 to 1 (`median` is 0.5); undefined when it is none. */
export function quantileOf(statistic: SummaryOption): number | undefined {
  if (statistic === 'median') return 0.5;
  const percent = PERCENTILE.exec(statistic)?.[1];
  // Dividing 99.9 by 100 would give 0.9990000000000001.
  return percent === undefined ? undefined : Number(`${percent}e-2`);
}

/** Compares statistics by the order in which a summary shows them; percentiles come last, ascending. */
export function compareStatistics(a: Statistic, b: Statistic): number {
  return rank(a) - rank(b);
}

function rank(statistic: Statistic): number {
  const position = (STATISTIC_NAMES as readonly string[]).indexOf(statistic);
  return position === -1 ? STATISTIC_NAMES.length + (quantileOf(statistic) ?? 0) : position;
}

function unknownStatistics(unknown: readonly string[]): SummaError {
  const shown = unknown.map((name) => JSON.stringify(name.trim().slice(0, 40))).join(', ');
  const known = [...OPTIONS].join(', ');
  return new SummaError('INVALID_DEFINITION', `unknown statistic ${shown}; use ${known}, or p0 to p100`, ['summary']);
}
