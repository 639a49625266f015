import { CSV_LINE_END, csvCell, csvNumber, csvText } from '@summa/core/json/csv-text';
import { BATCH_CHARACTERS, type RowEncoder } from './row-encoder.ts';
import { NOTHING, NUMBER, type RowWindow, type WindowColumn } from './row-window.ts';

/** Rows as CSV with a header: `_step`, `_timestamp`, then a column a key under its whole path (`val.acc`). */
export function csvRows(keys: readonly string[]): RowEncoder {
  return {
    begin: () => Buffer.from(['_step', '_timestamp', ...keys.map(csvText)].join(',') + CSV_LINE_END),
    encode: encodeRows,
    end: () => Buffer.alloc(0),
  };
}

function* encodeRows({ steps, times, columns }: RowWindow): Generator<Buffer> {
  let text = '';
  for (let row = 0; row < steps.length; row++) {
    const time = times[row] as number; // row is within bounds
    text += `${steps[row]},${Number.isNaN(time) ? '' : time}`;
    for (let i = 0; i < columns.length; i++) text += `,${cellText(columns[i] as WindowColumn, row)}`;
    text += CSV_LINE_END;
    if (text.length < BATCH_CHARACTERS) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

function cellText({ kinds, numbers, others }: WindowColumn, row: number): string {
  const kind = kinds[row];
  if (kind === NOTHING) return '';
  return kind === NUMBER ? csvNumber(numbers[row] as number) : csvCell(others.get(row));
}
