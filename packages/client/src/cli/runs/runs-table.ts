import type { JsonValue } from '@summa/core/json/json-value';
import { RUN_FIELD_TYPES, type RunTarget } from '@summa/core/query/run-target';
import { formatCell, formatTime } from '../terminal/format-cell.ts';
import type { TableColumn } from '../terminal/format-table.ts';
import type { Style } from '../terminal/style.ts';

/** A column of the list of runs. */
export interface RunsColumn {
  readonly header: string;
  readonly target: RunTarget;
}

/** The columns of a table of runs, for people: times in the local time zone, states in small letters and colours. */
export function runsTable(
  columns: readonly RunsColumn[],
  rows: readonly (readonly JsonValue[])[],
  style: Style,
): TableColumn[] {
  return columns.map(({ header, target }, i) => {
    const values = rows.map((row) => row[i] ?? null);
    const isState = target.section === 'field' && target.field === 'STATE';
    return {
      header,
      cells: values.map((value) => cellOf(value, target)),
      isNumeric: values.every((value) => value === null || typeof value === 'number' || typeof value === 'bigint'),
      ...(isState && { paint: (padded: string, cell: string) => paintState(padded, cell, style) }),
    };
  });
}

function cellOf(value: JsonValue, target: RunTarget): string {
  if (target.section !== 'field') return formatCell(value);
  if (RUN_FIELD_TYPES[target.field] === 'time' && typeof value === 'string') return formatTime(value);
  if (target.field === 'STATE') return formatCell(value).toLowerCase();
  return Array.isArray(value) ? value.map(formatCell).join(', ') : formatCell(value);
}

/** A state in its colour: green while it runs, red when it failed, yellow when nothing was heard of it. */
export function paintState(text: string, state: string, style: Style): string {
  if (state === 'running') return style.green(text);
  if (state === 'failed') return style.red(text);
  return state === 'crashed' ? style.yellow(text) : text;
}
