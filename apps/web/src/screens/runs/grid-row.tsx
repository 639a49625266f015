import { Link } from '@tanstack/react-router';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { type MouseEvent, memo, type ReactNode } from 'react';
import { countOf } from '../../format/format-number.ts';
import { formatDuration } from '../../format/format-time.ts';
import { RunStateDot } from '../../runs/run-state.tsx';
import { Chip } from '../../ui/badge.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Missing, NumberText } from '../../ui/number-text.tsx';
import { Duration, RelativeTime } from '../../ui/time.tsx';
import { fieldText, readCell, runtimeMs } from './cell-text.ts';
import type { Column } from './column.ts';
import css from './grid.module.css';
import type { Place } from './grid-keys.ts';
import { groupWords } from './group-words.ts';
import type { RunLine } from './run-pages.ts';
import { isSameItem, type RowItem, type RunGroup } from './sections.ts';
import type { BestValues } from './use-best-values.ts';
import type { ModelColumn } from './use-column-model.ts';
import { useProjectParams } from './use-project-params.ts';

export interface GridRowProps {
  readonly index: number;
  readonly top: number;
  readonly width: number;
  readonly item: RowItem | undefined;
  /** Changes when the values of the row do, or how they are aligned. */
  readonly revision: number;
  readonly pinned: readonly ModelColumn[];
  readonly lefts: readonly number[];
  readonly center: readonly ModelColumn[];
  /** The place of the first of `center` among the columns that scroll, and how far from the pinned ones it begins. */
  readonly from: number;
  readonly before: number;
  readonly best: BestValues;
  readonly isSelected: boolean;
  readonly activeColumn: number | null;
  readonly onPoint: (place: Place) => void;
  /** Selects the row or no longer does; with `ranged` all from the last one on. */
  readonly onSelect: (row: number, ranged: boolean) => void;
  readonly onOpen: (item: RowItem) => void;
}

/** One row: a run, a group, or the shape of what is on its way. Drawn again only when something in it is another. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { index, top, width, item, pinned, lefts, center, from, before, best, activeColumn, onPoint } = props;
  const cell = ({ shown, width: cellWidth }: ModelColumn, column: number, left: number | null) => (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid moves over its cells with the keyboard
    <div
      key={shown.id}
      id={`runs-cell-${index}-${column}`}
      role="gridcell"
      aria-colindex={column + 1}
      className={classNames(css.cell, left !== null && css.pinned, activeColumn === column && css.active)}
      style={left === null ? { width: cellWidth } : { width: cellWidth, left }}
      onClick={() => onPoint({ row: index, column })}
    >
      <CellContent item={item} columnId={shown.id} column={shown.column} best={best} onOpen={props.onOpen} />
    </div>
  );
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.isSelected}
      className={classNames(css.row, props.isSelected && css.selected, item?.kind === 'group' && css.groupRow)}
      style={{ width, transform: `translateY(${top}px)` }}
    >
      <CheckCell {...props} />
      {pinned.map((entry, at) => cell(entry, at + 1, lefts[at] ?? 0))}
      <div role="presentation" className={css.gap} style={{ width: before }} />
      {center.map((entry, at) => cell(entry, pinned.length + from + at + 1, null))}
    </div>
  );
}, areEqual);

function areEqual(before: GridRowProps, now: GridRowProps): boolean {
  return (Object.keys(now) as (keyof GridRowProps)[]).every((name) =>
    name === 'item' ? isSameItem(before.item, now.item) : Object.is(before[name], now[name]),
  );
}

function CheckCell({ index, item, isSelected, activeColumn, onPoint, onSelect }: GridRowProps) {
  const onClick = (event: MouseEvent) => {
    onPoint({ row: index, column: 0 });
    onSelect(index, event.shiftKey);
  };
  return (
    <div
      id={`runs-cell-${index}-0`}
      role="gridcell"
      aria-colindex={1}
      className={classNames(css.check, css.pinned, activeColumn === 0 && css.active)}
    >
      {item?.kind === 'run' && (
        <input
          type="checkbox"
          tabIndex={-1}
          className={css.box}
          aria-label={`Select ${item.line.displayName}`}
          checked={isSelected}
          onClick={onClick}
          onChange={() => undefined}
        />
      )}
    </div>
  );
}

interface CellContentProps {
  readonly item: RowItem | undefined;
  readonly columnId: string;
  readonly column: Column;
  readonly best: BestValues;
  readonly onOpen: (item: RowItem) => void;
}

function CellContent({ item, columnId, column, best, onOpen }: CellContentProps): ReactNode {
  if (!item) return <span className={css.pending} />;
  if (item.kind === 'group') {
    if (column.kind === 'field' && column.field === 'name') {
      return <GroupName group={item.group} isOpen={item.isOpen} onToggle={() => onOpen(item)} />;
    }
    return <GroupNumber group={item.group} columnId={columnId} />;
  }
  if (column.kind === 'field') {
    if (column.field === 'name') return <RunName line={item.line} inGroup={item.inGroup} />;
    return <FieldCell line={item.line} field={column.field} />;
  }
  const value = item.pages.value(columnId, item.row);
  if (value === undefined) return <span className={css.pending} />;
  const cell = readCell(value);
  switch (cell.kind) {
    case 'missing':
      return (
        <span
          className={column.kind === 'summary' ? css.missingNumber : undefined}
          style={{ paddingRight: `${item.pages.restOf(columnId)}ch` }}
        >
          <Missing />
        </span>
      );
    case 'number': {
      const isBest = best.isBest(columnId, cell.value);
      return (
        <span className={css.numberCell}>
          {isBest && <BestMark />}
          <NumberText value={cell.value} aligned room={item.pages.restOf(columnId)} />
        </span>
      );
    }
    default:
      return (
        <span className={classNames(css.text, cell.kind === 'json' && css.json)} title={cell.text}>
          {cell.text}
        </span>
      );
  }
}

function BestMark() {
  return (
    <span className={css.bestMark} title="Best of this column">
      <svg viewBox="0 0 8 8" aria-hidden="true">
        <path d="M4 0.5 7.5 4 4 7.5 0.5 4Z" fill="currentColor" />
      </svg>
      <span className="visually-hidden">best</span>
    </span>
  );
}

function RunName({ line, inGroup }: { readonly line: RunLine; readonly inGroup: boolean }) {
  const { entity, project } = useProjectParams();
  return (
    <Link
      to="/$entity/$project/runs/$run"
      params={{ entity, project, run: line.name }}
      className={classNames(css.name, inGroup && css.inner)}
      title={line.displayName}
      tabIndex={-1}
      draggable={false}
    >
      {line.displayName}
    </Link>
  );
}

interface GroupNameProps {
  readonly group: RunGroup;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function GroupName({ group, isOpen, onToggle }: GroupNameProps) {
  return (
    <button type="button" tabIndex={-1} className={css.groupName} aria-expanded={isOpen} onClick={onToggle}>
      {isOpen ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}
      <span className={css.text}>{groupWords(group.values)}</span>{' '}
      <span className={css.groupCount}>{countOf(group.runCount, 'run')}</span>
    </button>
  );
}

function GroupNumber({ group, columnId }: { readonly group: RunGroup; readonly columnId: string }) {
  const numbers = group.metrics.get(columnId);
  if (!numbers || numbers.mean === null) return null;
  return (
    <span className={css.numberCell} title={`mean ± standard deviation of ${countOf(numbers.count, 'run')}`}>
      <NumberText value={numbers.mean} />
      {numbers.count > 1 && numbers.stddev !== null && (
        <span className={css.spread}>
          ± <NumberText value={numbers.stddev} />
        </span>
      )}
    </span>
  );
}

function FieldCell({
  line,
  field,
}: {
  readonly line: RunLine;
  readonly field: Extract<Column, { kind: 'field' }>['field'];
}) {
  switch (field) {
    case 'state':
      return <RunStateDot state={line.state} />;
    case 'runtime':
      return line.state === 'RUNNING' ? (
        <Duration from={line.startedAt} to={null} />
      ) : (
        <span title={`${runtimeMs(line) / 1_000} s`}>{formatDuration(runtimeMs(line))}</span>
      );
    case 'created':
    case 'started':
    case 'finished':
    case 'heard': {
      const at = fieldText(line, field);
      return at === '' ? <Missing /> : <RelativeTime at={at} />;
    }
    case 'tags':
      return line.tags.length === 0 ? (
        <Missing />
      ) : (
        <span className={css.tags} title={line.tags.join(', ')}>
          {line.tags.map((tag) => (
            <Chip key={tag}>{tag}</Chip>
          ))}
        </span>
      );
    case 'step':
      return (
        <span className={css.numberCell}>
          <NumberText value={line.lastStep} />
        </span>
      );
    default: {
      const text = fieldText(line, field);
      return text === '' ? (
        <Missing />
      ) : (
        <span className={css.text} title={text}>
          {text}
        </span>
      );
    }
  }
}
