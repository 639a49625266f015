import { useVirtualizer } from '@tanstack/react-virtual';
import { Check } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { QueryPart } from '../../app/query-part.tsx';
import { formatCount } from '../../format/format-number.ts';
import { classNames } from '../../ui/class-names.ts';
import { SearchInput } from '../../ui/field.tsx';
import { KeyText } from '../../ui/key-text.tsx';
import css from './chooser.module.css';
import { type Column, columnId, columnWords } from './column.ts';
import { searchColumns } from './search-columns.ts';
import { useAllColumns } from './use-project-keys.ts';
import { useProjectParams } from './use-project-params.ts';

const ROW = 28;

export interface ColumnChooserProps {
  readonly label: string;
  /** Which columns come in question; all unless given. */
  readonly allows?: (column: Column) => boolean;
  /** The ids of those with a tick; a metric is ticked whatever its statistic is. */
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (column: Column) => void;
}

const everything = () => true;

/** A list of columns with search over all keys of the project. Arrow keys move in it, Enter chooses. */
export function ColumnChooser({ label, allows = everything, chosen, onChoose }: ColumnChooserProps) {
  const { entity, project } = useProjectParams();
  const query = useAllColumns(entity, project);
  return (
    <div className={css.chooser}>
      <QueryPart query={query}>
        {(columns) => (
          <ChooserList label={label} columns={columns} allows={allows} chosen={chosen} onChoose={onChoose} />
        )}
      </QueryPart>
    </div>
  );
}

interface ChooserListProps extends Required<ColumnChooserProps> {
  readonly columns: readonly Column[];
}

function ChooserList({ label, columns, allows, chosen, onChoose }: ChooserListProps) {
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const items = useMemo(() => searchColumns(columns.filter(allows), text), [columns, allows, text]);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
  });
  useEffect(() => box.current?.querySelector('input')?.focus(), []);
  const choose = (index: number) => {
    const item = items[index];
    if (item?.kind === 'column') onChoose(item.column);
  };
  const step = (by: number) => {
    let next = active;
    do next += by;
    while (items[next]?.kind === 'heading');
    if (!items[next]) return;
    setActive(next);
    virtualizer.scrollToIndex(next);
  };
  const current = items[active]?.kind === 'column' ? active : items.findIndex(({ kind }) => kind === 'column');
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') step(1);
    else if (event.key === 'ArrowUp') step(-1);
    else if (event.key === 'Enter') choose(current);
    else return;
    event.preventDefault();
  };
  const count = items.filter(({ kind }) => kind === 'column').length;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the search field within
    <div ref={box} onKeyDown={onKeyDown}>
      <SearchInput
        label={label}
        value={text}
        onChange={(next) => {
          setText(next);
          setActive(0);
          scroller.current?.scrollTo({ top: 0 });
        }}
        role="combobox"
        aria-expanded
        aria-controls="runs-chooser"
        aria-activedescendant={current >= 0 ? `runs-choice-${current}` : undefined}
      />
      <p className={css.count} role="status">
        {count === 0 ? 'No column has this name' : `${formatCount(count)} columns`}
      </p>
      <div ref={scroller} id="runs-chooser" className={css.list} role="listbox" aria-label={label} tabIndex={-1}>
        <div role="presentation" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const item = items[index];
            const place = { transform: `translateY(${start}px)` };
            if (!item) return null;
            if (item.kind === 'heading') {
              return (
                <div key={item.text} role="presentation" className={css.heading} style={place}>
                  {item.text}
                </div>
              );
            }
            const isChosen = chosen.has(chooserId(item.column));
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the search field moves over the list with the keyboard
              // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the search field
              <div
                key={columnId(item.column)}
                id={`runs-choice-${index}`}
                role="option"
                aria-selected={isChosen}
                className={classNames(css.option, index === current && css.current)}
                style={place}
                onClick={() => {
                  setActive(index);
                  choose(index);
                }}
              >
                <span className={css.tick}>{isChosen && <Check aria-hidden />}</span>
                {item.column.kind === 'field' ? columnWords(item.column) : <KeyText name={item.column.key} />}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** The id of a column in the list, which knows no statistics. */
export function chooserId(column: Column): string {
  return column.kind === 'summary' ? columnId({ ...column, statistic: 'VALUE' }) : columnId(column);
}
