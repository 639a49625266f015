import type { JsonValue } from '@summa/core/json/json-value';
import { parseKey } from '@summa/core/key/key-path';
import { valueAtPath } from '@summa/core/key/nest-values';
import { readStatistic } from '@summa/core/metric/read-statistic';
import type { RunTarget } from '@summa/core/query/run-target';
import type { RequestContext } from '../access/request-context.ts';
import { LIMITS } from '../limits.ts';
import { type RunRecord, refOf } from '../run/run-record.ts';
import { checkCount } from '../text-input.ts';
import { prepareFields } from './list-runs.ts';
import { findCells, type StoredCell, type WantedColumn } from './run-columns-store.ts';

/** What one column shows of each run: a value of its config, or a statistic of its summary. */
export type ColumnTarget = Exclude<RunTarget, { readonly section: 'field' }>;

/** One column of a table of runs: entry i is of the i-th run, null where it has nothing. */
export interface RunColumnValues {
  readonly target: ColumnTarget;
  readonly values: readonly (JsonValue | null)[];
}

/**
 * Columns over some runs of one project, in the order asked. Every write that was acknowledged before the call is seen.
 *
 * The number of statements depends neither on runs nor on columns. What is no comparable scalar (NaN, lists, objects) is read from
 * the documents of the few runs that have it. @throws ServerError LIST_TOO_LONG, RESPONSE_TOO_LARGE
 */
export async function listColumns(
  context: RequestContext,
  runs: readonly RunRecord[],
  targets: readonly ColumnTarget[],
): Promise<RunColumnValues[]> {
  const { services, budget } = context;
  checkCount(targets, LIMITS.columns, ['columns']);
  budget.spendPoints(runs.length * targets.length, ['columns']);
  const columns = targets.map((target) => ({ target, values: new Array<JsonValue | null>(runs.length).fill(null) }));
  const [first] = runs;
  if (first === undefined || targets.length === 0) return columns;
  const keyIds = await prepareFields(services, first.projectId, targets);
  const wanted = targets.flatMap((target, place) => wantedColumn(target, { place, keyId: keyIds.idOf(target) }));
  if (wanted.length === 0) return columns;
  const runIds = runs.map((run) => run.id);
  const rows = new Map(runIds.map((id, row) => [id, row]));
  const read = async (cell: StoredCell): Promise<void> => {
    const column = columns[wanted[cell.column]?.place ?? -1];
    const row = rows.get(cell.runId) ?? -1;
    const run = runs[row];
    if (column && run) column.values[row] = await readValue(context, run, column.target);
  };
  const unread: StoredCell[] = [];
  for (const cell of await findCells(services.database.pool, first.projectId, { runIds, columns: wanted })) {
    const column = columns[wanted[cell.column]?.place ?? -1];
    if (!column) continue;
    if (cell.value !== null) column.values[rows.get(cell.runId) ?? -1] = cell.value;
    else if (isInDocument(column.target, cell)) unread.push(cell);
  }
  await Promise.all(unread.map(read));
  return columns;
}

function wantedColumn(
  target: ColumnTarget,
  { place, keyId }: { readonly place: number; readonly keyId: number | undefined },
): (WantedColumn & { readonly place: number })[] {
  if (keyId === undefined) return [];
  const statistic = target.section === 'config' ? 'VALUE' : target.statistic;
  return [{ section: target.section, keyId, statistic, place }];
}

/** Whether there may be a value that is not kept as a scalar: other statistics than these are numbers, or missing. */
function isInDocument(target: ColumnTarget, { isLogged }: StoredCell): boolean {
  if (target.section === 'config' || target.statistic === 'VALUE') return true;
  return isLogged && (target.statistic === 'LAST' || target.statistic === 'FIRST');
}

async function readValue({ loaders }: RequestContext, run: RunRecord, target: ColumnTarget): Promise<JsonValue | null> {
  if (target.section === 'config') {
    return valueAtPath(await loaders.configs.load(refOf(run)), parseKey(target.key)) ?? null;
  }
  const summary = await loaders.summaries.load(refOf(run));
  const entry = target.statistic === 'VALUE' ? summary?.explicit.get(target.key) : undefined;
  if (entry && !entry.deleted) return entry.value;
  const state = summary?.states.get(target.key);
  return (state && readStatistic(state, target.statistic === 'FIRST' ? 'first' : 'last')) ?? null;
}
