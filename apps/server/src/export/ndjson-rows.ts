import { formatWireJson } from '@summa/core/json/format-json';
import { numberText } from '@summa/core/json/number-text';
import { type KeyLayout, layoutKeys } from './key-layout.ts';
import { BATCH_CHARACTERS, type RowEncoder } from './row-encoder.ts';
import { NOTHING, NUMBER, type RowWindow, type WindowColumn } from './row-window.ts';

/**
 * Rows as JSON, one line a row: `{"_step":3,"_timestamp":1750000000.5,"loss":0.25,"val":{"acc":0.5}}`, nested as they were logged, which
 * `summa import` reads as the same rows. Numbers that JSON lacks are "NaN", "Infinity" and "-Infinity"; whole numbers keep all digits.
 *
 * Where a row has both a value and something below it (`a` and `a.b`, from two requests), the lower one comes in a line of its own
 * with the same step, for one object cannot hold both.
 */
export function ndjsonRows(keys: readonly string[]): RowEncoder {
  const layout = layoutKeys(keys);
  return {
    begin: () => Buffer.alloc(0),
    encode: (window) => encodeRows(window, layout),
    end: () => Buffer.alloc(0),
  };
}

function* encodeRows({ steps, times, columns }: RowWindow, layout: KeyLayout): Generator<Buffer> {
  const ordered = layout.order.flatMap((place) => columns[place] ?? []);
  let text = '';
  for (let row = 0; row < steps.length; row++) {
    const begin = beginOf(steps[row] as number, times[row] as number);
    if (layout.above === null) text += begin + valuesText(ordered, row, layout);
    else for (const values of linesOf(ordered, row, layout, layout.above)) text += begin + values;
    if (text.length < BATCH_CHARACTERS) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

function beginOf(step: number, time: number): string {
  return Number.isNaN(time) ? `{"_step":${step}` : `{"_step":${step},"_timestamp":${time}`;
}

/** The values of a row behind its step, and the end of the line: all of them, or those that are wanted. */
function valuesText(
  columns: readonly WindowColumn[],
  row: number,
  layout: KeyLayout,
  isWanted?: (i: number) => boolean,
): string {
  let text = '';
  let last = -1;
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i] as WindowColumn; // i is within bounds
    const kind = column.kinds[row];
    if (kind === NOTHING || isWanted?.(i) === false) continue;
    text += layout.join(last, i);
    text +=
      kind === NUMBER ? numberText(column.numbers[row] as number) : formatWireJson(column.others.get(row) ?? null);
    last = i;
  }
  return `${text}${layout.close(last)}\n`;
}

/** As `valuesText`, in as many lines as it takes: what stands below others in the row comes after them. */
function linesOf(
  columns: readonly WindowColumn[],
  row: number,
  layout: KeyLayout,
  above: readonly (readonly number[])[],
): string[] {
  const isThere = (i: number) => columns[i]?.kinds[row] !== NOTHING;
  const lineOf = columns.map((_, i) => (above[i] ?? []).filter(isThere).length);
  const lines = 1 + Math.max(0, ...lineOf.filter((_, i) => isThere(i)));
  return Array.from({ length: lines }, (_, line) => valuesText(columns, row, layout, (i) => lineOf[i] === line));
}
