import type { Queryable } from '../history/history-store.ts';
import { RUN_COLUMNS, RUN_TABLES, type RunRecord, type RunRow, runFromRow } from '../run/run-record.ts';
import { beyondCursor, orderBySql, type Walk } from './keyset.ts';
import type { CursorValue, RunCursor } from './run-cursor.ts';
import type { SortTerm } from './run-sort.ts';
import { RunStatement } from './run-statement.ts';

/** A run and what puts it where it is in the order. */
export interface ListedRun {
  readonly run: RunRecord;
  readonly values: readonly CursorValue[];
}

/** Which runs to list: those of which `inOrder` and `filter` hold, ordered by `terms`, at most `limit` beyond `from` and short of `until`. */
export interface RunSelection {
  /** Has joined what the order needs. */
  readonly statement: RunStatement;
  /** That a run has a place in this order. */
  readonly inOrder: string;
  /** That a run is meant, in a statement to which it joins what it needs. */
  readonly filter: (statement: RunStatement) => string;
  readonly terms: readonly SortTerm[];
  readonly walk: Walk;
  readonly from: RunCursor | null;
  readonly until: RunCursor | null;
  readonly limit: number;
  /** Levels of the order: how many values each run is listed with. */
  readonly levels: number;
}

type ListedRow = RunRow & Record<`sort_${number}`, CursorValue | Date>;

/**
 * Lists runs in one statement: finds and orders them by narrow columns, and reads the whole rows of those alone.
 *
 * The page is MATERIALIZED here as below: Postgres, while it has no statistics of young tables, would find it again for each run of the project.
 */
export async function selectRuns(client: Queryable, selection: RunSelection): Promise<ListedRun[]> {
  const { statement, terms, walk, limit } = selection;
  const filter = selection.filter(statement);
  const page = orderedRuns(selection, { conditions: [filter], limit });
  const found = await client.query<ListedRow>(
    `/* selectRuns */
WITH page AS MATERIALIZED (
  ${page})
SELECT ${listedColumns(terms)}
FROM page JOIN (${RUN_TABLES}) ON r.id = page.id
WHERE r.project_id = $1
ORDER BY ${orderBySql(sortedIn('page', terms), walk, 'page.id')}`,
    statement.values,
  );
  return found.rows.map((row) => listedRun(row, selection));
}

/** What the first runs of an order gave. */
export interface FirstRuns {
  readonly listed: readonly ListedRun[];
  /** Whether these fill the page, or no others follow. */
  readonly isWhole: boolean;
}

/**
 * Lists runs as `selectRuns` does, but looks at the first `looked` runs of the order alone, whatever the filter.
 *
 * Where an index gives the order, this takes no longer with more runs. The statistics of Postgres do not tell how many runs a filter on
 * keys lets through; it would often rather find and sort all of them.
 */
export async function selectFromFirst(client: Queryable, selection: RunSelection, looked: number): Promise<FirstRuns> {
  const { statement, terms, walk, limit } = selection;
  const first = orderedRuns(selection, { conditions: [], limit: looked });
  const within = RunStatement.within(statement, 'first');
  const body = within.body([selection.filter(within)]);
  const found = await client.query<(ListedRow | { readonly id: null }) & { readonly looked: number }>(
    `/* selectFromFirst */
WITH first AS MATERIALIZED (
  ${first}),
page AS MATERIALIZED (
  SELECT first.* ${body}
  ORDER BY ${orderBySql(sortedIn('first', terms), walk, 'first.id')}
  LIMIT ${statement.parameter(limit, 'int')})
SELECT looked.count AS looked, listed.*
FROM (SELECT count(*)::int AS count FROM first) looked LEFT JOIN (
  SELECT ${listedColumns(terms)} FROM page JOIN (${RUN_TABLES}) ON r.id = page.id WHERE r.project_id = $1
) listed ON true
ORDER BY ${orderBySql(sortedIn('listed', terms), walk, 'listed.id')}`,
    statement.values,
  );
  const listed = found.rows.flatMap((row) => (row.id === null ? [] : listedRun(row, selection)));
  const isAll = (found.rows[0]?.looked ?? 0) < looked;
  return { listed, isWhole: listed.length === limit || isAll };
}

/** The first runs of the order that fulfil all conditions, as rows of `id` and `sort_0`, `sort_1`, … */
function orderedRuns(
  selection: RunSelection,
  { conditions, limit }: { readonly conditions: readonly string[]; readonly limit: number },
): string {
  const { statement, terms, walk } = selection;
  const body = statement.body([selection.inOrder, ...conditions, ...cursorConditions(selection)]);
  const runId = statement.runId();
  const columns = terms.map((term, i) => `${term.sql} AS sort_${i}`);
  return `SELECT ${[`${runId} AS id`, ...columns].join(', ')}
  ${body}
  ORDER BY ${orderBySql(terms, walk, runId)}
  LIMIT ${statement.parameter(limit, 'int')}`;
}

function listedColumns(terms: readonly SortTerm[]): string {
  return [RUN_COLUMNS, ...sortedIn('page', terms).map((term) => term.sql)].join(', ');
}

/** The terms as columns of rows that were found by them. */
function sortedIn(rows: string, terms: readonly SortTerm[]): SortTerm[] {
  return terms.map((term, i) => ({ ...term, sql: `${rows}.sort_${i}` }));
}

function listedRun(row: ListedRow, selection: RunSelection): ListedRun {
  const sorted = selection.terms.map((_, i) => row[`sort_${i}`] ?? null);
  return { run: runFromRow(row), values: levelValues(sorted, selection) };
}

/** How many runs fulfil a condition. */
export async function countMatching(client: Queryable, statement: RunStatement, condition: string): Promise<number> {
  const found = await client.query<{ count: number }>(
    `/* countRuns */ SELECT count(*)::int AS count ${statement.body([condition])}`,
    statement.values,
  );
  return found.rows[0]?.count ?? 0;
}

/** How many runs of the project do not fulfil a condition. */
export async function countOthers(client: Queryable, statement: RunStatement, condition: string): Promise<number> {
  const found = await client.query<{ count: number }>(
    `/* countOthers */ SELECT ((SELECT count(*) FROM run WHERE project_id = $1) - count(*))::int AS count ${statement.body([condition])}`,
    statement.values,
  );
  return found.rows[0]?.count ?? 0;
}

function cursorConditions({ statement, terms, walk, from, until }: RunSelection): string[] {
  const back = walk === 'forward' ? 'backward' : 'forward';
  return [
    from === null ? [] : beyondCursor(statement, { terms, cursor: from, walk }),
    until === null ? [] : beyondCursor(statement, { terms, cursor: until, walk: back }),
  ].flat();
}

/** A level with several terms has its value in one of them. */
function levelValues(sorted: readonly (CursorValue | Date)[], { terms, levels }: RunSelection): CursorValue[] {
  const values = new Array<CursorValue>(levels).fill(null);
  for (const [i, term] of terms.entries()) {
    const value = sorted[i] ?? null;
    if (value !== null) values[term.level] = value instanceof Date ? value.getTime() : value;
  }
  return values;
}
