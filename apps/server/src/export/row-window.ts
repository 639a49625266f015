import type { Column } from '@summa/core/history/column';
import { type DecodedColumn, listedSteps } from '@summa/core/history/column-codec';
import { corruptData } from '@summa/core/history/corrupt-data';
import { lowerBound } from '@summa/core/history/slice-column';
import type { JsonValue } from '@summa/core/json/json-value';

/** What stands in a cell: nothing, a number of `numbers`, or a value of `others`. */
export const NOTHING = 0;
/** See `NOTHING`. */
export const NUMBER = 1;
/** See `NOTHING`. */
export const OTHER = 2;

/** What one key has in the rows of a window. */
export interface WindowColumn {
  /** `NOTHING`, `NUMBER` or `OTHER` for each row. */
  readonly kinds: Uint8Array;
  /** Valid where the kind is `NUMBER`. */
  readonly numbers: Float64Array;
  /** By row, valid where the kind is `OTHER`. */
  readonly others: Map<number, JsonValue>;
}

/** Some rows of a run as a table: their steps, ascending, their times in seconds since 1970, and a column a key. */
export interface RowWindow {
  readonly steps: Float64Array;
  readonly times: Float64Array;
  readonly columns: readonly WindowColumn[];
}

/** A table of these rows whose cells are empty. */
export function emptyWindow({ steps, times }: Pick<RowWindow, 'steps' | 'times'>, columns: number): RowWindow {
  const rows = steps.length;
  return {
    steps,
    times,
    columns: Array.from({ length: columns }, () => ({
      kinds: new Uint8Array(rows),
      numbers: new Float64Array(rows),
      others: new Map(),
    })),
  };
}

/**
 * Puts the values of a key into the rows of the window, in place of what stands there; those at other steps are left out.
 *
 * @throws SummaError CORRUPT_DATA when a step within the window has no row
 */
export function putColumn({ steps, columns }: RowWindow, place: number, given: Column | DecodedColumn): void {
  const cells = columns[place];
  const [first, last] = [steps[0], steps.at(-1)];
  if (!cells || first === undefined || last === undefined) return;
  const stepsOf = listedSteps(given);
  const begin = lowerBound(stepsOf, first);
  const end = lowerBound(stepsOf, last + 1, begin);
  let row = lowerBound(steps, stepsOf[begin] ?? last);
  for (let i = begin; i < end; i++) {
    const step = stepsOf[i] as number; // i is within bounds
    while ((steps[row] as number) < step) row++;
    if (steps[row] !== step) throw corruptData(`step ${step} has a value but no row`);
    cells.kinds[row] = NUMBER;
    cells.numbers[row] = given.numbers[i] as number;
  }
  for (const [i, value] of given.others ?? []) {
    if (i < begin || i >= end) continue;
    const at = lowerBound(steps, stepsOf[i] as number);
    cells.kinds[at] = OTHER;
    cells.others.set(at, value);
  }
}

/** The window without the rows in which no column has anything. */
export function withoutEmptyRows(window: RowWindow): RowWindow {
  const { steps, times, columns } = window;
  const kept: number[] = [];
  for (let row = 0; row < steps.length; row++) if (columns.some(({ kinds }) => kinds[row] !== NOTHING)) kept.push(row);
  if (kept.length === steps.length) return window;
  return {
    steps: Float64Array.from(kept, (row) => steps[row] as number),
    times: Float64Array.from(kept, (row) => times[row] as number),
    columns: columns.map(({ kinds, numbers, others }) => ({
      kinds: Uint8Array.from(kept, (row) => kinds[row] as number),
      numbers: Float64Array.from(kept, (row) => numbers[row] as number),
      others: new Map(
        kept.flatMap((row, i) => {
          const value = others.get(row);
          return value === undefined ? [] : [[i, value] as const];
        }),
      ),
    })),
  };
}
