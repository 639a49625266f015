import { useVirtualizer } from '@tanstack/react-virtual';
import { type Key, type ReactNode, useRef } from 'react';
import { classNames } from './class-names.ts';
import css from './virtual-list.module.css';

export interface VirtualListProps<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  /** The height of a row in px; all rows have it. */
  readonly rowHeight: number;
  readonly keyOf: (item: Item) => Key;
  readonly children: (item: Item, index: number) => ReactNode;
  /** It must give the list a height. */
  readonly className?: string | undefined;
}

/** A list of any length of which only what is seen is in the page. */
export function VirtualList<Item>({ label, items, rowHeight, keyOf, children, className }: VirtualListProps<Item>) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
    <section ref={scroller} className={classNames(css.scroll, className)} tabIndex={0} aria-label={label}>
      <ul className={css.all} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const item = items[index];
          if (item === undefined) return null;
          return (
            <li
              key={keyOf(item)}
              className={css.row}
              style={{ height: rowHeight, transform: `translateY(${start}px)` }}
              aria-setsize={items.length}
              aria-posinset={index + 1}
            >
              {children(item, index)}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
