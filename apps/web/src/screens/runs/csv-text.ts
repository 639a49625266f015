import type { JsonValue } from '@summa/client';
import { fieldText, valueText } from './cell-text.ts';
import { type Column, columnId } from './column.ts';
import type { RunLine } from './run-pages.ts';

/** One line of a file of comma-separated values. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** Quoted where it must be; what a spreadsheet would take for a formula is led by an apostrophe. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !isNumberText(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function isNumberText(text: string): boolean {
  return /^-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Infinity)$/.test(text);
}

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
