import type { RunOrder } from '../../generated/graphql.ts';
import { type Column, columnId, columnTarget, isGroupable, isSortable, parseColumnId } from './column.ts';
import { type FilterGroup, filterText, parseFilterText } from './filter-tree.ts';
import { splitOutsideQuotes } from './quoted-text.ts';

/** What of the table of runs is shown, as it stands in the address. */
export interface RunsSearch {
  /** `*@name,@state!120,val/loss:min`: the columns in order, pinned ones with a star, with their width where it was chosen. */
  readonly cols?: string;
  /** `-val/loss:min,@created`: what decides first comes first, "-" for the greatest first. */
  readonly sort?: string;
  /** See `filterText`. */
  readonly filter?: string;
  /** `@state,config.lr` */
  readonly group?: string;
}

/** A column as it is shown. */
export interface ShownColumn {
  readonly id: string;
  readonly column: Column;
  readonly pinned: boolean;
  /** Undefined for the width that such a column has by itself. */
  readonly width: number | undefined;
  /** Which end is marked as best; undefined for what the statistic or the goal says. */
  readonly best: Best | undefined;
}

/** Which end of a column is marked. */
export type Best = 'low' | 'high' | 'none';

/** One level of the order. */
export interface SortLevel {
  readonly column: Column;
  readonly direction: 'ASC' | 'DESC';
}

/** The view that an address holds. */
export interface RunsView {
  /** Null for the columns that the project suggests. */
  readonly columns: readonly ShownColumn[] | null;
  readonly sort: readonly SortLevel[];
  readonly filter: FilterGroup;
  readonly groupBy: readonly Column[];
}

const MOST_COLUMNS = 400;
const MOST_SORTS = 8;
const MOST_GROUPS = 4;
const NARROWEST = 56;
const WIDEST = 1_200;
const BESTS: readonly Best[] = ['low', 'high', 'none'];

/** Keeps of an address what the table of runs knows. */
export function validateRunsSearch(search: Record<string, unknown>): RunsSearch {
  const text = (name: string) => (typeof search[name] === 'string' && search[name] !== '' ? search[name] : undefined);
  return withoutUndefined({ cols: text('cols'), sort: text('sort'), filter: text('filter'), group: text('group') });
}

/** Reads the view out of an address; what cannot be read is left out. */
export function parseRunsView(search: RunsSearch): RunsView {
  return {
    columns: search.cols === undefined ? null : parseColumns(search.cols),
    sort: splitOutsideQuotes(search.sort ?? '', ',')
      .flatMap(parseSort)
      .slice(0, MOST_SORTS),
    filter: parseFilterText(search.filter ?? ''),
    groupBy: splitOutsideQuotes(search.group ?? '', ',')
      .flatMap((text) => parseColumnId(text) ?? [])
      .filter(isGroupable)
      .slice(0, MOST_GROUPS),
  };
}

/** Writes a view as an address; what is as it is by itself is left out. */
export function runsSearch(view: RunsView): RunsSearch {
  const text = (parts: readonly string[]) => (parts.length === 0 ? undefined : parts.join(','));
  return withoutUndefined({
    cols: view.columns === null ? undefined : text(view.columns.map(columnText)),
    sort: text(view.sort.map(({ column, direction }) => `${direction === 'DESC' ? '-' : ''}${columnId(column)}`)),
    filter: filterText(view.filter) || undefined,
    group: text(view.groupBy.map(columnId)),
  });
}

/** A column as it is shown when nothing more is said about it. */
export function shownColumn(column: Column, pinned = false): ShownColumn {
  return { id: columnId(column), column, pinned, width: undefined, best: undefined };
}

/** The order as the API takes it. */
export function orderInput(sort: readonly SortLevel[]): RunOrder[] {
  return sort.flatMap(({ column, direction }) => {
    const target = columnTarget(column);
    return target === null ? [] : [{ ...target, direction }];
  });
}

/**
 * The order after a click on a header: by this column, upwards, then downwards, then not at all; `adds` keeps the other
 * levels. A metric starts with the end that is more often wanted first.
 */
export function nextSort(
  sort: readonly SortLevel[],
  column: Column,
  { adds, first = 'ASC' }: { readonly adds: boolean; readonly first?: 'ASC' | 'DESC' },
): SortLevel[] {
  const id = columnId(column);
  const at = sort.findIndex((level) => columnId(level.column) === id);
  const current = sort[at];
  const others = adds ? sort.filter((_, index) => index !== at) : [];
  if (current === undefined) return [...others, { column, direction: first }].slice(-MOST_SORTS);
  if (current.direction !== first) return [...others];
  const turned: SortLevel = { column, direction: first === 'ASC' ? 'DESC' : 'ASC' };
  return adds ? sort.map((level, index) => (index === at ? turned : level)) : [turned];
}

/** The columns with one moved to another place among those that are pinned like it. */
export function moveColumn(columns: readonly ShownColumn[], id: string, toId: string): ShownColumn[] {
  const from = columns.findIndex((each) => each.id === id);
  const to = columns.findIndex((each) => each.id === toId);
  const moved = columns[from];
  const target = columns[to];
  if (!moved || !target || from === to) return [...columns];
  const rest = columns.filter((each) => each !== moved);
  rest.splice(to, 0, { ...moved, pinned: target.pinned });
  return pinnedFirst(rest);
}

/** The columns with one changed. */
export function changeColumn(
  columns: readonly ShownColumn[],
  id: string,
  change: Partial<Pick<ShownColumn, 'pinned' | 'width' | 'best'>>,
): ShownColumn[] {
  return pinnedFirst(columns.map((each) => (each.id === id ? { ...each, ...change } : each)));
}

/** The columns with one in the place of another, as when the statistic is changed; none appears twice. */
export function replaceColumn(columns: readonly ShownColumn[], id: string, column: Column): ShownColumn[] {
  const next = columnId(column);
  return columns
    .filter((each) => each.id === id || each.id !== next)
    .map((each) => (each.id === id ? { ...each, id: next, column, best: undefined } : each));
}

function pinnedFirst(columns: readonly ShownColumn[]): ShownColumn[] {
  return [...columns.filter(({ pinned }) => pinned), ...columns.filter(({ pinned }) => !pinned)];
}

function columnText({ id, pinned, width, best }: ShownColumn): string {
  return [pinned ? '*' : '', id, width === undefined ? '' : `!${width}`, best === undefined ? '' : `!${best}`].join('');
}

function parseColumns(text: string): ShownColumn[] {
  const found = new Map<string, ShownColumn>();
  for (const part of splitOutsideQuotes(text, ',')) {
    const shown = parseShown(part);
    if (shown && !found.has(shown.id) && found.size < MOST_COLUMNS) found.set(shown.id, shown);
  }
  if (!found.has('@name')) return pinnedFirst([shownColumn({ kind: 'field', field: 'name' }, true), ...found.values()]);
  return pinnedFirst([...found.values()]);
}

function parseShown(text: string): ShownColumn | null {
  const pinned = text.startsWith('*');
  const [id = '', ...more] = splitOutsideQuotes(pinned ? text.slice(1) : text, '!');
  const column = parseColumnId(id);
  if (column === null) return null;
  const width = more.map(Number).find((number) => Number.isFinite(number));
  return {
    id: columnId(column),
    column,
    pinned,
    width: width === undefined ? undefined : Math.min(WIDEST, Math.max(NARROWEST, Math.round(width))),
    best: BESTS.find((each) => more.includes(each)),
  };
}

function parseSort(text: string): SortLevel[] {
  const descends = text.startsWith('-');
  const column = parseColumnId(descends ? text.slice(1) : text);
  if (column === null || !isSortable(column)) return [];
  return [{ column, direction: descends ? 'DESC' : 'ASC' }];
}

function withoutUndefined<Text>(object: Record<string, Text | undefined>): Record<string, Text> {
  return Object.fromEntries(Object.entries(object).filter((entry): entry is [string, Text] => entry[1] !== undefined));
}
