import { UsageError } from '../command-error.ts';
import type { CommandArguments } from '../frame/command.ts';
import { serverOptions } from '../server-options.ts';
import { type FilterText, parseFilterText } from './parse-filter-text.ts';
import { parseNames, parseOrderText, type WrittenName, type WrittenOrder } from './parse-names.ts';

/** The options of `summa runs`. */
export const runsOptions = {
  filter: {
    type: 'string',
    short: 'f',
    multiple: true,
    value: '<filter>',
    summary: 'only runs that match; several must all match',
  },
  sort: {
    type: 'string',
    short: 's',
    multiple: true,
    value: '<names>',
    summary: 'by these, a minus in front for the greatest first (default: -createdAt)',
  },
  columns: { type: 'string', short: 'c', multiple: true, value: '<names>', summary: 'what to show of each run' },
  limit: {
    type: 'string',
    short: 'n',
    value: '<number>',
    summary: 'at most this many (default: 50 in a table, else all)',
  },
  json: { type: 'boolean', summary: 'a JSON list; without --columns with the whole config and summary of each run' },
  csv: { type: 'boolean', summary: 'comma-separated values' },
  ...serverOptions,
} as const;

/** What `summa runs` was asked for. */
export interface RunsAsk {
  readonly path: string;
  readonly filter: FilterText | null;
  readonly orders: readonly WrittenOrder[];
  readonly columns: readonly WrittenName[];
  readonly limit: number | null;
  readonly format: 'table' | 'json' | 'csv';
}

/** Reads the arguments; throws `UsageError` that names the one which is wrong, and its place in a filter. */
export function parseRunsArguments({
  options: given,
  operands: [path = ''],
}: CommandArguments<typeof runsOptions>): RunsAsk {
  if (given.json && given.csv) throw new UsageError('give either --json or --csv');
  const filters = given.filter.map(parseFilterText);
  return {
    path,
    filter: filters.length === 0 ? null : { and: filters },
    orders: given.sort.flatMap(parseOrderText),
    columns: given.columns.flatMap(parseNames),
    limit: parseLimit(given.limit),
    format: given.json ? 'json' : given.csv ? 'csv' : 'table',
  };
}

function parseLimit(text: string | undefined): number | null {
  if (text === undefined) return null;
  const limit = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(limit) && limit > 0) return limit;
  throw new UsageError(`--limit is ${JSON.stringify(text)}; give a whole number from 1 on`);
}
