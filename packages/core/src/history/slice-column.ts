import type { JsonValue } from '../json/json-value.ts';
import type { Column } from './column.ts';

/** Points that one chunk holds at most. */
export const CHUNK_SIZE = 4096;

/** A range of steps, both ends included; it may be open at an end by ±Infinity. */
export interface StepRange {
  readonly fromStep: number;
  readonly toStep: number;
}

/** The points of a column within a range of steps; its arrays are shared with the column. */
export function sliceColumn(column: Column, { fromStep, toStep }: StepRange): Column {
  return sliceIndexes(column, lowerBound(column.steps, fromStep), upperBound(column.steps, toStep));
}

/** Cuts a column into pieces of `size` points (the last may have fewer), in step order; an empty column into none. */
export function splitColumn(column: Column, size: number = CHUNK_SIZE): Column[] {
  if (!(size >= 1)) throw new RangeError(`pieces of ${size} points`);
  const pieces: Column[] = [];
  for (let start = 0; start < column.steps.length; start += size) {
    pieces.push(sliceIndexes(column, start, Math.min(start + size, column.steps.length)));
  }
  return pieces;
}

/** Whether any of the ascending `steps` already has a value in the column. */
export function overlapsSteps(existing: Column, steps: Float64Array): boolean {
  const held = existing.steps;
  let from = 0;
  for (let i = lowerBound(steps, held[0] ?? Number.POSITIVE_INFINITY); i < steps.length; i++) {
    const step = steps[i] as number; // i is within bounds
    from = lowerBound(held, step, from);
    if (from === held.length) return false;
    if (held[from] === step) return true;
  }
  return false;
}

/** The index of the first of the ascending `steps`, from index `start` on, that is not below `step`. */
export function lowerBound(steps: Float64Array, step: number, start = 0): number {
  let low = start;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] as number) < step) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index of the first of the ascending `steps` that is above `step`. */
export function upperBound(steps: Float64Array, step: number): number {
  const index = lowerBound(steps, step);
  return steps[index] === step ? index + 1 : index;
}

function sliceIndexes({ steps, numbers, others }: Column, start: number, end: number): Column {
  if (start === 0 && end === steps.length) return { steps, numbers, others };
  const stop = Math.max(start, end);
  return {
    steps: steps.subarray(start, stop),
    numbers: numbers.subarray(start, stop),
    others: others === null ? null : sliceOthers(others, start, stop),
  };
}

function sliceOthers(
  others: ReadonlyMap<number, JsonValue>,
  start: number,
  end: number,
): ReadonlyMap<number, JsonValue> | null {
  const slice = new Map<number, JsonValue>();
  // Whichever is shorter is walked: a long text column cut into many pieces would else be walked once a piece.
  if (others.size < end - start) {
    for (const [i, value] of others) if (i >= start && i < end) slice.set(i - start, value);
  } else {
    for (let i = start; i < end; i++) {
      const value = others.get(i);
      if (value !== undefined) slice.set(i - start, value);
    }
  }
  return slice.size === 0 ? null : slice;
}
