import type { Style } from './style.ts';
import { cutToWidth, textWidth } from './text-width.ts';

/** One column of a table: as many cells as there are rows. */
export interface TableColumn {
  readonly header: string;
  readonly cells: readonly string[];
  /** Numbers stand with their points below each other. */
  readonly isNumeric?: boolean;
  /** How a cell is painted, once it has been padded. */
  readonly paint?: (padded: string, cell: string) => string;
}

/** How wide a table may get, and how it looks. */
export interface TableSpace {
  /** Columns of the terminal; null where there is no limit. */
  readonly width: number | null;
  readonly style: Style;
}

/** A table as text, and how many of its columns, from the right, found no room. */
export interface FormattedTable {
  readonly text: string;
  readonly leftOut: number;
}

const GAP = '  ';
const LEAST_TEXT_WIDTH = 8;

/**
 * A table with a line of headers, without a line end at its end. What is too wide for the terminal is first cut in the
 * columns of text, then whole columns are left out from the right; the first one always stays.
 */
export function formatTable(columns: readonly TableColumn[], { width, style }: TableSpace): FormattedTable {
  const laidOut = columns.map(layOut);
  const fitting = width === null ? laidOut : narrow(laidOut, width);
  const rows = Math.max(0, ...columns.map(({ cells }) => cells.length));
  const lines = Array.from({ length: rows }, (_, row) =>
    fitting.map(({ column, cells, width: wide }) => {
      const cell = cells[row] ?? '';
      const padded = pad(cell, wide, column.isNumeric);
      return column.paint?.(padded, cell) ?? padded;
    }),
  );
  const header = fitting.map(({ column, width: wide }) =>
    style.bold(pad(cutToWidth(column.header, wide), wide, column.isNumeric)),
  );
  const text = [header, ...lines].map((cells) => cells.join(GAP).trimEnd()).join('\n');
  return { text, leftOut: columns.length - fitting.length };
}

interface LaidOutColumn {
  readonly column: TableColumn;
  readonly cells: readonly string[];
  readonly width: number;
}

function layOut(column: TableColumn): LaidOutColumn {
  const cells = column.isNumeric === true ? alignAtPoint(column.cells) : column.cells;
  return { column, cells, width: Math.max(textWidth(column.header), ...cells.map(textWidth)) };
}

/** Cells padded at their ends so that, pushed to the right, their points stand below each other. */
function alignAtPoint(cells: readonly string[]): string[] {
  const fractions = cells.map((cell) => /\.\d+(e-?\d+)?$|e-?\d+$/.exec(cell)?.[0].length ?? 0);
  const longest = Math.max(0, ...fractions);
  return cells.map((cell, i) => (cell === '' ? '' : cell + ' '.repeat(longest - (fractions[i] ?? 0))));
}

function narrow(columns: readonly LaidOutColumn[], width: number): LaidOutColumn[] {
  const needed = totalWidth(columns);
  if (needed <= width || columns.length === 0) return [...columns];
  const narrowed = cutTexts(columns, needed - width);
  if (totalWidth(narrowed) <= width) return narrowed;
  if (columns.length === 1) return narrowed.map((column) => cutColumn(column, width));
  return narrow(columns.slice(0, -1), width);
}

/** Takes the excess off the widest columns of text first, and leaves each of them eight characters. */
function cutTexts(columns: readonly LaidOutColumn[], excess: number): LaidOutColumn[] {
  const narrowed = [...columns];
  let left = excess;
  while (left > 0) {
    const widest = narrowed.reduce<number>((best, { column, width }, i) => {
      const isCandidate = column.isNumeric !== true && width > LEAST_TEXT_WIDTH;
      return isCandidate && width > (narrowed[best]?.width ?? 0) ? i : best;
    }, -1);
    const column = narrowed[widest];
    if (column === undefined) break;
    narrowed[widest] = { ...column, width: column.width - 1 };
    left -= 1;
  }
  return narrowed.map((column) => cutColumn(column, column.width));
}

function cutColumn(column: LaidOutColumn, width: number): LaidOutColumn {
  return { ...column, width, cells: column.cells.map((cell) => cutToWidth(cell, width)) };
}

function totalWidth(columns: readonly LaidOutColumn[]): number {
  return columns.reduce((sum, { width }) => sum + width, 0) + GAP.length * (columns.length - 1);
}

function pad(text: string, width: number, isNumeric = false): string {
  const spaces = ' '.repeat(Math.max(0, width - textWidth(text)));
  return isNumeric ? spaces + text : text + spaces;
}
