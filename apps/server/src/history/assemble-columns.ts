import type { Column } from '@summa/core/history/column';
import { decodeColumn } from '@summa/core/history/column-codec';
import { mergeColumns } from '@summa/core/history/merge-columns';
import { decodeSegment } from '@summa/core/history/segment-codec';
import { lowerBound } from '@summa/core/history/slice-column';
import type { StoredColumns } from './column-store.ts';

/** Every stored value of some metrics, each step once, by key id; a metric without values has an empty column. */
export function assembleColumns(stored: StoredColumns, keyIds: readonly number[]): Map<number, Column> {
  const parts = new Map<number, Column[]>(keyIds.map((keyId) => [keyId, []]));
  for (const chunk of stored.chunks) parts.get(chunk.keyId)?.push(decodeColumn(chunk.body));
  for (const { body } of stored.segments) {
    const segment = decodeSegment(body);
    for (const [keyId, columns] of parts) {
      const timed = segment.column(keyId);
      if (timed !== null) columns.push(timed.column);
    }
  }
  return new Map([...parts].map(([keyId, columns]) => [keyId, mergeColumns(columns)]));
}

/** The time of each of the ascending `steps`, from the column of row times; NaN where it has none. */
export function timesAt(times: Column, steps: Float64Array): Float64Array {
  const found = new Float64Array(steps.length).fill(Number.NaN);
  let from = 0;
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] as number; // i is within bounds
    from = lowerBound(times.steps, step, from);
    if (times.steps[from] === step) found[i] = times.numbers[from] as number;
  }
  return found;
}

/** How many of the ascending `steps` the column does not have. */
export function countMissing(column: Column, steps: Float64Array): number {
  let missing = 0;
  let from = 0;
  for (const step of steps) {
    from = lowerBound(column.steps, step, from);
    if (column.steps[from] !== step) missing++;
  }
  return missing;
}
