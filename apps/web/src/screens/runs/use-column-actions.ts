import { useMemo, useRef } from 'react';
import { type Column, columnId, isSortable } from './column.ts';
import {
  changeColumn,
  moveColumn,
  nextSort,
  type RunsView,
  replaceColumn,
  type ShownColumn,
  type SortLevel,
  shownColumn,
} from './runs-view.ts';

/** What one can do with the columns of the table. */
export interface ColumnActions {
  readonly sort: (column: Column, adds: boolean) => void;
  readonly sortBy: (level: SortLevel) => void;
  readonly filterBy: (column: Column) => void;
  readonly groupBy: (column: Column) => void;
  /** Moves a column to the place of another. */
  readonly move: (id: string, toId: string) => void;
  /** Moves a column by some places. */
  readonly shift: (id: string, by: number) => void;
  /** Null for the width that the column has by itself. */
  readonly resize: (id: string, width: number | null) => void;
  readonly change: (id: string, change: Partial<Pick<ShownColumn, 'pinned' | 'best'>>) => void;
  readonly replace: (id: string, column: Column) => void;
  readonly hide: (id: string) => void;
  readonly hideAll: (ids: readonly string[]) => void;
  readonly toggle: (column: Column) => void;
}

/** How the view is changed: what changes the columns writes all of them down, those that the project suggested too. */
export interface ViewChange {
  readonly view: RunsView;
  readonly columns: readonly ShownColumn[];
  readonly setView: (view: RunsView) => void;
  readonly onFilter: (column: Column) => void;
}

const NARROWEST = 56;
const WIDEST = 1_200;

/** The actions, which stay the same while what they act on changes. */
export function useColumnActions(change: ViewChange): ColumnActions {
  const latest = useRef(change);
  latest.current = change;
  return useMemo(() => {
    const setColumns = (columns: readonly ShownColumn[]) => latest.current.setView({ ...latest.current.view, columns });
    const now = () => latest.current.columns;
    return {
      sort: (column, adds) => {
        if (!isSortable(column)) return;
        const { view } = latest.current;
        const first = column.kind === 'field' && column.field === 'created' ? 'DESC' : 'ASC';
        latest.current.setView({ ...view, sort: nextSort(view.sort, column, { adds, first }) });
      },
      sortBy: (level) => latest.current.setView({ ...latest.current.view, sort: [level] }),
      filterBy: (column) => latest.current.onFilter(column),
      groupBy: (column) => {
        const { view } = latest.current;
        const others = view.groupBy.filter((each) => columnId(each) !== columnId(column));
        latest.current.setView({ ...view, groupBy: [...others, column] });
      },
      move: (id, toId) => setColumns(moveColumn(now(), id, toId)),
      shift: (id, by) => {
        const at = now().findIndex((each) => each.id === id);
        const target = now()[at + by];
        if (target) setColumns(moveColumn(now(), id, target.id));
      },
      resize: (id, width) => {
        const within = width === null ? undefined : Math.min(WIDEST, Math.max(NARROWEST, Math.round(width)));
        setColumns(changeColumn(now(), id, { width: within }));
      },
      change: (id, part) => setColumns(changeColumn(now(), id, part)),
      replace: (id, column) => setColumns(replaceColumn(now(), id, column)),
      hide: (id) => setColumns(now().filter((each) => each.id !== id || id === '@name')),
      hideAll: (ids) => setColumns(now().filter((each) => !ids.includes(each.id) || each.id === '@name')),
      toggle: (column) => {
        const id = columnId(column);
        if (id === '@name') return;
        const without = now().filter((each) => each.id !== id);
        setColumns(without.length < now().length ? without : [...now(), shownColumn(column)]);
      },
    };
  }, []);
}
