import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { countOf } from '../../format/format-number.ts';
import { RunStateDot } from '../../runs/run-state.tsx';
import css from './cards.module.css';
import { shortText } from './cell-text.ts';
import type { Column } from './column.ts';
import { groupWords } from './group-words.ts';
import type { ShownColumn } from './runs-view.ts';
import { itemAt, type RowItem, type Section, sectionsLength } from './sections.ts';
import type { Selection } from './selection-store.ts';
import { useProjectParams } from './use-project-params.ts';
import { type ValueColumn, valueColumns } from './value-columns.ts';

const ROW = 64;
const MOST_VALUES = 2;

/** The first value of the config and the first metric, or the first two where there is but one kind. */
function valuesOfCard(columns: readonly ShownColumn[]): ShownColumn[] {
  const values = columns.filter(({ column }) => column.kind !== 'field');
  const first = (kind: Column['kind']) => values.find(({ column }) => column.kind === kind);
  const [config, metric] = [first('config'), first('summary')];
  return config && metric ? [config, metric] : values.slice(0, MOST_VALUES);
}

export interface RunCardsProps {
  readonly label: string;
  readonly columns: readonly ShownColumn[];
  readonly sections: readonly Section[];
  readonly version: number;
  readonly selection: Selection;
  readonly labelOf: (column: Column) => string;
  readonly onSight: (sight: { start: number; end: number; columns: readonly ValueColumn[] }) => void;
  readonly onOpen: (item: RowItem) => void;
}

/** The runs where there is no room for a table: name, state, and two of the values that are chosen. */
export function RunCards({ label, columns, sections, selection, labelOf, onSight, onOpen }: RunCardsProps) {
  const scroller = useRef<HTMLElement>(null);
  const values = useMemo(() => valuesOfCard(columns), [columns]);
  const asked = useMemo(() => valueColumns(values), [values]);
  const count = sectionsLength(sections);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
  });
  const items = virtualizer.getVirtualItems();
  const start = items[0]?.index ?? 0;
  const end = (items.at(-1)?.index ?? -1) + 1;
  // biome-ignore lint/correctness/useExhaustiveDependencies: sections are looked at anew when one of them was opened
  useEffect(() => onSight({ start, end, columns: asked }), [onSight, start, end, asked, sections]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
    <section ref={scroller} className={css.scroller} tabIndex={0} aria-label={label} data-scroll-restoration-id="runs">
      <ul className={css.list} style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ index, key, start: top }) => (
          <li
            key={key}
            className={css.item}
            style={{ transform: `translateY(${top}px)` }}
            aria-setsize={count}
            aria-posinset={index + 1}
          >
            <Card
              item={itemAt(sections, index)}
              values={values}
              labelOf={labelOf}
              selection={selection}
              index={index}
              onOpen={onOpen}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface CardProps extends Pick<RunCardsProps, 'labelOf' | 'selection' | 'onOpen'> {
  readonly item: RowItem | undefined;
  readonly index: number;
  readonly values: readonly ShownColumn[];
}

function Card({ item, index, values, labelOf, selection, onOpen }: CardProps) {
  const { entity, project } = useProjectParams();
  if (!item) return <span className={css.pending} />;
  if (item.kind === 'group') {
    return (
      <button type="button" className={css.group} aria-expanded={item.isOpen} onClick={() => onOpen(item)}>
        {item.isOpen ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}
        <span className={css.text}>{groupWords(item.group.values)}</span>
        <span className={css.muted}>{countOf(item.group.runCount, 'run')}</span>
      </button>
    );
  }
  const { line, pages, row } = item;
  return (
    <>
      <input
        type="checkbox"
        className={css.box}
        aria-label={`Select ${line.displayName}`}
        checked={selection.has(line.id)}
        onChange={() => selection.toggle(index, false)}
      />
      <div className={css.body}>
        <div className={css.line}>
          <Link
            to="/$entity/$project/runs/$run"
            params={{ entity, project, run: line.name }}
            className={css.name}
            title={line.displayName}
          >
            {line.displayName}
          </Link>
          <RunStateDot state={line.state} />
        </div>
        <div className={css.line}>
          {values.map(({ id, column }) => (
            <span key={id} className={css.value}>
              <span className={css.key} title={labelOf(column)}>
                {labelOf(column)}
              </span>
              <span className={css.number}>{shortText(line, column, pages.value(id, row))}</span>
            </span>
          ))}
        </div>
      </div>
    </>
  );
}
