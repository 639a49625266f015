import type { JsonValue } from '@summa/client';
import { csvLine } from '../../format/csv-line.ts';
import { fieldText, valueText } from './cell-text.ts';
import { type Column, columnId } from './column.ts';
import type { RunLine } from './run-pages.ts';

/** The lines of some runs. `valueAt` gives the value of a column in the run at a place. */
export function csvLines(
  runs: readonly RunLine[],
  columns: readonly Column[],
  valueAt: (id: string, at: number) => JsonValue | undefined,
): string {
  return runs
    .map((run, at) =>
      csvLine(
        columns.map((column) =>
          column.kind === 'field' ? fieldText(run, column.field) : valueText(valueAt(columnId(column), at)),
        ),
      ),
    )
    .join('');
}
