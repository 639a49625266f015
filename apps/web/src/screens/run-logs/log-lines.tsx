import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { type ReactNode, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { countOf } from '../../format/format-number.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { LogLine } from './log-line.tsx';
import type { LineRange } from './log-search.ts';
import css from './logs.module.css';
import type { ConsoleLine } from './use-log-lines.ts';

const LINE_PX = 20;
const AT_END_PX = 24;
const NEAR_TOP_LINES = 60;

/** What the screen may have the list do. */
export interface LogLinesHandle {
  /** Shows a line by its place in the list, in the middle. */
  scrollTo(index: number): void;
  /** The place of the first line that is in view. */
  firstInView(): number;
}

export interface LogLinesProps {
  readonly handle: React.Ref<LogLinesHandle>;
  readonly count: number;
  /** The number of the line at a place of the list, if it is known. */
  readonly numberAt: (index: number) => number;
  readonly lineAt: (index: number) => ConsoleLine | undefined;
  readonly highest: number;
  readonly search: string;
  readonly chosen: LineRange | null;
  /** The number of the line where the search is. */
  readonly current: number | null;
  readonly hasTime: boolean;
  readonly isWrapped: boolean;
  /** Keeps the end in view. */
  readonly isFollowing: boolean;
  readonly onFollow: (isFollowing: boolean) => void;
  /** How many lines came since the end was left. */
  readonly newLines: number;
  readonly onShown: (from: number, to: number) => void;
  readonly onNearTop?: (() => void) | undefined;
  readonly onChoose: (number: number, isEnd: boolean) => void;
  /** Said above the lines. */
  readonly strip?: ReactNode;
}

/** The lines of a console, of which only what is seen is in the page. */
export function LogLines(props: LogLinesProps) {
  const { count, numberAt, lineAt, isFollowing, isWrapped, onFollow, onShown, onNearTop, chosen, current } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    getItemKey: numberAt,
    overscan: 30,
  });
  useImperativeHandle(props.handle, () => ({
    scrollTo: (index) => virtualizer.scrollToIndex(index, { align: 'center' }),
    firstInView: () => virtualizer.range?.startIndex ?? 0,
  }));
  const items = virtualizer.getVirtualItems();
  const [from, to] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => onShown(from, to), [onShown, from, to]);
  useEffect(() => {
    if (from < NEAR_TOP_LINES) onNearTop?.();
  }, [from, onNearTop]);
  const total = virtualizer.getTotalSize();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end moves when the height does
  useLayoutEffect(() => {
    const element = scroller.current;
    if (isFollowing && element) element.scrollTop = element.scrollHeight;
  }, [isFollowing, total]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every line has another height then
  useLayoutEffect(() => virtualizer.measure(), [isWrapped]);
  useKeepPlace(scroller, numberAt(0), count, isFollowing);
  const lastTop = useRef(0);
  const follow = () => {
    const element = scroller.current;
    if (!element) return;
    const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight <= AT_END_PX;
    const isUp = element.scrollTop < lastTop.current - 1;
    lastTop.current = element.scrollTop;
    if (isAtEnd && !isFollowing) onFollow(true);
    else if (!isAtEnd && isUp && isFollowing) onFollow(false);
  };
  return (
    <div className={classNames(css.frame, isWrapped && css.wrapped)}>
      {props.strip}
      <section
        ref={scroller}
        className={css.scroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
        tabIndex={0}
        aria-label="Console output"
        onScroll={follow}
        style={{ '--digits': String(props.highest + 1).length } as React.CSSProperties}
      >
        <div className={css.all} style={{ height: total }}>
          {items.map(({ index, key, start }) => {
            const number = numberAt(index);
            return (
              <div
                key={key}
                ref={isWrapped ? virtualizer.measureElement : undefined}
                data-index={index}
                className={css.row}
                style={{ transform: `translateY(${start}px)` }}
              >
                <LogLine
                  number={number}
                  line={lineAt(index)}
                  search={props.search}
                  hasTime={props.hasTime}
                  isChosen={chosen !== null && chosen.from <= number && number <= chosen.to}
                  isCurrent={current === number}
                  onChoose={props.onChoose}
                />
              </div>
            );
          })}
        </div>
      </section>
      {!isFollowing && props.newLines > 0 && (
        <Button className={css.more ?? ''} onClick={() => onFollow(true)}>
          <ArrowDown aria-hidden />
          {countOf(props.newLines, 'new line')}
        </Button>
      )}
    </div>
  );
}

/** Earlier lines that come in above move nothing of what one reads. */
function useKeepPlace(
  scroller: React.RefObject<HTMLDivElement | null>,
  first: number,
  count: number,
  isFollowing: boolean,
): void {
  const before = useRef({ first, count });
  useLayoutEffect(() => {
    const known = before.current;
    before.current = { first, count };
    if (isFollowing || first >= known.first || count <= known.count || known.count === 0 || !scroller.current) return;
    scroller.current.scrollTop += (count - known.count) * LINE_PX;
  }, [scroller, first, count, isFollowing]);
}
