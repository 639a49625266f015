import type { JsonValue } from '@summa/client';
import { formatNumber, splitAtPoint } from '../../format/format-number.ts';
import { formatDuration, formatMoment } from '../../format/format-time.ts';
import type { Column } from './column.ts';
import type { RunLine } from './run-pages.ts';
import type { RowItem } from './sections.ts';

const STRANGE = new Set(['NaN', 'Infinity', '-Infinity']);

/** A value as a cell shows it. */
export type CellValue =
  | { readonly kind: 'number'; readonly value: number | string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'missing' };

/** Reads a value of the config or of a summary. NaN and ±∞ come as text, for JSON lacks them. */
export function readCell(value: JsonValue | undefined): CellValue {
  if (value === null || value === undefined) return { kind: 'missing' };
  if (typeof value === 'number' || typeof value === 'bigint') return { kind: 'number', value: Number(value) };
  if (typeof value === 'string') return STRANGE.has(value) ? { kind: 'number', value } : { kind: 'text', text: value };
  if (typeof value === 'boolean') return { kind: 'text', text: String(value) };
  return {
    kind: 'json',
    text: JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? Number(inner) : inner)),
  };
}

/** How many letters the numbers among some values have right of the decimal point, at most. */
export function widestRest(values: readonly (JsonValue | null)[]): number {
  let widest = 0;
  for (const value of values) {
    const cell = readCell(value);
    if (cell.kind === 'number') widest = Math.max(widest, splitAtPoint(formatNumber(cell.value).text)[1].length);
  }
  return widest;
}

/** Whether the heads of such columns stand over numbers. */
export function isNumericColumn(column: Column): boolean {
  return column.kind === 'summary' || (column.kind === 'field' && column.field === 'step');
}

/** A field of a run as a program reads it: times as ISO 8601, the runtime in seconds; nothing where there is none. */
export function fieldText(run: RunLine, field: Extract<Column, { kind: 'field' }>['field']): string {
  switch (field) {
    case 'name':
      return run.displayName;
    case 'state':
      return run.state;
    case 'created':
      return run.createdAt;
    case 'runtime':
      return String(runtimeMs(run) / 1_000);
    case 'tags':
      return run.tags.join(', ');
    case 'user':
      return run.user.name;
    case 'group':
      return run.group ?? '';
    case 'job':
      return run.jobType ?? '';
    case 'step':
      return run.lastStep === null || run.lastStep === undefined ? '' : String(run.lastStep);
    case 'started':
      return run.startedAt;
    case 'finished':
      return run.finishedAt ?? '';
    case 'heard':
      return run.heartbeatAt;
    case 'notes':
      return run.notes ?? '';
    case 'id':
      return run.name;
  }
}

/** How long a run took, or has been taking when it was last heard of. */
export function runtimeMs(run: RunLine): number {
  return Math.max(0, Date.parse(run.finishedAt ?? run.heartbeatAt) - Date.parse(run.startedAt));
}

/** A value as a file of values has it: all digits, and nothing where there is none. */
export function valueText(value: JsonValue | undefined): string {
  const cell = readCell(value);
  if (cell.kind === 'missing') return '';
  return cell.kind === 'number' ? formatNumber(cell.value).full : cell.text;
}

/** What is copied from a cell: the full value. */
export function cellCopyText(
  item: RowItem | undefined,
  column: Column | undefined,
  labelOf: (column: Column) => string,
  idOf: (column: Column) => string,
): string | null {
  if (!column) return null;
  if (!item) return labelOf(column);
  if (item.kind === 'group') return null;
  return column.kind === 'field'
    ? fieldText(item.line, column.field)
    : valueText(item.pages.value(idOf(column), item.row));
}

/** A value in a line of the list for phones. */
export function shortText(run: RunLine, column: Column, value: JsonValue | undefined): string {
  if (column.kind === 'field') {
    const text = fieldText(run, column.field);
    if (text === '') return '–';
    if (column.field === 'runtime') return formatDuration(runtimeMs(run));
    return ['created', 'started', 'finished', 'heard'].includes(column.field)
      ? formatMoment(new Date(text)).slice(0, 16)
      : text;
  }
  const cell = readCell(value);
  if (cell.kind === 'missing') return '–';
  return cell.kind === 'number' ? formatNumber(cell.value).text : cell.text;
}
