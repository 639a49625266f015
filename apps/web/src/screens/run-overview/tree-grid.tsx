import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { ChevronRight } from 'lucide-react';
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { countOf } from '../../format/format-number.ts';
import { classNames } from '../../ui/class-names.ts';
import css from './tree-grid.module.css';
import type { TreeNode, TreeRow } from './value-tree.ts';

/** What a tree shows of a row. */
export interface RowParts {
  /** Behind the name. */
  readonly mark?: ReactNode;
  readonly value: ReactNode;
  /** Buttons that show while the row is pointed at or has the focus. */
  readonly actions?: ReactNode;
  readonly struck?: boolean;
}

export interface TreeGridProps {
  readonly label: string;
  readonly rows: readonly TreeRow[];
  readonly openDetails: ReadonlySet<string>;
  readonly parts: (node: TreeNode) => RowParts;
  readonly onTurn: (node: TreeNode) => void;
  readonly onDetail: (node: TreeNode) => void;
  /** Whether there is more to say of a value than its row does. */
  readonly hasDetail: (node: TreeNode) => boolean;
  readonly detail: (node: TreeNode) => ReactNode;
}

interface Item extends TreeRow {
  readonly isDetail: boolean;
}

const ROW_HEIGHT = 32;
const DETAIL_HEIGHT = 240;
/** The bars that stay at the top of the window. */
const COVERED = 100;

/**
 * A tree of any size as rows, of which only what is seen is in the page. One row is in the order of Tab; arrows, `j` and
 * `k` move, ← → close and open, Enter shows the details.
 */
export function TreeGrid({ label, rows, openDetails, parts, onTurn, onDetail, hasDetail, detail }: TreeGridProps) {
  const list = useRef<HTMLDivElement>(null);
  const top = useTopOf(list);
  const items = useMemo(() => itemsOf(rows, openDetails), [rows, openDetails]);
  const [active, setActive] = useState<string>();
  const moved = useRef(false);
  const at = items.findIndex((item) => !item.isDetail && item.node.id === active);
  const activeAt = at === -1 ? 0 : at;
  const virtualizer = useWindowVirtualizer({
    count: items.length,
    estimateSize: (index) => (items[index]?.isDetail ? DETAIL_HEIGHT : ROW_HEIGHT),
    getItemKey: (index) => keyOf(items[index]),
    overscan: 10,
    scrollMargin: top,
    scrollPaddingStart: COVERED,
    // The row in the order of Tab stays, so that the focus is never lost.
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range);
      return seen.includes(activeAt) || items.length === 0 ? seen : [...seen, activeAt].sort((a, b) => a - b);
    },
  });
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    list.current?.querySelector<HTMLElement>('[data-active]')?.focus({ preventScroll: true });
  });
  const move = (index: number, step: number) => {
    for (let next = index + step; next >= 0 && next < items.length; next += step) {
      const item = items[next];
      if (!item || item.isDetail) continue;
      moved.current = true;
      setActive(item.node.id);
      virtualizer.scrollToIndex(next);
      return;
    }
  };
  const parentOf = (index: number) => {
    const depth = items[index]?.depth ?? 0;
    for (let before = index - 1; before >= 0; before--) {
      const item = items[before];
      if (item && !item.isDetail && item.depth < depth) return before;
    }
    return index;
  };
  const press = (event: KeyboardEvent<HTMLElement>, index: number, { node, isOpen }: Item) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    if (act()) {
      event.preventDefault();
      event.stopPropagation();
    }
    function act(): boolean {
      switch (event.key) {
        case 'ArrowDown':
        case 'j':
          move(index, 1);
          return true;
        case 'ArrowUp':
        case 'k':
          move(index, -1);
          return true;
        case 'Home':
          move(-1, 1);
          return true;
        case 'End':
          move(items.length, -1);
          return true;
        case 'ArrowRight':
          if (isOpen === false) onTurn(node);
          else if (isOpen) move(index, 1);
          return true;
        case 'ArrowLeft':
          if (isOpen) onTurn(node);
          else move(parentOf(index) + 1, -1);
          return true;
        case 'Enter':
        case ' ':
          if (node.kind === 'group') onTurn(node);
          else if (hasDetail(node)) onDetail(node);
          return true;
        default:
          return false;
      }
    }
  };
  return (
    <div
      ref={list}
      role="treegrid"
      aria-label={label}
      aria-rowcount={items.length}
      className={css.grid}
      style={{ height: virtualizer.getTotalSize() }}
    >
      {virtualizer.getVirtualItems().map(({ index, start, key }) => {
        const item = items[index];
        if (!item) return null;
        const place = { transform: `translateY(${start - top}px)` };
        if (item.isDetail) {
          return (
            // biome-ignore lint/a11y/useSemanticElements: as above
            <div
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              role="row"
              aria-rowindex={index + 1}
              aria-level={item.depth + 2}
              tabIndex={-1}
              className={css.detailRow}
              style={place}
              onKeyDown={(event) => {
                if (event.key !== 'Escape' || !event.currentTarget.contains(event.target as Node)) return;
                moved.current = true;
                setActive(item.node.id);
                onDetail(item.node);
              }}
            >
              {/* biome-ignore lint/a11y/useSemanticElements: as above */}
              <div role="gridcell" tabIndex={-1} className={css.detail}>
                {detail(item.node)}
              </div>
            </div>
          );
        }
        return (
          <Row
            key={key}
            item={item}
            index={index}
            style={place}
            isActive={index === activeAt}
            isDetailOpen={openDetails.has(item.node.id)}
            parts={parts(item.node)}
            canDetail={hasDetail(item.node)}
            onTurn={() => onTurn(item.node)}
            onDetail={() => onDetail(item.node)}
            onFocus={() => setActive(item.node.id)}
            onKeyDown={(event) => press(event, index, item)}
          />
        );
      })}
    </div>
  );
}

interface RowProps {
  readonly item: Item;
  readonly index: number;
  readonly style: React.CSSProperties;
  readonly isActive: boolean;
  readonly isDetailOpen: boolean;
  readonly canDetail: boolean;
  readonly parts: RowParts;
  readonly onTurn: () => void;
  readonly onDetail: () => void;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

function Row({ item, index, style, isActive, isDetailOpen, canDetail, parts, onTurn, onDetail, ...events }: RowProps) {
  const { node, depth, isOpen } = item;
  const id = useId();
  const isGroup = node.kind === 'group';
  const isOpenable = isGroup || canDetail;
  const own = canDetail ? isDetailOpen : undefined;
  const expanded = isDetailOpen || (isOpen ?? own);
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useKeyWithClickEvents: a row of the tree; its keys come with `events`
    <div
      role="row"
      data-index={index}
      data-active={isActive ? '' : undefined}
      data-row={node.id}
      aria-rowindex={index + 1}
      aria-level={depth + 1}
      aria-expanded={expanded}
      aria-labelledby={`${id}name ${id}value`}
      tabIndex={isActive ? 0 : -1}
      className={classNames(css.row, isOpenable && css.openable, isDetailOpen && css.open)}
      style={style}
      onClick={(event) => {
        if (isOpenable && isOwnClick(event)) (isGroup ? onTurn : onDetail)();
      }}
      {...events}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a cell of the tree above */}
      <div id={`${id}name`} role="gridcell" tabIndex={-1} className={css.name} style={{ paddingLeft: 4 + depth * 16 }}>
        <button
          type="button"
          tabIndex={-1}
          aria-hidden="true"
          className={classNames(css.chevron, expanded && css.turned, expanded === undefined && css.none)}
          onClick={isOpen === null || isDetailOpen ? onDetail : onTurn}
        >
          <ChevronRight />
        </button>
        <span className={classNames(css.nameText, parts.struck && css.struck)}>
          <Name node={node} />
        </span>
        {parts.mark}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a cell of the tree above */}
      <div id={`${id}value`} role="gridcell" tabIndex={-1} className={css.value}>
        {isGroup ? <span className={css.muted}>{countOf(node.leafCount, 'value')}</span> : parts.value}
      </div>
      {parts.actions !== undefined && (
        // biome-ignore lint/a11y/useSemanticElements: a cell of the tree above
        <div role="gridcell" tabIndex={-1} className={css.actions}>
          {parts.actions}
        </div>
      )}
    </div>
  );
}

/** The name, with what it shares with others up to its last "/" muted; the whole key on hover. */
function Name({ node }: { readonly node: TreeNode }) {
  const cut = node.name.slice(0, -1).lastIndexOf('/') + 1;
  return (
    <span className={css.key} title={node.key}>
      {cut > 0 && <span className={css.prefix}>{node.name.slice(0, cut)}</span>}
      {node.name.slice(cut)}
    </span>
  );
}

// A click on a button of the row is the button's, and whoever selects text wants to copy it.
function isOwnClick(event: React.MouseEvent<HTMLElement>): boolean {
  const target = event.target as HTMLElement;
  if (!event.currentTarget.contains(target) || target.closest('button, a, input, [role="menu"]')) return false;
  return window.getSelection()?.isCollapsed ?? true;
}

/** The rows with the details behind those that are open; the details of a metric stand for its statistics. */
function itemsOf(rows: readonly TreeRow[], openDetails: ReadonlySet<string>): readonly Item[] {
  const items: Item[] = [];
  let hiddenBelow = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    if (row.depth > hiddenBelow) continue;
    hiddenBelow = Number.POSITIVE_INFINITY;
    items.push({ ...row, isDetail: false });
    if (row.node.kind === 'group' || !openDetails.has(row.node.id)) continue;
    items.push({ ...row, isDetail: true });
    if (row.node.kind === 'metric') hiddenBelow = row.depth;
  }
  return items;
}

function keyOf(item: Item | undefined): string {
  return item ? `${item.node.id}${item.isDetail ? '\n' : ''}` : '';
}

/** How far the list is from the top of the page; it moves when what is above it grows. */
function useTopOf(list: React.RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      const box = list.current?.getBoundingClientRect();
      if (box) setTop(Math.round(box.top + window.scrollY));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [list]);
  return top;
}
