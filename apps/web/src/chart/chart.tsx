import 'uplot/dist/uPlot.min.css';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import { countOf, formatNumber } from '../format/format-number.ts';
import { onThemeChange } from '../theme/theme.ts';
import { commonX, countNonPositive, whyEmpty } from './align-lines.ts';
import css from './chart.module.css';
import type { ChartProps } from './chart-props.ts';
import { formatX } from './format-x.ts';
import { type PlotLook, planAxes, planPlot } from './plot-options.ts';
import { nearestIndex, readCursor } from './read-cursor.ts';
import { Readout } from './readout.tsx';

const NOTHING = {
  'no lines': 'No runs are shown.',
  'no points': 'Nothing was logged here yet.',
  'not a number': 'Every value here is NaN or infinite.',
} as const;

const READ_OUT = 4;

/** Lines over a common x, drawn by uPlot. Loaded only when a chart is shown: use it through `ChartCard`, or lazily. */
export default function Chart(props: ChartProps) {
  const { label, lines, height = 200 } = props;
  const empty = whyEmpty(lines);
  if (empty === null) return <DrawnChart {...props} height={height} />;
  return (
    <div className={css.nothing} style={{ minHeight: height }} role="img" aria-label={`${label}: ${NOTHING[empty]}`}>
      {NOTHING[empty]}
    </div>
  );
}

/** Where the cursor is. */
interface Cursor {
  readonly x: number;
  /** From the left edge of the chart, in CSS pixels. */
  readonly left: number;
  /** Of the value at the height of the pointer; null for a cursor that another chart or the keyboard moves. */
  readonly y: number | null;
}

function DrawnChart(props: ChartProps & { readonly height: number }) {
  const { label, lines, xKind = 'step', syncKey, onZoom, height } = props;
  const { isLogX = false, isLogY = false, smoothing = 0, lifted = null, range = null, onReady } = props;
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const [spoken, setSpoken] = useState('');
  const [paint, repaint] = useState(0);
  const zoom = useRef(onZoom);
  zoom.current = onZoom;
  useEffect(() => onThemeChange(() => repaint((count) => count + 1)), []);

  const look: PlotLook = { xKind, isLogX, isLogY, smoothing, lifted, range };
  const lookKey = JSON.stringify(look);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `look` is `lookKey`; `paint` says that the colours changed
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const planned = planPlot(lines, look, element);
    const options: uPlot.Options = {
      width: Math.max(1, element.clientWidth),
      height,
      padding: [8, 8, 0, 0],
      legend: { show: false },
      ...planAxes(look, element),
      series: planned.series,
      bands: planned.bands,
      cursor: {
        points: { show: false },
        drag: { x: true, y: false, setScale: false },
        ...(syncKey !== undefined && { sync: { key: syncKey, setSeries: false } }),
        bind: {
          dblclick: () => () => {
            zoom.current?.(null);
            return null;
          },
        },
      },
      hooks: {
        setCursor: [(self) => setCursor(cursorOf(self))],
        setSelect: [(self) => takeSelection(self, (selected) => zoom.current?.(selected))],
      },
    };
    const drawn = new uPlot(options, planned.data, element);
    plot.current = drawn;
    onReady?.({ canvas: drawn.ctx.canvas });
    const observer = new ResizeObserver(() => {
      const width = element.clientWidth;
      if (width > 0 && width !== drawn.width) drawn.setSize({ width, height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      drawn.destroy();
      plot.current = null;
      setCursor(null);
      onReady?.(null);
    };
  }, [lines, lookKey, syncKey, height, paint]);

  const moveTo = (index: number) => {
    const drawn = plot.current;
    const x = commonX(lines)[index];
    if (!drawn || x === undefined) return;
    drawn.setCursor({ left: drawn.valToPos(x, 'x'), top: drawn.over.clientHeight / 2 });
    const values = readCursor(lines, x).slice(0, READ_OUT);
    setSpoken(
      [formatX(xKind, x), ...values.map((each) => `${each.label} ${formatNumber(each.value).text}`)].join(', '),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const x = commonX(lines);
    const at = cursor === null ? -1 : nearestIndex(x, cursor.x);
    const targets: Record<string, number> = {
      ArrowRight: Math.min(x.length - 1, at + 1),
      ArrowLeft: Math.max(0, at - 1),
      PageDown: Math.min(x.length - 1, at + 10),
      PageUp: Math.max(0, at - 10),
      Home: 0,
      End: x.length - 1,
    };
    const target = targets[event.key];
    if (target !== undefined) {
      event.preventDefault();
      moveTo(target);
    } else if (event.key === 'Escape' && range !== null) {
      onZoom?.(null);
    }
  };
  const hidden = isLogY ? countNonPositive(lines) : 0;
  return (
    <div className={css.chart}>
      <div
        ref={place}
        className={css.plot}
        style={{ minHeight: height }}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the keys itself
        tabIndex={0}
        aria-roledescription="line chart"
        aria-label={`${label}, ${countOf(lines.length, 'line')}. The arrow keys read values.`}
        onKeyDown={onKeyDown}
      />
      {cursor && (
        <Readout
          lines={lines}
          xKind={xKind}
          x={cursor.x}
          y={cursor.y}
          left={cursor.left}
          width={place.current?.clientWidth ?? 0}
        />
      )}
      <div className="visually-hidden" aria-live="polite">
        {spoken}
      </div>
      {hidden > 0 && (
        <p className={css.footnote}>{`${countOf(hidden, 'point')} at or below zero cannot be shown on this scale.`}</p>
      )}
    </div>
  );
}

function cursorOf(plot: uPlot): Cursor | null {
  const { left = -1, top = -1, event } = plot.cursor;
  if (left < 0 || plot.data[0].length === 0) return null;
  const isOwn = event !== null && event !== undefined && plot.over.contains(event.target as Node);
  return {
    x: plot.posToVal(left, 'x'),
    left: left + plot.over.offsetLeft,
    y: isOwn ? plot.posToVal(top, 'y') : null,
  };
}

const LEAST_DRAG_PX = 4;

function takeSelection(plot: uPlot, use: (range: { from: number; to: number }) => void): void {
  const { left, width } = plot.select;
  if (width < LEAST_DRAG_PX) return;
  const range = { from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') };
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  use(range);
}
