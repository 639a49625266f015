import { Maximize2 } from 'lucide-react';
import { useMemo } from 'react';
import { failureText } from '../api/failure.ts';
import { ChartCard } from '../chart/chart-card.tsx';
import type { XRange } from '../chart/chart-line.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { axisName, type ChartAxis, xKindOf, zoomOf } from './chart-axis.ts';
import type { ChartSearch } from './chart-search.ts';
import css from './metric-charts.module.css';
import { type DrawnRun, metricLines } from './metric-lines.ts';
import { bucketsFor, stepsWithin } from './series-points.ts';
import type { SeriesPart, SeriesStore } from './series-store.ts';
import { useSeries } from './use-series.ts';

/** The axis of values and the edges of a card. */
const BESIDE_PLOT = 82;

export interface MetricChartProps {
  readonly store: SeriesStore;
  /** The key of the metric. */
  readonly metric: string;
  readonly axis: ChartAxis;
  readonly runs: readonly DrawnRun[];
  readonly search: ChartSearch;
  readonly lifted: string | null;
  /** Of the card, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly syncScope: string;
  readonly onZoom: (axis: ChartAxis, range: XRange | null) => void;
  /** Shows it over the whole window. */
  readonly onFull?: () => void;
}

/** The chart of one metric over all runs that are shown; zoomed into, it asks for finer lines of that part. */
export function MetricChart(props: MetricChartProps) {
  const { store, metric, axis, runs, search, width } = props;
  const whole: SeriesPart = {
    key: metric,
    axis,
    range: null,
    buckets: bucketsFor(width - BESIDE_PLOT, runs.length),
    hasBand: search.band !== 'off',
  };
  const all = useSeries(store, whole, runs);
  const zoom = zoomOf(axis, search);
  const [from, to] = [zoom?.from, zoom?.to];
  const range = useMemo(() => (from !== undefined && to !== undefined ? { from, to } : null), [from, to]);
  const steps = range ? stepsWithin(all.points.values(), axis, range) : null;
  const part = useSeries(store, steps ? { ...whole, range: steps } : whole, runs);
  const lines = useMemo(() => metricLines(runs, all.points, part.points), [runs, all.points, part.points]);
  const error = part.error ?? all.error;
  const retry = () => {
    store.retry(whole);
    if (steps) store.retry({ ...whole, range: steps });
  };
  return (
    <ChartCard
      label={metric}
      lines={lines}
      xKind={xKindOf(axis)}
      xName={axis.kind === 'metric' ? axis.key : undefined}
      pending={lines.length === 0 && !all.isComplete && error === null}
      problem={error !== null && lines.length === 0 ? <Problem text={failureText(error)} onRetry={retry} /> : undefined}
      isLogX={search.logX === true}
      isLogY={search.logY === true}
      smoothing={search.smooth ?? 0}
      hasBand={search.band !== 'off'}
      clipsOutliers={search.outliers === 'clipped'}
      lifted={props.lifted}
      range={range}
      onZoom={(next) => {
        store.preferKey(metric);
        props.onZoom(axis, next);
      }}
      syncKey={`${props.syncScope} ${axisName(axis)}`}
      height={props.height}
      actions={
        props.onFull && (
          <IconButton label={`Enlarge ${metric}`} onClick={props.onFull}>
            <Maximize2 aria-hidden />
          </IconButton>
        )
      }
    />
  );
}

function Problem({ text, onRetry }: { readonly text: string; readonly onRetry: () => void }) {
  return (
    <div className={css.problem} role="alert">
      <p>{text}</p>
      <Button onClick={onRetry}>Try again</Button>
    </div>
  );
}
