import type { JsonValue } from '@summa/client';
import { found } from '../../api/failure.ts';
import { execute } from '../../api/query.ts';
import { csvLine } from '../../format/csv-line.ts';
import { RunsPageDocument } from '../../generated/graphql.ts';
import type { Column } from './column.ts';
import { csvLines } from './csv-text.ts';
import type { RunLine, RunListing } from './run-pages.ts';
import { shownColumn } from './runs-view.ts';
import { type ValueColumn, valueArguments, valueColumns } from './value-columns.ts';

export interface CsvAsked {
  readonly listing: RunListing;
  readonly columns: readonly Column[];
  readonly labelOf: (column: Column) => string;
  readonly onProgress: (runs: number, of: number) => void;
  readonly signal: AbortSignal;
}

const PAGE = 500;
const COLUMNS_AT_ONCE = 200;

/** All runs of a list as a file of comma-separated values, fetched page by page. */
export async function runsCsv({ listing, columns, labelOf, onProgress, signal }: CsvAsked): Promise<Blob> {
  const parts = [
    csvLine(columns.map((column) => (column.kind === 'config' ? `config.${column.key}` : labelOf(column)))),
  ];
  const values = valueColumns(columns.map((column) => shownColumn(column)));
  let after: string | null = null;
  for (let done = 0; ; ) {
    const page: CsvPage = await readPage({ listing, after, values, signal });
    parts.push(csvLines(page.runs, columns, (id, at) => page.values.get(id)?.[at]));
    done += page.runs.length;
    onProgress(done, Math.max(done, page.totalCount));
    after = page.next;
    if (after === null) return new Blob(parts, { type: 'text/csv;charset=utf-8' });
  }
}

interface CsvPage {
  readonly runs: readonly RunLine[];
  readonly values: ReadonlyMap<string, readonly JsonValue[]>;
  readonly totalCount: number;
  readonly next: string | null;
}

interface PageAsked {
  readonly listing: RunListing;
  readonly after: string | null;
  readonly values: readonly ValueColumn[];
  readonly signal: AbortSignal;
}

async function readPage({ listing, after, values, signal }: PageAsked): Promise<CsvPage> {
  const into = new Map<string, JsonValue[]>();
  let first = await readPart({ listing, after, values: values.slice(0, COLUMNS_AT_ONCE), signal }, into);
  for (let from = COLUMNS_AT_ONCE; from < values.length; from += COLUMNS_AT_ONCE) {
    const more = await readPart({ listing, after, values: values.slice(from, from + COLUMNS_AT_ONCE), signal }, into);
    if (more.runs.some(({ id }, at) => id !== first.runs[at]?.id)) {
      // Runs came or went between the two requests: the page is read anew, so that no value stands beside another run.
      into.clear();
      first = await readPart({ listing, after, values: values.slice(0, COLUMNS_AT_ONCE), signal }, into);
      from = 0;
    }
  }
  return { ...first, values: into };
}

async function readPart({ listing, after, values, signal }: PageAsked, into: Map<string, JsonValue[]>) {
  const { entity, project, filter, orderBy } = listing;
  const variables = {
    entity,
    project,
    filter,
    orderBy: [...orderBy],
    after,
    first: PAGE,
    withNotes: true,
    withCount: true,
  };
  const answer = await execute(RunsPageDocument, { ...variables, ...valueArguments(values) }, { signal });
  const { runs } = found(answer.project, `project "${project}"`);
  values.forEach(({ id }, at) => {
    into.set(id, [...(runs.columns[at]?.values ?? [])] as JsonValue[]);
  });
  const next = runs.pageInfo.hasNextPage ? (runs.pageInfo.endCursor ?? null) : null;
  return { runs: runs.nodes, totalCount: runs.totalCount ?? 0, next };
}
