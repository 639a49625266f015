import { fromWire } from '@summa/core/json/wire-json';
import { clientError } from '../error-families.ts';
import { type RunFilter, type RunOrder, RunsTableDocument } from '../generated/graphql.ts';
import type { Execute } from '../transport/execute.ts';
import { type Page, type ReadOptions, readPages } from './read-pages.ts';
import { projectNotFound } from './read-runs.ts';
import { type RunTable, type SummaryColumn, type TableColumns, type TablePage, tableOf } from './run-table.ts';

/** Which runs a table has, and which columns. */
export interface TableOptions<
  Config extends readonly string[] = readonly string[],
  Summary extends readonly SummaryColumn[] = readonly SummaryColumn[],
> extends ReadOptions {
  readonly entity: string;
  readonly project: string;
  readonly filter?: RunFilter | undefined;
  /** Newest first when left out. */
  readonly orderBy?: readonly RunOrder[] | undefined;
  /** Keys of the config. */
  readonly config?: Config;
  /** Keys of the summary, or `{ key, statistic }`; with the config's at most 250. */
  readonly summary?: Summary;
  /** Runs in one request, 1 to 1,000 (the default). */
  readonly pageSize?: number;
}

/** All runs that match with these columns, one request a page; throws PROJECT_NOT_FOUND. */
export async function readTable<
  const Config extends readonly string[] = readonly [],
  const Summary extends readonly SummaryColumn[] = readonly [],
>(execute: Execute, options: TableOptions<Config, Summary>): Promise<RunTable<Config, Summary>> {
  const columns = toColumns(options);
  const pages: TablePage[] = [];
  const load = (after: string | null, signal: AbortSignal) => loadPage(execute, { options, columns, after }, signal);
  for await (const page of readPages(load, options)) pages.push(page);
  // `toColumns` made the columns from exactly these keys.
  return tableOf(columns, pages) as RunTable<Config, Summary>;
}

interface TableAsk {
  readonly options: TableOptions;
  readonly columns: TableColumns;
  readonly after: string | null;
}

async function loadPage(execute: Execute, ask: TableAsk, signal: AbortSignal): Promise<Page<TablePage>> {
  const { entity, project: name, filter, orderBy, pageSize } = ask.options;
  const { config, summary } = ask.columns;
  const path = { entity, project: name };
  const page = { filter, orderBy: orderBy && [...orderBy], first: pageSize ?? 1_000, after: ask.after };
  const variables = { ...path, ...page, config: [...config], summary: [...summary] };
  const { project } = await execute(RunsTableDocument, variables, { signal });
  if (project === null) throw projectNotFound(path);
  const { nodes, columns, pageInfo } = project.runs;
  const item = { runs: nodes, columns: columns.map(({ values }) => values.map((value) => fromWire(value))) };
  return { items: [item], after: pageInfo.hasNextPage ? pageInfo.endCursor : null };
}

function toColumns({ config = [], summary = [] }: TableOptions): TableColumns {
  const statistics = summary.map((column) =>
    typeof column === 'string' ? { key: column, statistic: 'VALUE' as const } : column,
  );
  const columns = { config, summary: statistics };
  for (const names of [config, statistics.map(({ key, statistic }) => `${statistic}(${key})`)]) {
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) throw clientError('INVALID_OPTION', `column ${twice} is asked for twice; name it once`);
  }
  return columns;
}
