import type { Queryable } from '../history/history-store.ts';
import { RUN_COLUMNS, RUN_TABLES, type RunRecord, type RunRow, runFromRow } from '../run/run-record.ts';
import { beyondCursor, orderBySql, type Walk } from './keyset.ts';
import type { CursorValue, RunCursor } from './run-cursor.ts';
import type { SortTerm } from './run-sort.ts';
import type { RunStatement } from './run-statement.ts';

/** A run and what puts it where it is in the order. */
export interface ListedRun {
  readonly run: RunRecord;
  readonly values: readonly CursorValue[];
}

/** Which runs to list: those that fulfil `condition`, ordered by `terms`, at most `limit` beyond `from` and short of `until`. */
export interface RunSelection {
  readonly statement: RunStatement;
  readonly condition: string;
  readonly terms: readonly SortTerm[];
  readonly walk: Walk;
  readonly from: RunCursor | null;
  readonly until: RunCursor | null;
  readonly limit: number;
  /** Levels of the order: how many values each run is listed with. */
  readonly levels: number;
}

/** Lists runs in one statement: finds and orders them by narrow columns, and reads the whole rows of those alone. */
export async function selectRuns(client: Queryable, selection: RunSelection): Promise<ListedRun[]> {
  const { statement, terms, walk } = selection;
  const body = statement.body([selection.condition, ...cursorConditions(selection)]);
  const runId = statement.runId();
  const limit = statement.parameter(selection.limit, 'int');
  const columns = terms.map((term, i) => `${term.sql} AS sort_${i}`);
  const pageTerms = terms.map((term, i) => ({ ...term, sql: `page.sort_${i}` }));
  const found = await client.query<RunRow & Record<`sort_${number}`, CursorValue | Date>>(
    `/* selectRuns */
SELECT ${[RUN_COLUMNS, ...pageTerms.map((term) => term.sql)].join(', ')}
FROM (
  SELECT ${[`${runId} AS id`, ...columns].join(', ')}
  ${body}
  ORDER BY ${orderBySql(terms, walk, runId)}
  LIMIT ${limit}
) page JOIN (${RUN_TABLES}) ON r.id = page.id
WHERE r.project_id = $1
ORDER BY ${orderBySql(pageTerms, walk, 'page.id')}`,
    statement.values,
  );
  return found.rows.map((row) => ({
    run: runFromRow(row),
    values: levelValues(
      terms.map((_, i) => row[`sort_${i}`] ?? null),
      selection,
    ),
  }));
}

/** How many runs fulfil a condition. */
export async function countMatching(client: Queryable, statement: RunStatement, condition: string): Promise<number> {
  const found = await client.query<{ count: number }>(
    `/* countRuns */ SELECT count(*)::int AS count ${statement.body([condition])}`,
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
