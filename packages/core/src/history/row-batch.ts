import type { JsonValue } from '../json/json-value.ts';

/**
 * Rows of one request, column by column, as they arrived: steps may repeat, run backwards, or be missing.
 *
 * `steps[r]` is the step of row `r`, or NaN when the row has none and takes the one after the run's last.
 * `times[r]` is its time in seconds since 1970 (a float64), or NaN when the row has none and takes the time of arrival.
 */
export interface RowBatch {
  readonly rowCount: number;
  readonly steps: Float64Array;
  readonly times: Float64Array;
  /** By key text; a key's column lists only the rows that have it, in arrival order. */
  readonly columns: ReadonlyMap<string, BatchColumn>;
}

/** Numbers that are only read. */
export type Numbers = readonly number[] | Uint32Array | Float64Array;

/** The values of one key in a batch: value `i` stands in row `rows[i]`. `numbers` and `others` as in `Column`. */
export interface BatchColumn {
  readonly rows: Numbers;
  readonly numbers: Numbers;
  readonly others: Map<number, JsonValue> | null;
}

/** A batch of no rows. */
export const EMPTY_BATCH: RowBatch = {
  rowCount: 0,
  steps: new Float64Array(0),
  times: new Float64Array(0),
  columns: new Map(),
};

/**
 * The batch without its first `count` rows (those that a repeated request brings again); the rest is numbered from 0.
 *
 * A key that only stood in dropped rows is gone. `count` of 0 or less gives the same batch.
 */
export function dropRows(batch: RowBatch, count: number): RowBatch {
  if (count <= 0) return batch;
  if (count >= batch.rowCount) return EMPTY_BATCH;
  const columns = new Map<string, BatchColumn>();
  for (const [key, column] of batch.columns) {
    const start = firstIndexFrom(column.rows, count);
    if (start < column.rows.length) columns.set(key, cutColumn(column, start, count));
  }
  const rowCount = batch.rowCount - count;
  return { rowCount, steps: batch.steps.slice(count), times: batch.times.slice(count), columns };
}

/** The rows of all batches in their order, as one batch. */
export function concatBatches(batches: readonly RowBatch[]): RowBatch {
  const [only] = batches;
  if (batches.length <= 1) return only ?? EMPTY_BATCH;
  const rowCount = batches.reduce((total, batch) => total + batch.rowCount, 0);
  const steps = new Float64Array(rowCount);
  const times = new Float64Array(rowCount);
  const columns = new Map<string, GrowingColumn>();
  let offset = 0;
  for (const batch of batches) {
    steps.set(batch.steps, offset);
    times.set(batch.times, offset);
    for (const [key, column] of batch.columns) appendColumn(growingColumn(columns, key), column, offset);
    offset += batch.rowCount;
  }
  return { rowCount, steps, times, columns };
}

interface GrowingColumn extends BatchColumn {
  readonly rows: number[];
  readonly numbers: number[];
  others: Map<number, JsonValue> | null;
}

function growingColumn(columns: Map<string, GrowingColumn>, key: string): GrowingColumn {
  const known = columns.get(key);
  if (known) return known;
  const column: GrowingColumn = { rows: [], numbers: [], others: null };
  columns.set(key, column);
  return column;
}

function appendColumn(target: GrowingColumn, column: BatchColumn, rowOffset: number): void {
  const indexOffset = target.rows.length;
  for (const row of column.rows) target.rows.push(row + rowOffset);
  for (const number of column.numbers) target.numbers.push(number);
  if (!column.others) return;
  target.others ??= new Map();
  for (const [index, value] of column.others) target.others.set(index + indexOffset, value);
}

function cutColumn(column: BatchColumn, start: number, droppedRows: number): BatchColumn {
  const rows = Array.from(column.rows.slice(start), (row) => row - droppedRows);
  const kept = [...(column.others ?? [])].filter(([index]) => index >= start);
  const others = kept.length > 0 ? new Map(kept.map(([index, value]) => [index - start, value])) : null;
  return { rows, numbers: column.numbers.slice(start), others };
}

function firstIndexFrom(rows: Numbers, row: number): number {
  let index = 0;
  while (index < rows.length && (rows[index] as number) < row) index++;
  return index;
}
