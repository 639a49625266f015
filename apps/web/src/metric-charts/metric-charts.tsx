import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { ChartLine as ChartIcon, ChevronRight, SearchX } from 'lucide-react';
import { type ReactNode, type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { XRange } from '../chart/chart-line.ts';
import { formatCount } from '../format/format-number.ts';
import { useShortcut } from '../keyboard/shortcuts.ts';
import type { ProjectName } from '../live/pulse.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/states.tsx';
import { axisOf, type ChartAxis, type KnownMetric, withZoom } from './chart-axis.ts';
import type { ChartSearch } from './chart-search.ts';
import { CHART_GAP, chartRows, chartSections, columnsIn, type MetricKey, NO_PREFIX } from './chart-sections.ts';
import { type ChangeSearch, ChartToolbar } from './chart-toolbar.tsx';
import { FullChart } from './full-chart.tsx';
import { MetricChart, type MetricChartProps } from './metric-chart.tsx';
import css from './metric-charts.module.css';
import type { DrawnRun } from './metric-lines.ts';
import { parseNames, writeNames } from './names-param.ts';
import { useLiveSeries, useSeriesStore } from './use-series.ts';

const HEAD_HEIGHT = 36;
const CHART_HEIGHT = 196;
/** A card: the chart, its title, a line for a footnote, and its edges. */
const CARD_HEIGHT = CHART_HEIGHT + 56;

export interface MetricChartsProps {
  readonly project: ProjectName;
  /** Keep the same list while nothing changed. */
  readonly runs: readonly DrawnRun[];
  /** The metrics that have a chart; undefined while they are not known. */
  readonly metrics: readonly MetricKey[] | undefined;
  /** What the definitions of the runs say of a metric. */
  readonly knownOf: (key: string) => KnownMetric | null;
  readonly hasDefinedAxes: boolean;
  readonly axisKeys: readonly string[];
  readonly search: ChartSearch;
  readonly onSearch: ChangeSearch;
  readonly lifted: string | null;
  /** When the revisions of the runs were heard of last. */
  readonly heardAt: number;
  readonly before?: ReactNode;
  /** Stands instead of the charts, such as when no run is shown. */
  readonly instead?: ReactNode;
}

/** Charts of metrics over runs, in sections by the first part of their keys; only those near what is seen are there. */
export function MetricCharts(props: MetricChartsProps) {
  const { project, runs, metrics, search, onSearch, knownOf, lifted } = props;
  const store = useSeriesStore(project);
  useLiveSeries(store, props.heardAt);
  const area = useRef<HTMLDivElement>(null);
  const width = useWidth(area);
  const sections = useMemo(() => chartSections(metrics ?? [], search.charts ?? ''), [metrics, search.charts]);
  const chartOf = (key: string) => ({
    store,
    metric: key,
    axis: axisOf(key, search, knownOf(key)),
    runs,
    search,
    lifted,
    syncScope: `${project.entity}/${project.project}`,
    onZoom: (axis: ChartAxis, range: XRange | null) => onSearch((was) => withZoom(was, axis, range)),
  });
  useShortcut('/', 'Filter the charts', () =>
    document.querySelector<HTMLInputElement>('input[data-first-filter]')?.focus(),
  );
  return (
    <section className={css.charts} aria-label="Charts">
      <ChartToolbar
        search={search}
        onChange={onSearch}
        axisKeys={props.axisKeys}
        hasDefinedAxes={props.hasDefinedAxes}
        before={props.before}
      />
      <div ref={area} className={css.area}>
        {props.instead ??
          (metrics === undefined || width === 0 ? (
            <Waiting columns={columnsIn(width)} />
          ) : sections.length > 0 ? (
            <Rows sections={sections} search={search} onSearch={onSearch} width={width} area={area} chartOf={chartOf} />
          ) : (
            <NoCharts search={search} onSearch={onSearch} hasMetrics={metrics.length > 0} />
          ))}
      </div>
      {search.full !== undefined && metrics !== undefined && (
        <FullChart {...chartOf(search.full)} onClose={() => onSearch(({ full: _, ...rest }) => rest)} />
      )}
    </section>
  );
}

interface RowsProps {
  readonly sections: ReturnType<typeof chartSections>;
  readonly search: ChartSearch;
  readonly onSearch: ChangeSearch;
  readonly width: number;
  readonly area: RefObject<HTMLDivElement | null>;
  readonly chartOf: (key: string) => Omit<MetricChartProps, 'width' | 'height'>;
}

function Rows({ sections, search, onSearch, width, area, chartOf }: RowsProps) {
  const columns = columnsIn(width);
  const closed = parseNames(search.closed);
  const closedNames = closed.join('\0');
  const rows = useMemo(() => chartRows(sections, closedNames.split('\0'), columns), [sections, closedNames, columns]);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => (rows[index]?.kind === 'head' ? HEAD_HEIGHT : CARD_HEIGHT + CHART_GAP),
    getItemKey: (index) => {
      const row = rows[index];
      return row?.kind === 'charts' ? `charts ${row.keys[0]}` : `head ${row?.section.name}`;
    },
    overscan: 1,
    scrollMargin: area.current?.offsetTop ?? 0,
  });
  const layout = `${columns} ${rows.length} ${closedNames}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights follow from the layout
  useLayoutEffect(() => virtualizer.measure(), [layout]);
  const cardWidth = (width - CHART_GAP * (columns - 1)) / columns;
  const toggle = (name: string, isClosed: boolean) =>
    onSearch(({ closed: was, ...rest }) => {
      const others = parseNames(was).filter((each) => each !== name);
      const next = writeNames(isClosed ? others : [...others, name]);
      return next === undefined ? rest : { ...rest, closed: next };
    });
  return (
    <div className={css.rows} style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map(({ index, key, start }) => {
        const row = rows[index];
        if (!row) return null;
        const place = { transform: `translateY(${start - virtualizer.options.scrollMargin}px)` };
        if (row.kind === 'head') {
          const { name, keys } = row.section;
          return (
            <div key={key} className={css.head} style={place}>
              <h2>
                <button
                  type="button"
                  className={css.headButton}
                  aria-expanded={!row.isClosed}
                  onClick={() => toggle(name === '' ? NO_PREFIX : name, row.isClosed)}
                >
                  <ChevronRight aria-hidden />
                  <span className={css.headName}>{name === '' ? 'Metrics' : name}</span>
                  <span className={css.headCount}>{formatCount(keys.length)}</span>
                </button>
              </h2>
            </div>
          );
        }
        return (
          <div
            key={key}
            className={css.row}
            style={{ ...place, height: CARD_HEIGHT, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
          >
            {row.keys.map((metric) => (
              <MetricChart
                key={metric}
                {...chartOf(metric)}
                width={cardWidth}
                height={CHART_HEIGHT}
                onFull={() => onSearch((was) => ({ ...was, full: metric }))}
              />
            ))}
          </div>
        );
      })}
    </div>
  );
}

function Waiting({ columns }: { readonly columns: number }) {
  return (
    <div className={css.waiting} style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }} aria-busy="true">
      <span className="visually-hidden">Loading</span>
      {Array.from({ length: columns * 2 }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <div key={at} className={css.waitingCard} style={{ height: CARD_HEIGHT }} />
      ))}
    </div>
  );
}

interface NoChartsProps {
  readonly search: ChartSearch;
  readonly onSearch: ChangeSearch;
  readonly hasMetrics: boolean;
}

function NoCharts({ search, onSearch, hasMetrics }: NoChartsProps) {
  if (!hasMetrics) {
    return (
      <EmptyState icon={<ChartIcon aria-hidden />} title="No metrics yet">
        A chart appears for each number that is logged.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<SearchX aria-hidden />}
      title="No such chart"
      actions={<Button onClick={() => onSearch(({ charts: _, ...rest }) => rest)}>Show all charts</Button>}
    >
      No metric contains “{search.charts}”.
    </EmptyState>
  );
}

/** The width of an element, followed. */
function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const read = () => setWidth(Math.floor(element.clientWidth));
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}
