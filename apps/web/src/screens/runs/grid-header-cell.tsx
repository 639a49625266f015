import { ArrowDown, ArrowUp, ChevronDown } from 'lucide-react';
import { type DragEvent, useState } from 'react';
import { classNames } from '../../ui/class-names.ts';
import { Menu } from '../../ui/menu.tsx';
import { isNumericColumn } from './cell-text.ts';
import { columnId, isSortable } from './column.ts';
import { ColumnMenu } from './column-menu.tsx';
import css from './grid.module.css';
import type { SortLevel } from './runs-view.ts';
import type { ColumnActions } from './use-column-actions.ts';
import type { ModelColumn } from './use-column-model.ts';

const DRAG_TYPE = 'application/x-summa-column';

export interface GridHeaderCellProps {
  readonly id: string;
  /** The place of the column in the grid. */
  readonly index: number;
  /** How far from the left edge a pinned column stays; null for one that scrolls. */
  readonly left: number | null;
  readonly entry: ModelColumn;
  readonly label: string;
  readonly sort: readonly SortLevel[];
  readonly actions: ColumnActions;
  readonly isActive: boolean;
  readonly isOpen: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly onClosed: () => void;
}

/** The head of a column: a click sorts, Shift adds a level, dragging moves it, its edge makes it wider. */
export function GridHeaderCell(props: GridHeaderCellProps) {
  const { id, index, left, entry, label, sort, actions, isActive, isOpen, onOpen, onClosed } = props;
  const { shown, width } = entry;
  const [isTarget, setTarget] = useState(false);
  const level = sort.findIndex(({ column }) => columnId(column) === shown.id);
  const direction = sort[level]?.direction;
  const canSort = isSortable(shown.column);
  const onDrop = (event: DragEvent) => {
    setTarget(false);
    const moved = event.dataTransfer.getData(DRAG_TYPE);
    if (moved !== '') actions.move(moved, shown.id);
  };
  return (
    <div
      id={id}
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={direction === undefined ? undefined : direction === 'ASC' ? 'ascending' : 'descending'}
      className={classNames(
        css.headCell,
        left !== null && css.pinned,
        isNumericColumn(shown.column) && css.numeric,
        isActive && css.active,
        isTarget && css.target,
      )}
      style={left === null ? { width } : { width, left }}
      draggable={!entry.isResizing}
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAG_TYPE, shown.id);
        event.dataTransfer.effectAllowed = 'move';
      }}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAG_TYPE)) return;
        event.preventDefault();
        setTarget(true);
      }}
      onDragLeave={() => setTarget(false)}
      onDrop={onDrop}
    >
      <button
        type="button"
        tabIndex={-1}
        className={css.headName}
        title={label}
        disabled={!canSort}
        onClick={(event) => actions.sort(shown.column, event.shiftKey)}
      >
        <span className={css.headText}>{label}</span>
        {direction !== undefined && (
          <span className={css.direction}>
            {direction === 'ASC' ? <ArrowUp aria-hidden /> : <ArrowDown aria-hidden />}
            {sort.length > 1 && <span>{level + 1}</span>}
          </span>
        )}
      </button>
      <Menu
        open={isOpen}
        onOpenChange={onOpen}
        onCloseFocus={onClosed}
        trigger={
          <button type="button" tabIndex={-1} className={css.headMenu} aria-label={`Column ${label}`}>
            <ChevronDown aria-hidden />
          </button>
        }
      >
        <ColumnMenu shown={shown} width={width} direction={direction} actions={actions} />
      </Menu>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the menu of the column does the same with the keyboard */}
      <div
        className={classNames(css.edge, entry.isResizing && css.resizing)}
        onMouseDown={entry.startResizing}
        onTouchStart={entry.startResizing}
        onDoubleClick={() => actions.resize(shown.id, null)}
      />
    </div>
  );
}
