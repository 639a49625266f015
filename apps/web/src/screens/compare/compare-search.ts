import type { Statistic } from '@summa/client';

/** How many runs stand beside each other at most. */
export const MOST_COMPARED = 20;
/** How many charts are drawn at most. */
export const MOST_CHARTS = 12;

/** What of the comparison is seen: all of it is in the address. */
export interface CompareSearch {
  /** The names of the runs, in the order of the columns. */
  readonly runs?: readonly string[];
  /** Only rows in which the runs differ. */
  readonly diff?: true;
  /** Only rows whose key contains this. */
  readonly q?: string;
  /** The statistic that a row of the summary shows instead of its own, by the id of the row. */
  readonly stats?: Readonly<Record<string, Statistic>>;
  /** The keys of the metrics that are drawn. */
  readonly charts?: readonly string[];
}

/** The statistics to choose from, with their words. */
export const STATISTICS: readonly (readonly [Statistic, string])[] = [
  ['LAST', 'last'],
  ['MIN', 'min'],
  ['MAX', 'max'],
  ['MEAN', 'mean'],
  ['BEST', 'best'],
  ['FIRST', 'first'],
  ['COUNT', 'count'],
  ['SUM', 'sum'],
  ['STDDEV', 'stddev'],
  ['VARIANCE', 'variance'],
  ['NAN_COUNT', 'NaN count'],
];
const KNOWN = new Set<unknown>(STATISTICS.map(([statistic]) => statistic));

/** Reads the address; what makes no sense in it is left out. Runs and charts may also be written with commas between. */
export function parseCompareSearch(search: Readonly<Record<string, unknown>>): CompareSearch {
  const runs = textsOf(search.runs, MOST_COMPARED);
  const charts = textsOf(search.charts, MOST_CHARTS);
  const stats = statisticsOf(search.stats);
  return {
    ...(runs.length > 0 && { runs }),
    ...(search.diff === true && { diff: true }),
    ...(typeof search.q === 'string' && search.q !== '' && { q: search.q }),
    ...(Object.keys(stats).length > 0 && { stats }),
    ...(charts.length > 0 && { charts }),
  };
}

function textsOf(given: unknown, most: number): string[] {
  // A name that is a number is read as one.
  const list = typeof given === 'number' ? [given] : typeof given === 'string' ? given.split(',') : given;
  if (!Array.isArray(list)) return [];
  const texts = list.filter((each) => typeof each === 'number' || typeof each === 'string').map(String);
  return [...new Set(texts.filter((text) => text !== ''))].slice(0, most);
}

function statisticsOf(given: unknown): Record<string, Statistic> {
  if (typeof given !== 'object' || given === null) return {};
  const known = Object.entries(given).filter((entry): entry is [string, Statistic] => KNOWN.has(entry[1]));
  return Object.fromEntries(known.slice(0, 200));
}
