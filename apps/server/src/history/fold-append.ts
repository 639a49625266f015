import { type AlignedBatch, columnOf } from '@summa/core/history/align-batch';
import type { Column } from '@summa/core/history/column';
import { mergeColumns } from '@summa/core/history/merge-columns';
import { overlapsSteps } from '@summa/core/history/slice-column';
import { foldColumn } from '@summa/core/metric/fold-column';
import { mergeStates } from '@summa/core/metric/merge-states';
import type { MetricState } from '@summa/core/metric/metric-state';
import { TIME_KEY_ID } from '../metric/metric-keys.ts';
import { assembleColumns, countMissing, timesAt } from './assemble-columns.ts';
import { type KeySpan, type StoredColumns, sameSpan } from './column-store.ts';
import type { RunHistory } from './run-history.ts';

/** What a group of rows makes of a run's metrics. */
export interface FoldedAppend {
  /** The new state of each metric that the rows have. */
  readonly states: ReadonlyMap<number, MetricState>;
  readonly rowCount: number;
  readonly lastStep: number;
  /** Whether a value took the place of an older one, so that the states do not follow from merging alone. */
  readonly refolded: boolean;
}

/** Reads stored columns; asked only for rows that are not beyond the run's last step. */
export type ReadColumns = (spans: readonly KeySpan[]) => Promise<StoredColumns>;

interface NewColumn {
  readonly column: Column;
  readonly times: Float64Array;
}

/**
 * Folds new rows into the states of their metrics.
 *
 * Beyond the last step of a metric this reads nothing. Otherwise it reads what the run has within the span of the new
 * rows, and only metrics of which a step is logged again are folded anew from all their values.
 */
export async function foldAppend(
  history: RunHistory,
  aligned: AlignedBatch,
  { ids, read }: { ids: ReadonlyMap<string, number>; read: ReadColumns },
): Promise<FoldedAppend> {
  const fresh = newColumns(aligned, ids);
  const late = [...fresh]
    .filter(([keyId, { column }]) => isLate(history.states.get(keyId), column))
    .map(([keyId]) => keyId);
  const span = { from: aligned.steps[0] ?? 0, to: aligned.steps.at(-1) ?? 0 };
  const isRowLate = history.lastStep !== null && span.from <= history.lastStep;
  const known = isRowLate
    ? assembleColumns(await read(sameSpan([TIME_KEY_ID, ...late], span)), [TIME_KEY_ID, ...late])
    : null;
  const replaced = late.filter((keyId) => overlaps(known?.get(keyId), fresh.get(keyId)));
  const states = mergedStates(history, fresh);
  if (replaced.length > 0)
    for (const [keyId, state] of await refold(replaced, { fresh, aligned, read })) states.set(keyId, state);
  const timeColumn = known?.get(TIME_KEY_ID);
  return {
    states,
    rowCount:
      history.rowCount + (timeColumn === undefined ? aligned.steps.length : countMissing(timeColumn, aligned.steps)),
    lastStep: Math.max(history.lastStep ?? 0, span.to),
    refolded: replaced.length > 0,
  };
}

function newColumns(aligned: AlignedBatch, ids: ReadonlyMap<string, number>): Map<number, NewColumn> {
  const columns = new Map<number, NewColumn>();
  for (const key of aligned.columns.keys()) {
    const keyId = ids.get(key);
    if (keyId === undefined) throw new Error(`key ${key} was not allocated`);
    columns.set(keyId, columnOf(aligned, key));
  }
  return columns;
}

function isLate(state: MetricState | undefined, column: Column): boolean {
  const lastStep = state?.last?.step;
  return lastStep !== undefined && (column.steps[0] ?? Number.POSITIVE_INFINITY) <= lastStep;
}

function overlaps(known: Column | undefined, fresh: NewColumn | undefined): boolean {
  return known !== undefined && fresh !== undefined && overlapsSteps(known, fresh.column.steps);
}

function mergedStates(history: RunHistory, fresh: ReadonlyMap<number, NewColumn>): Map<number, MetricState> {
  const states = new Map<number, MetricState>();
  for (const [keyId, { column, times }] of fresh) {
    const known = history.states.get(keyId);
    const folded = foldColumn(column, times);
    states.set(keyId, known === undefined ? folded : mergeStates(known, folded));
  }
  return states;
}

/** The states of metrics folded from all their values, the new ones in the place of those that they replace. */
async function refold(
  keyIds: readonly number[],
  { fresh, aligned, read }: { fresh: ReadonlyMap<number, NewColumn>; aligned: AlignedBatch; read: ReadColumns },
): Promise<Map<number, MetricState>> {
  const wanted = [TIME_KEY_ID, ...keyIds];
  const stored = assembleColumns(await read(sameSpan(wanted, { from: 0, to: Number.MAX_SAFE_INTEGER })), wanted);
  const newTimes = { steps: aligned.steps, numbers: aligned.times, others: null };
  const times = mergeColumns([stored.get(TIME_KEY_ID), newTimes].filter((column) => column !== undefined));
  return new Map(
    keyIds.map((keyId) => {
      const parts = [stored.get(keyId), fresh.get(keyId)?.column].filter((column) => column !== undefined);
      const column = mergeColumns(parts);
      return [keyId, foldColumn(column, timesAt(times, column.steps))];
    }),
  );
}
