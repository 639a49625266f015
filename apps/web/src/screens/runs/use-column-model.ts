import {
  type ColumnSizingState,
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  type Header,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useEffect, useMemo, useRef, useState } from 'react';
import { defaultWidth } from './column.ts';
import type { ShownColumn } from './runs-view.ts';

const features = tableFeatures({
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
});
const NO_ROWS: object[] = [];
const NARROWEST = 56;
const WIDEST = 1_200;

/** A column with its place and width. */
export interface ModelColumn {
  readonly shown: ShownColumn;
  readonly width: number;
  readonly isResizing: boolean;
  readonly startResizing: (event: unknown) => void;
}

/** The columns as they lie side by side: those that stay in sight, and those that scroll. */
export interface ColumnModel {
  readonly pinned: readonly ModelColumn[];
  readonly center: readonly ModelColumn[];
}

/**
 * Lays the columns out. Widths follow the pointer while one is dragged, and are told to `onResize` when it is let go. The
 * rows are no part of the model: there are more of them than are here.
 */
export function useColumnModel(
  columns: readonly ShownColumn[],
  onResize: (id: string, width: number) => void,
): ColumnModel {
  const byId = useMemo(() => new Map(columns.map((each) => [each.id, each])), [columns]);
  const defs = useMemo(
    () =>
      columns.map(({ id, column }) => ({
        id,
        size: defaultWidth(column),
        minSize: NARROWEST,
        maxSize: WIDEST,
        header: id,
      })),
    [columns],
  );
  const chosen = useMemo(
    () => Object.fromEntries(columns.flatMap(({ id, width }) => (width === undefined ? [] : [[id, width]]))),
    [columns],
  );
  const [dragged, setDragged] = useState<ColumnSizingState>({});
  const columnSizing = useMemo(() => ({ ...chosen, ...dragged }), [chosen, dragged]);
  const columnOrder = useMemo(() => columns.map(({ id }) => id), [columns]);
  const columnPinning = useMemo(
    () => ({ start: columns.filter(({ pinned }) => pinned).map(({ id }) => id), end: [] }),
    [columns],
  );
  const table = useTable({
    features,
    columns: defs,
    data: NO_ROWS,
    columnResizeMode: 'onChange',
    state: { columnSizing, columnOrder, columnPinning },
    onColumnSizingChange: (update) =>
      setDragged((last) => (typeof update === 'function' ? update({ ...chosen, ...last }) : update)),
  });
  const resizing = table.state.columnResizing.isResizingColumn;
  const before = useRef<string | false>(false);
  useEffect(() => {
    const id = before.current;
    before.current = resizing;
    if (id === false || resizing !== false) return;
    const width = dragged[id];
    setDragged({});
    if (width !== undefined) onResize(id, Math.round(width));
  }, [resizing, dragged, onResize]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time it is another object around the same table
  return useMemo(() => {
    const toModel = (header: Header<typeof features, object, unknown>): ModelColumn[] => {
      const shown = byId.get(header.column.id);
      if (!shown) return [];
      const isResizing = resizing === shown.id;
      return [{ shown, width: header.getSize(), isResizing, startResizing: header.getResizeHandler() }];
    };
    return {
      pinned: table.getStartLeafHeaders().flatMap(toModel),
      center: table.getCenterLeafHeaders().flatMap(toModel),
    };
  }, [byId, columnSizing, columnOrder, columnPinning, resizing]);
}
