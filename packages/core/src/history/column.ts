import type { JsonValue } from '../json/json-value.ts';

/**
 * The values of one metric, in ascending step order, each step once.
 *
 * `steps[i]` is the step of value `i`. `numbers[i]` is its value when it is a number (NaN and ±Infinity are values too).
 * When value `i` is anything else (text, boolean, list, object, bigint), `others` has it under `i` and `numbers[i]` is NaN.
 */
export interface Column {
  readonly steps: Float64Array;
  readonly numbers: Float64Array;
  readonly others: ReadonlyMap<number, JsonValue> | null;
}

/** The value at index `i` of a column, of whatever type it was logged. */
export function valueAt(column: Column, i: number): JsonValue {
  return column.others?.get(i) ?? column.numbers[i] ?? Number.NaN;
}
