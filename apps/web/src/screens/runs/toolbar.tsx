import { ArrowDownUp, Columns3, Download, Group as GroupIcon, ListFilter, X } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { formatCount } from '../../format/format-number.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Popover } from '../../ui/popover.tsx';
import { type Column, columnId, isGroupable, isSortable } from './column.ts';
import { ColumnChooser, chooserId } from './column-chooser.tsx';
import { completeFilter } from './complete-filter.ts';
import { FilterEditor } from './filter-editor.tsx';
import { type FilterGroup, filterText, filterWords, NO_FILTER, newCondition } from './filter-tree.ts';
import type { RunsView, ShownColumn, SortLevel } from './runs-view.ts';
import { StatisticSelect } from './statistic-select.tsx';
import css from './toolbar.module.css';
import type { ColumnActions } from './use-column-actions.ts';

/** What the toolbar needs to know. */
export interface ToolbarProps {
  readonly view: RunsView;
  readonly columns: readonly ShownColumn[];
  readonly actions: ColumnActions;
  readonly labelOf: (column: Column) => string;
  readonly setView: (view: RunsView) => void;
  /** A column to build a condition on, from the menu of its head. */
  readonly wanted: Column | null;
  readonly onWantedDone: () => void;
  readonly onCsv: (what: 'shown' | 'all') => void;
  readonly children?: ReactNode;
}

/** Filter, order, groups and columns of the table, with what holds just now in words. */
export function Toolbar(props: ToolbarProps) {
  const { view, columns, actions, labelOf, setView, onCsv, children } = props;
  return (
    <div className={css.bar} role="toolbar" aria-label="The table of runs">
      <FilterPart {...props} />
      <SortPart view={view} setView={setView} labelOf={labelOf} />
      <GroupPart view={view} setView={setView} labelOf={labelOf} />
      <ColumnPart
        columns={columns}
        actions={actions}
        isOwn={view.columns !== null}
        onReset={() => setView({ ...view, columns: null })}
      />
      <Menu
        trigger={
          <Button look="quiet" aria-label="Download as CSV">
            <Download aria-hidden />
            <span className={css.word}>CSV</span>
          </Button>
        }
      >
        <MenuItem onSelect={() => onCsv('shown')}>The columns shown</MenuItem>
        <MenuItem onSelect={() => onCsv('all')}>All columns of the project</MenuItem>
      </Menu>
      <span className={css.spring} />
      <div className={css.end}>{children}</div>
    </div>
  );
}

function FilterPart({ view, setView, wanted, onWantedDone }: ToolbarProps) {
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState<FilterGroup>(view.filter);
  const text = filterText(view.filter);
  const [known, setKnown] = useState(text);
  // Back, and a chip that was taken away, change the filter from outside.
  if (known !== text) {
    setKnown(text);
    if (filterText(completeFilter(draft)) !== text) setDraft(view.filter);
  }
  useEffect(() => {
    if (wanted === null) return;
    setDraft((last) => ({ ...last, items: [...last.items, newCondition(wanted)] }));
    setOpen(true);
    onWantedDone();
  }, [wanted, onWantedDone]);
  const apply = (next: FilterGroup) => {
    setDraft(next);
    const complete = completeFilter(next);
    if (filterText(complete) !== text) setView({ ...view, filter: complete });
  };
  const { items, kind } = view.filter;
  const without = (at: number) => apply({ ...view.filter, items: items.filter((_, index) => index !== at) });
  return (
    <>
      <Popover
        label="Filter"
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button look="quiet">
            <ListFilter aria-hidden />
            Filter
            {items.length > 0 && <span className={css.count}>{items.length}</span>}
          </Button>
        }
      >
        <div className={css.editor}>
          <FilterEditor group={draft} onChange={apply} />
          {items.length > 0 && (
            <Button look="quiet" onClick={() => apply(NO_FILTER)}>
              Clear the filter
            </Button>
          )}
        </div>
      </Popover>
      {items.length > 0 && (
        <ul className={css.chips} aria-label="Filters that hold">
          {kind === 'all' ? (
            items.map((item, at) => (
              <FilterChip
                key={filterWords(item)}
                words={filterWords(item)}
                onOpen={() => setOpen(true)}
                onRemove={() => without(at)}
              />
            ))
          ) : (
            <FilterChip
              words={filterWords(view.filter)}
              onOpen={() => setOpen(true)}
              onRemove={() => apply(NO_FILTER)}
            />
          )}
        </ul>
      )}
    </>
  );
}

interface FilterChipProps {
  readonly words: string;
  readonly onOpen: () => void;
  readonly onRemove: () => void;
}

function FilterChip({ words, onOpen, onRemove }: FilterChipProps) {
  return (
    <li className={css.chip}>
      <button type="button" className={css.chipText} title={words} onClick={onOpen}>
        {words}
      </button>
      <button type="button" className={css.chipRemove} aria-label={`Remove the filter ${words}`} onClick={onRemove}>
        <X aria-hidden />
      </button>
    </li>
  );
}

type PartProps = Pick<ToolbarProps, 'view' | 'setView' | 'labelOf'>;

function SortPart({ view, setView, labelOf }: PartProps) {
  const [first] = view.sort;
  const set = (sort: readonly SortLevel[]) => setView({ ...view, sort });
  const setLevel = (at: number, level: SortLevel | null) =>
    set(view.sort.flatMap((each, index) => (index !== at ? each : (level ?? []))));
  return (
    <Popover
      label="Sort"
      trigger={
        <Button look="quiet" title={first && `Sorted by ${view.sort.map(({ column }) => labelOf(column)).join(', ')}`}>
          <ArrowDownUp aria-hidden />
          Sort
          {first && <span className={css.count}>{view.sort.length}</span>}
        </Button>
      }
    >
      <div className={css.editor}>
        {view.sort.length === 0 && <p className={css.note}>The newest first. Choose what decides instead.</p>}
        {view.sort.map((level, at) => (
          <SortLevelEditor
            key={columnId(level.column)}
            level={level}
            label={labelOf(level.column)}
            onChange={(next) => setLevel(at, next)}
          />
        ))}
        <ColumnChooser
          label="Search columns to sort by"
          allows={isSortable}
          chosen={new Set(view.sort.map(({ column }) => chooserId(column)))}
          onChoose={(column) => {
            const rest = view.sort.filter((each) => chooserId(each.column) !== chooserId(column));
            set(rest.length < view.sort.length ? rest : [...view.sort, { column, direction: 'ASC' }]);
          }}
        />
      </div>
    </Popover>
  );
}

interface SortLevelEditorProps {
  readonly level: SortLevel;
  readonly label: string;
  readonly onChange: (level: SortLevel | null) => void;
}

function SortLevelEditor({ level, label, onChange }: SortLevelEditorProps) {
  const { column } = level;
  return (
    <div className={css.condition}>
      <span className={css.levelName} title={label}>
        {column.kind === 'field' ? label : column.key}
      </span>
      {column.kind === 'summary' && (
        <StatisticSelect column={column} onChange={(next) => onChange({ ...level, column: next })} />
      )}
      <Select
        aria-label={`Direction of ${label}`}
        value={level.direction}
        onChange={(event) => onChange({ ...level, direction: event.target.value === 'DESC' ? 'DESC' : 'ASC' })}
      >
        <option value="ASC">ascending</option>
        <option value="DESC">descending</option>
      </Select>
      <IconButton label={`Do not sort by ${label}`} onClick={() => onChange(null)}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}

function GroupPart({ view, setView, labelOf }: PartProps) {
  const ids = new Set(view.groupBy.map(columnId));
  return (
    <Popover
      label="Group"
      trigger={
        <Button
          look="quiet"
          aria-label={ids.size > 0 ? `Group ${ids.size}` : 'Group'}
          title={ids.size > 0 ? `Grouped by ${view.groupBy.map(labelOf).join(', ')}` : undefined}
        >
          <GroupIcon aria-hidden />
          <span className={css.word}>Group</span> {ids.size > 0 && <span className={css.count}>{ids.size}</span>}
        </Button>
      }
    >
      <div className={css.editor}>
        {ids.size > 0 && (
          <div className={css.condition}>
            <span className={css.levelName}>By {view.groupBy.map(labelOf).join(', then ')}</span>
            <Button look="quiet" onClick={() => setView({ ...view, groupBy: [] })}>
              Do not group
            </Button>
          </div>
        )}
        <ColumnChooser
          label="Search columns to group by"
          allows={isGroupable}
          chosen={ids}
          onChoose={(column) => {
            const rest = view.groupBy.filter((each) => columnId(each) !== columnId(column));
            setView({ ...view, groupBy: rest.length < view.groupBy.length ? rest : [...rest, column] });
          }}
        />
      </div>
    </Popover>
  );
}

interface ColumnPartProps {
  readonly columns: readonly ShownColumn[];
  readonly actions: ColumnActions;
  readonly isOwn: boolean;
  readonly onReset: () => void;
}

function ColumnPart({ columns, actions, isOwn, onReset }: ColumnPartProps) {
  const chosen = new Set(columns.map(({ column }) => chooserId(column)));
  const toggle = (column: Column) => {
    // A metric of which other statistics are shown goes with all of them.
    const shown = columns.filter((each) => chooserId(each.column) === chooserId(column));
    if (shown.length === 0) actions.toggle(column);
    else actions.hideAll(shown.map(({ id }) => id));
  };
  return (
    <Popover
      label="Columns"
      trigger={
        <Button look="quiet" aria-label={`Columns, ${formatCount(columns.length)} shown`}>
          <Columns3 aria-hidden />
          <span className={css.word}>Columns</span>
        </Button>
      }
    >
      <div className={css.editor}>
        <ColumnChooser label="Search columns" chosen={chosen} onChoose={toggle} />
        {isOwn && (
          <Button look="quiet" onClick={onReset}>
            Show the columns that the project suggests
          </Button>
        )}
      </div>
    </Popover>
  );
}
