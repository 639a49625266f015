import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useShortcut } from '../../keyboard/shortcuts.ts';
import { classNames } from '../../ui/class-names.ts';
import { copyText } from '../../ui/copy.tsx';
import { cellCopyText } from './cell-text.ts';
import { type Column, columnId } from './column.ts';
import css from './grid.module.css';
import { GridHeaderCell } from './grid-header-cell.tsx';
import { nextCell, type Place } from './grid-keys.ts';
import { GridRow } from './grid-row.tsx';
import type { ShownColumn, SortLevel } from './runs-view.ts';
import { itemAt, type RowItem, type Section, sectionsLength } from './sections.ts';
import type { Selection } from './selection-store.ts';
import type { BestValues } from './use-best-values.ts';
import type { ColumnActions } from './use-column-actions.ts';
import { useColumnModel } from './use-column-model.ts';
import { type ValueColumn, valueColumns } from './value-columns.ts';

const ROW = 32;
const CHECK = 40;

/** What the grid needs to draw the table. */
export interface RunGridProps {
  readonly label: string;
  readonly columns: readonly ShownColumn[];
  readonly sections: readonly Section[];
  /** Grows when rows or values came, so that they are drawn. */
  readonly version: number;
  readonly sort: readonly SortLevel[];
  readonly selection: Selection;
  readonly actions: ColumnActions;
  readonly best: BestValues;
  readonly labelOf: (column: Column) => string;
  readonly onSight: (sight: { start: number; end: number; columns: readonly ValueColumn[] }) => void;
  readonly onOpen: (item: RowItem) => void;
}

/** The table of runs: rows and columns beyond what is seen are not in the page. The keyboard moves over its cells. */
export function RunGrid(props: RunGridProps) {
  const { label, columns, sections, sort, selection, actions, best, labelOf, onSight, onOpen } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<Place>({ row: 0, column: 1 });
  const [openMenu, setOpenMenu] = useState<string | null>(null);
  const model = useColumnModel(columns, actions.resize);
  const rowCount = sectionsLength(sections);
  const pinnedWidth = CHECK + model.pinned.reduce((sum, { width }) => sum + width, 0);
  const rows = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 16,
    scrollPaddingStart: ROW + 4,
    scrollPaddingEnd: ROW,
  });
  const across = useVirtualizer({
    horizontal: true,
    count: model.center.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => model.center[index]?.width ?? 0,
    getItemKey: (index) => model.center[index]?.shown.id ?? index,
    overscan: 4,
    paddingStart: pinnedWidth,
    scrollPaddingStart: pinnedWidth,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sizes of all columns are in the model
  useEffect(() => across.measure(), [across, model]);

  const rowItems = rows.getVirtualItems();
  const columnItems = across.getVirtualItems();
  const start = rowItems[0]?.index ?? 0;
  const end = (rowItems.at(-1)?.index ?? -1) + 1;
  const from = columnItems[0]?.index ?? 0;
  const to = (columnItems.at(-1)?.index ?? -1) + 1;
  const center = useMemo(() => model.center.slice(from, to), [model, from, to]);
  const before = (columnItems[0]?.start ?? pinnedWidth) - pinnedWidth;
  const totalWidth = across.getTotalSize();
  const inSight = useMemo(
    () => valueColumns([...model.pinned, ...center].map(({ shown }) => shown)),
    [model.pinned, center],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: sections are looked at anew when one of them was opened
  useEffect(() => onSight({ start, end, columns: inSight }), [onSight, start, end, inSight, sections]);

  const all = model.pinned.length + model.center.length;
  const go = (next: Place, extend = false) => {
    setPlace(next);
    if (next.row >= 0) rows.scrollToIndex(next.row);
    if (next.column > model.pinned.length) across.scrollToIndex(next.column - 1 - model.pinned.length);
    if (extend) selection.extendTo(next.row);
  };
  const shownAt = (column: number) => [...model.pinned, ...model.center][column - 1]?.shown;
  const move = (key: string, extend = false) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW) - 2);
    const next = nextCell(place, key, { rows: rowCount, columns: all + 1, page });
    if (!next) return false;
    if (extend && place.row >= 0) selection.anchorAt(place.row);
    go(next, extend);
    return true;
  };
  const act = () => {
    const item = itemAt(sections, place.row);
    const shown = shownAt(place.column);
    if (place.row < 0) {
      if (place.column === 0) selection.toggleAll();
      else setOpenMenu(shown?.id ?? null);
    } else if (item && place.column === 0 && item.kind === 'run') selection.toggle(place.row, false);
    else if (item) onOpen(item);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The menu of a header is a child in React, though not in the page.
    if (!(event.target instanceof Node && event.currentTarget.contains(event.target))) return;
    const withMod = event.ctrlKey || event.metaKey;
    if (withMod && event.key.toLowerCase() === 'c' && window.getSelection()?.isCollapsed !== false) {
      const text = cellCopyText(itemAt(sections, place.row), shownAt(place.column)?.column, labelOf, columnId);
      if (text !== null) void copyText(text);
      return;
    }
    const key = withMod && ['Home', 'End'].includes(event.key) ? `mod+${event.key}` : event.key;
    if (move(key, event.shiftKey)) event.preventDefault();
    else if (event.key === 'Enter') act();
    else if (event.key === ' ') selection.toggle(place.row, event.shiftKey);
    else if (event.key === 'Escape') selection.clear();
    else return;
    event.preventDefault();
  };
  useShortcut('j', 'Next row', () => move('ArrowDown'));
  useShortcut('k', 'Row before', () => move('ArrowUp'));
  useShortcut('x', 'Select the run', () => selection.toggle(place.row, false));
  useShortcut('X', 'Select up to this run', () => selection.toggle(place.row, true));
  useShortcut('Enter', 'Open the run', act);

  const header = (entry: (typeof model.pinned)[number], index: number, left: number | null) => (
    <GridHeaderCell
      key={entry.shown.id}
      id={`runs-head-${index}`}
      index={index}
      left={left}
      entry={entry}
      label={labelOf(entry.shown.column)}
      sort={sort}
      actions={actions}
      isActive={place.row < 0 && place.column === index}
      isOpen={openMenu === entry.shown.id}
      onOpen={(open) => setOpenMenu(open ? entry.shown.id : null)}
      onClosed={() => scroller.current?.focus()}
    />
  );
  const lefts = useMemo(
    () => model.pinned.map((_, at) => CHECK + model.pinned.slice(0, at).reduce((sum, { width }) => sum + width, 0)),
    [model.pinned],
  );
  const activeId = place.row < 0 ? `runs-head-${place.column}` : `runs-cell-${place.row}-${place.column}`;
  return (
    <div
      ref={scroller}
      className={css.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={rowCount + 1}
      aria-colcount={all + 1}
      aria-multiselectable="true"
      aria-activedescendant={rowCount > 0 || place.row < 0 ? activeId : undefined}
      tabIndex={0}
      data-scroll-restoration-id="runs"
      onKeyDown={onKeyDown}
    >
      <div className={css.sheet} role="presentation" style={{ width: totalWidth, height: rows.getTotalSize() + ROW }}>
        <div className={css.head} role="row" aria-rowindex={1} style={{ width: totalWidth }}>
          <div
            id="runs-head-0"
            role="columnheader"
            aria-colindex={1}
            className={classNames(css.check, css.pinned, place.row < 0 && place.column === 0 && css.active)}
          >
            <input
              type="checkbox"
              tabIndex={-1}
              aria-label="Select all runs that are loaded"
              className={css.box}
              checked={selection.covers}
              ref={(box) => {
                if (box) box.indeterminate = selection.size > 0 && !selection.covers;
              }}
              onChange={selection.toggleAll}
            />
          </div>
          {model.pinned.map((entry, at) => header(entry, at + 1, lefts[at] ?? 0))}
          <div role="presentation" className={css.gap} style={{ width: before }} />
          {center.map((entry, at) => header(entry, model.pinned.length + from + at + 1, null))}
        </div>
        {rowItems.map(({ index, key, start: top }) => {
          const item = itemAt(sections, index);
          const id = item?.kind === 'run' ? item.line.id : null;
          return (
            <GridRow
              key={key}
              index={index}
              top={top + ROW}
              width={totalWidth}
              item={item}
              revision={item?.kind === 'run' ? item.pages.revisionOf(item.row) : 0}
              pinned={model.pinned}
              lefts={lefts}
              center={center}
              from={from}
              before={before}
              best={best}
              isSelected={id !== null && selection.has(id)}
              activeColumn={place.row === index ? place.column : null}
              onPoint={setPlace}
              onSelect={selection.toggle}
              onOpen={onOpen}
            />
          );
        })}
      </div>
    </div>
  );
}
