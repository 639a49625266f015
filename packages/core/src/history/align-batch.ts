import type { JsonValue } from '../json/json-value.ts';
import { SummaError } from '../summa-error.ts';
import type { Column } from './column.ts';
import type { BatchColumn, Numbers, RowBatch } from './row-batch.ts';

/** Rows of one request in ascending step order, each step once, column by column; nothing in it is missing. */
export interface AlignedBatch {
  readonly steps: Float64Array;
  /** Seconds since 1970; of a step that arrived more than once, the time of its last arrival. */
  readonly times: Float64Array;
  /** By key text. */
  readonly columns: ReadonlyMap<string, AlignedColumn>;
}

/** The values of one key: value `i` stands at `steps[rows[i]]`. `numbers` and `others` as in `Column`. */
export interface AlignedColumn {
  /** Strictly ascending indexes into the batch's steps. */
  readonly rows: Numbers;
  readonly numbers: Float64Array;
  readonly others: ReadonlyMap<number, JsonValue> | null;
}

/** What a batch takes where its rows say nothing: the step after the run's last, and the time of arrival in seconds. */
export interface BatchDefaults {
  readonly nextStep: number;
  readonly now: number;
}

/**
 * Puts the rows of a batch in step order, one row a step.
 *
 * A row without a step takes the one after the highest so far, of the run or of the rows before it in the batch. Where a
 * step arrives again, each key keeps its last arrival and the step the time of its last arrival. Raises INVALID_ROW when
 * a row without a step would go beyond 2^53-1.
 */
export function alignBatch(batch: RowBatch, { nextStep, now }: BatchDefaults): AlignedBatch {
  const steps = fillSteps(batch.steps, nextStep);
  const times = batch.times.map((time) => (Number.isNaN(time) ? now : time));
  return isAscending(steps) ? keepOrder(batch, steps, times) : reorder(batch, steps, times);
}

/** One key of an aligned batch as a column with the time of each value; the arrays may be shared with the batch. */
export function columnOf(aligned: AlignedBatch, key: string): { column: Column; times: Float64Array } {
  const ofKey = aligned.columns.get(key);
  if (ofKey === undefined) throw new RangeError(`the batch has no key ${key}`);
  const { rows, numbers, others } = ofKey;
  if (rows.length === aligned.steps.length) {
    return { column: { steps: aligned.steps, numbers, others }, times: aligned.times };
  }
  return { column: { steps: pick(aligned.steps, rows), numbers, others }, times: pick(aligned.times, rows) };
}

/** The values at ascending `indexes`. */
export function pick(values: Float64Array, indexes: ArrayLike<number>): Float64Array {
  const picked = new Float64Array(indexes.length);
  for (let i = 0; i < indexes.length; i++) picked[i] = values[indexes[i] as number] as number; // indexes are within bounds
  return picked;
}

function fillSteps(given: Float64Array, nextStep: number): Float64Array {
  const steps = new Float64Array(given.length);
  let next = nextStep;
  for (let row = 0; row < steps.length; row++) {
    const step = given[row] as number; // row is within bounds
    steps[row] = Number.isNaN(step) ? next : step;
    if (Number.isNaN(step) && next > Number.MAX_SAFE_INTEGER) throw noStepLeft(row);
    next = Math.max(next, (steps[row] as number) + 1);
  }
  return steps;
}

function noStepLeft(row: number): SummaError {
  return new SummaError('INVALID_ROW', `row ${row} has no step and none is left after 2^53-1; give it a step`, [row]);
}

function isAscending(steps: Float64Array): boolean {
  for (let row = 1; row < steps.length; row++) {
    if (!((steps[row] as number) > (steps[row - 1] as number))) return false;
  }
  return true;
}

function keepOrder(batch: RowBatch, steps: Float64Array, times: Float64Array): AlignedBatch {
  const columns = new Map<string, AlignedColumn>();
  for (const [key, { rows, numbers, others }] of batch.columns) {
    columns.set(key, { rows, numbers: numbers instanceof Float64Array ? numbers : new Float64Array(numbers), others });
  }
  return { steps, times, columns };
}

function reorder(batch: RowBatch, rowSteps: Float64Array, rowTimes: Float64Array): AlignedBatch {
  const steps = distinctSteps(rowSteps);
  const times = new Float64Array(steps.length);
  const place = new Map<number, number>();
  for (let i = 0; i < steps.length; i++) place.set(steps[i] as number, i);
  const placeOfRow = Array.from(rowSteps, (step) => place.get(step) as number); // every row's step is a distinct step
  for (const [row, index] of placeOfRow.entries()) times[index] = rowTimes[row] as number;
  const columns = new Map<string, AlignedColumn>();
  for (const [key, column] of batch.columns) columns.set(key, reorderColumn(column, placeOfRow));
  return { steps, times, columns };
}

function distinctSteps(rowSteps: Float64Array): Float64Array {
  return rowSteps.toSorted().filter((step, i, sorted) => i === 0 || step !== sorted[i - 1]);
}

function reorderColumn(column: BatchColumn, placeOfRow: readonly number[]): AlignedColumn {
  const arrivals = lastArrivals(column.rows, placeOfRow);
  const rows: number[] = [];
  const numbers = new Float64Array(arrivals.length);
  const others = new Map<number, JsonValue>();
  for (const [i, arrival] of arrivals.entries()) {
    rows.push(placeOfRow[column.rows[arrival] as number] as number); // arrivals are indexes of the column's rows
    numbers[i] = column.numbers[arrival] as number;
    const other = column.others?.get(arrival);
    if (other !== undefined) others.set(i, other);
  }
  return { rows, numbers, others: others.size === 0 ? null : others };
}

/** The indexes into `rows` that stay, in order of their places; of several at one place the last. */
function lastArrivals(rows: Numbers, placeOfRow: readonly number[]): number[] {
  const { length } = rows;
  // Place and arrival in one number: typed arrays sort numbers far faster than a comparator sorts pairs.
  const sorted = Float64Array.from(rows, (row, i) => (placeOfRow[row] as number) * length + i).sort();
  const arrivals: number[] = [];
  let previous = -1;
  for (const code of sorted) {
    const place = Math.floor(code / length);
    if (place === previous) arrivals.pop();
    arrivals.push(code - place * length);
    previous = place;
  }
  return arrivals;
}
