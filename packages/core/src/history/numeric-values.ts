import { numericValue } from '../metric/metric-state.ts';
import type { Column } from './column.ts';

/**
 * The value at index `i` as the number that statistics see, or undefined when it has none: booleans are 0 and 1, a
 * bigint is its nearest float64; text, lists and objects have none. NaN and ±Infinity are numbers.
 */
export function numberAt({ numbers, others }: Column, i: number): number | undefined {
  const value = numbers[i];
  if (others === null || value === undefined || !Number.isNaN(value)) return value;
  const other = others.get(i);
  return other === undefined ? value : numericValue(other);
}

/** The values of a column that are numbers, as `numberAt` sees them, in step order; may be the column's own array. */
export function numericValues(column: Column): Float64Array {
  if (column.others === null) return column.numbers;
  const values = new Float64Array(column.numbers.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = numberAt(column, i);
    if (value !== undefined) values[count++] = value;
  }
  return values.subarray(0, count);
}
