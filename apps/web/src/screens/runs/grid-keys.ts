/** A cell of the grid: row -1 is the header, column 0 the checkboxes. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** How large the grid is, and how many rows one sees. */
export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  readonly page: number;
}

/** Where a key leads to from a cell; null for a key that leads nowhere. */
export function nextCell({ row, column }: Place, key: string, { rows, columns, page }: GridSize): Place | null {
  const last = rows - 1;
  const to = (nextRow: number, nextColumn: number): Place => ({
    row: Math.max(-1, Math.min(last, nextRow)),
    column: Math.max(0, Math.min(columns - 1, nextColumn)),
  });
  switch (key) {
    case 'ArrowDown':
      return to(row + 1, column);
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'Home':
      return to(row, 0);
    case 'End':
      return to(row, columns - 1);
    case 'PageDown':
      return to(row + page, column);
    case 'PageUp':
      return to(Math.max(0, row - page), column);
    case 'mod+Home':
      return to(0, column);
    case 'mod+End':
      return to(last, column);
    default:
      return null;
  }
}
