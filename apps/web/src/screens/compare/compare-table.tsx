import type { JsonValue, Statistic } from '@summa/client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { RunLook } from '../../runs/run-colour.ts';
import { classNames } from '../../ui/class-names.ts';
import { Select } from '../../ui/field.tsx';
import { KeyText } from '../../ui/key-text.tsx';
import { Missing, NumberText } from '../../ui/number-text.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { type ComparedRun, type CompareRow, isSame } from './compare-rows.ts';
import css from './compare-screen.module.css';
import { STATISTICS } from './compare-search.ts';
import { statisticWord, valueText } from './compare-text.ts';
import { numberOf } from './number-of.ts';
import { RunHead } from './run-head.tsx';
import { useCompareSearch } from './use-compare.ts';

const ROW_PX = 32;

export interface CompareTableProps {
  /** What scrolls around it; null before it is there. */
  readonly scroller: HTMLElement | null;
  readonly runs: readonly ComparedRun[];
  readonly rows: readonly CompareRow[];
  readonly lookOf: (runId: string) => RunLook;
}

type Line = CompareRow | 'config' | 'summary';

/** A column for each run, a row for each key; of thousands of rows only those that are seen are in the page. */
export function CompareTable({ scroller, runs, rows, lookOf }: CompareTableProps) {
  const lines = useMemo(() => withHeadings(rows), [rows]);
  const table = useRef<HTMLTableElement>(null);
  const top = useTopOf(table, scroller);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller,
    estimateSize: () => ROW_PX,
    scrollMargin: top,
    overscan: 10,
  });
  const shown = virtualizer.getVirtualItems();
  const before = (shown[0]?.start ?? top) - top;
  const after = lines.length * ROW_PX - before - shown.length * ROW_PX;
  return (
    <>
      <table ref={table} className={css.table} aria-rowcount={lines.length + 1}>
        <caption className="visually-hidden">Config and summary of the runs</caption>
        <colgroup>
          <col className={css.keyColumn} />
          {runs.map(({ id }) => (
            <col key={id} className={css.runColumn} />
          ))}
          <col />
        </colgroup>
        <thead>
          <tr>
            <th scope="col" className={css.corner}>
              Key
            </th>
            {runs.map((run, column) => (
              <RunHead key={run.id} run={run} column={column} look={lookOf(run.id)} />
            ))}
            <td className={css.fill} />
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Space height={before} />}
          {shown.map(({ index, key }) => {
            const line = lines[index];
            if (line === undefined) return null;
            return typeof line === 'string' ? (
              <tr key={key} aria-rowindex={index + 2}>
                <th scope="rowgroup" className={css.heading}>
                  {line === 'config' ? 'Config' : 'Summary'}
                </th>
                <td className={css.headingRest} colSpan={runs.length + 1} />
              </tr>
            ) : (
              <Row key={key} row={line} runs={runs} index={index} />
            );
          })}
          {after > 0 && <Space height={after} />}
        </tbody>
      </table>
      {rows.length === 0 && <Nothing runs={runs.length} />}
    </>
  );
}

function Nothing({ runs }: { readonly runs: number }) {
  const { search } = useCompareSearch();
  if (search.q !== undefined)
    return (
      <div className={css.none}>
        <EmptyState title="Nothing found">No key that is shown contains “{search.q}”.</EmptyState>
      </div>
    );
  return (
    <div className={css.none}>
      {search.diff && runs > 1 ? (
        <EmptyState title="No differences">The runs have the same config and the same summary.</EmptyState>
      ) : (
        <EmptyState title={search.diff ? 'No differences' : 'Nothing to compare'}>
          {search.diff ? 'Add another run to compare with.' : 'The runs have neither config nor summary.'}
        </EmptyState>
      )}
    </div>
  );
}

function Space({ height }: { readonly height: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <tr aria-hidden="true">
      <td className={css.space} style={{ height }} />
    </tr>
  );
}

interface RowProps {
  readonly row: CompareRow;
  readonly runs: readonly ComparedRun[];
  readonly index: number;
}

function Row({ row, runs, index }: RowProps) {
  return (
    <tr aria-rowindex={index + 2}>
      <th scope="row" className={classNames(css.key, row.differs && css.differs)}>
        <span className={css.keyLine}>
          <KeyText name={row.key} />
          {row.metric === null ? null : <StatisticSelect row={row} />}
          {row.differs && <span className="visually-hidden">, differs</span>}
        </span>
      </th>
      {runs.map((run, column) => (
        <Cell
          key={run.id}
          value={row.values[column]}
          isOther={row.section === 'config' && !isSame(row.values[column], row.values[0])}
          isBest={row.best.has(column)}
        />
      ))}
      <td className={css.fill} />
    </tr>
  );
}

function StatisticSelect({ row }: { readonly row: CompareRow }) {
  const { search, change } = useCompareSearch();
  const choose = (chosen: string) => {
    const { [row.id]: _, ...others } = search.stats ?? {};
    const next = chosen === '' ? others : { ...others, [row.id]: chosen as Statistic };
    change({ stats: Object.keys(next).length > 0 ? next : undefined });
  };
  return (
    <Select
      className={css.statistic}
      aria-label={`Statistic of ${row.key}${row.ownStatistic === 'value' ? '' : `, ${row.ownStatistic}`}`}
      title={statisticWord(row) === '' ? 'What the summary shows' : statisticWord(row)}
      value={row.chosen ?? ''}
      onChange={(event) => choose(event.target.value)}
    >
      <option value="">{row.ownStatistic}</option>
      {STATISTICS.filter(([, word]) => word !== row.ownStatistic).map(([statistic, word]) => (
        <option key={statistic} value={statistic}>
          {word}
        </option>
      ))}
    </Select>
  );
}

interface CellProps {
  readonly value: JsonValue | undefined;
  /** It is not what the first run has. */
  readonly isOther: boolean;
  readonly isBest: boolean;
}

function Cell({ value, isOther, isBest }: CellProps) {
  const number = numberOf(value);
  return (
    <td className={classNames(css.cell, isOther && css.other)}>
      {isBest && (
        <span className={css.bestMark} title="Best of the row">
          <span aria-hidden="true">★</span>
          <span className="visually-hidden">best: </span>
        </span>
      )}
      {value === undefined ? (
        <span className={css.text}>
          <Missing />
        </span>
      ) : number !== null ? (
        <NumberText value={number} aligned />
      ) : (
        <span className={css.text} title={valueText(value)}>
          {valueText(value) === '' ? '“”' : valueText(value)}
        </span>
      )}
    </td>
  );
}

function withHeadings(rows: readonly CompareRow[]): Line[] {
  const first = rows.findIndex(({ section }) => section === 'summary');
  const cut = first < 0 ? rows.length : first;
  const [config, summary] = [rows.slice(0, cut), rows.slice(cut)];
  return [
    ...(config.length > 0 ? (['config', ...config] as const) : []),
    ...(summary.length > 0 ? (['summary', ...summary] as const) : []),
  ];
}

/** How far below the top of what scrolls the table begins, whatever stands above it. */
function useTopOf(table: RefObject<HTMLElement | null>, scroller: HTMLElement | null): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setTop(table.current?.offsetTop ?? 0);
    measure();
    const observer = new ResizeObserver(measure);
    for (const child of scroller?.children ?? []) observer.observe(child);
    return () => observer.disconnect();
  });
  return top;
}
