import 'uplot/dist/uPlot.min.css';
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import { countOf, formatNumber } from '../format/format-number.ts';
import { onThemeChange } from '../theme/theme.ts';
import { commonX, whyEmpty } from './align-lines.ts';
import css from './chart.module.css';
import type { ChartProps } from './chart-props.ts';
import { drawLines, type PaintLook } from './draw-lines.ts';
import { formatX } from './format-x.ts';
import { type DrawnLine, type PlotView, planView, smoothLines } from './plan-view.ts';
import { planAxes } from './plot-options.ts';
import { pointAt, pointedLine } from './pointed-line.ts';
import { nearestIndex, nearestTo, readCursor } from './read-cursor.ts';
import { Readout } from './readout.tsx';

const NOTHING = {
  'no lines': 'No runs are shown.',
  'no points': 'Nothing was logged here yet.',
  'not a number': 'Every value here is NaN or infinite.',
} as const;

const READ_OUT = 4;

/** Lines over a common x on the axes of uPlot. Loaded only when a chart is shown: use it through `ChartCard`, or lazily. */
export default function Chart(props: ChartProps) {
  const { label, lines, height = 200 } = props;
  const empty = useMemo(() => whyEmpty(lines), [lines]);
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

/** What is on the canvas. */
interface Picture {
  readonly lines: readonly DrawnLine[];
  readonly view: PlotView;
  readonly look: PaintLook;
}

function DrawnChart(props: ChartProps & { readonly height: number }) {
  const { label, lines, xKind = 'step', syncKey, onZoom, height } = props;
  const { isLogX = false, isLogY = false, smoothing = 0, lifted = null, range = null, onReady } = props;
  const { hasBand = true, clipsOutliers = false } = props;
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const [spoken, setSpoken] = useState('');
  const [paint, repaint] = useState(0);
  useEffect(() => onThemeChange(() => repaint((count) => count + 1)), []);

  const drawn = useMemo(() => smoothLines(lines, smoothing), [lines, smoothing]);
  const view = useMemo(
    () => planView(drawn, { xKind, isLogX, isLogY, hasBand, clipsOutliers, range }),
    [drawn, xKind, isLogX, isLogY, hasBand, clipsOutliers, range],
  );
  const picture: Picture = { lines: drawn, view, look: { isLogX, isLogY, hasBand, lifted } };
  const latest = useRef({ picture, onZoom, syncKey });
  latest.current = { picture, onZoom, syncKey };

  // biome-ignore lint/correctness/useExhaustiveDependencies: `paint` says that the colours changed
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const { fontFamily } = getComputedStyle(element);
    const options: uPlot.Options = {
      width: Math.max(1, element.clientWidth),
      height,
      padding: [8, 16, 0, 0],
      legend: { show: false },
      ...planAxes({ xKind, isLogX, isLogY }, () => latest.current.picture.view, fontFamily),
      // The lines are drawn by `drawLines`, each over its own x; this one only has uPlot know both scales.
      series: [{}, { scale: 'y', show: true, paths: () => null, points: { show: false } }],
      cursor: {
        points: { show: false },
        drag: { x: true, y: false, setScale: false },
        ...(syncKey !== undefined && { sync: { key: syncKey, setSeries: false } }),
        bind: {
          dblclick: () => () => {
            latest.current.onZoom?.(null);
            return null;
          },
        },
      },
      hooks: {
        draw: [(self) => drawLines(self, latest.current.picture.lines, latest.current.picture.look)],
        setCursor: [(self) => setCursor(followCursor(self, latest.current.picture.lines, latest.current.syncKey))],
        setSelect: [(self) => takeSelection(self, (selected) => latest.current.onZoom?.(selected))],
      },
    };
    const made = new uPlot(options, dataOf(latest.current.picture.view), element);
    plot.current = made;
    onReady?.({ canvas: made.ctx.canvas });
    const observer = new ResizeObserver(() => {
      const width = element.clientWidth;
      if (width > 0 && width !== made.width) made.setSize({ width, height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
      setCursor(null);
      onReady?.(null);
    };
  }, [xKind, isLogX, isLogY, syncKey, height, onReady, paint]);
  useRedraw(plot, picture, range !== null);

  const moveTo = (x: number | undefined) => {
    const made = plot.current;
    if (!made || x === undefined) return;
    made.setCursor({ left: made.valToPos(x, 'x'), top: made.over.clientHeight / 2 });
    const values = readCursor(drawn, x).slice(0, READ_OUT);
    setSpoken(
      [formatX(xKind, x), ...values.map((each) => `${each.label} ${formatNumber(each.value).text}`)].join(', '),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const x = commonX(lines).filter((each) => each >= view.x.from && each <= view.x.to);
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
      moveTo(x[target]);
    } else if (event.key === 'Escape' && range !== null) {
      event.stopPropagation();
      onZoom?.(null);
    } else if ((event.key === '+' || event.key === '-') && onZoom) {
      event.preventDefault();
      onZoom(zoomedBy(view.x, cursor?.x, event.key === '+' ? 0.5 : 2));
    }
  };
  return (
    <div className={css.chart}>
      <div
        ref={place}
        className={css.plot}
        style={{ minHeight: height }}
        role="application"
        aria-roledescription="line chart"
        aria-label={`${label}, ${countOf(lines.length, 'line')}. The arrow keys read values${onZoom ? '; plus and minus zoom' : ''}.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is read and zoomed with the keyboard
        tabIndex={0}
        onKeyDown={onKeyDown}
      />
      {cursor && (
        <Readout
          lines={drawn}
          xKind={xKind}
          x={cursor.x}
          y={cursor.y}
          pointed={pointedLine(syncKey)}
          left={cursor.left}
          width={place.current?.clientWidth ?? 0}
        />
      )}
      <div className="visually-hidden" aria-live="polite">
        {spoken}
      </div>
      <Footnote {...view} />
    </div>
  );
}

function Footnote({ unshowable, beyond }: PlotView) {
  if (unshowable === 0 && beyond === 0) return null;
  const notes = [
    ...(unshowable > 0 ? [`${countOf(unshowable, 'point')} at or below zero cannot be shown on this scale.`] : []),
    ...(beyond > 0 ? [`${countOf(beyond, 'point')} outside the scale.`] : []),
  ];
  return <p className={css.footnote}>{notes.join(' ')}</p>;
}

/** Draws what changed into the plot that is there. While a part is zoomed into, finer lines fade in over the coarse ones. */
function useRedraw(plot: RefObject<uPlot | null>, picture: Picture, isZoomed: boolean): void {
  const { lines, view, look } = picture;
  const before = useRef({ plot: plot.current, lines, view });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `plot` is a ref, `look` is in `picture`
  useLayoutEffect(() => {
    const { current: made } = plot;
    const last = before.current;
    before.current = { plot: made, lines, view };
    // A plot that was just made has drawn everything.
    if (!made || made !== last.plot) return;
    const isFiner =
      isZoomed && lines !== last.lines && view.x.from === last.view.x.from && view.x.to === last.view.x.to;
    if (isFiner) fadeOut(made.ctx.canvas);
    made.setData(dataOf(view));
  }, [lines, view, look.lifted, look.hasBand, isZoomed]);
}

const FADE_MS = 140;

/** Leaves what the canvas shows over it for a moment, paler and paler. */
function fadeOut(canvas: HTMLCanvasElement): void {
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const copy = canvas.cloneNode() as HTMLCanvasElement;
  copy.getContext('2d')?.drawImage(canvas, 0, 0);
  copy.style.pointerEvents = 'none';
  canvas.after(copy);
  const remove = () => copy.remove();
  copy.animate([{ opacity: 1 }, { opacity: 0 }], FADE_MS).finished.then(remove, remove);
}

function dataOf({ x, y }: PlotView): uPlot.AlignedData {
  return [
    [x.from, x.to],
    [y.from, y.to],
  ];
}

function zoomedBy(shown: { from: number; to: number }, at: number | undefined, factor: number) {
  const middle = at ?? (shown.from + shown.to) / 2;
  return { from: middle - (middle - shown.from) * factor, to: middle + (shown.to - middle) * factor };
}

function followCursor(plot: uPlot, lines: readonly DrawnLine[], syncKey: string | undefined): Cursor | null {
  const { left = -1, top = -1, event } = plot.cursor;
  if (left < 0) return null;
  const isOwn = event !== null && event !== undefined && plot.over.contains(event.target as Node);
  const x = plot.posToVal(left, 'x');
  const y = isOwn ? plot.posToVal(top, 'y') : null;
  if (y !== null) pointAt(syncKey, nearestTo(readCursor(lines, x), y)?.id);
  return { x, left: left + plot.over.offsetLeft, y };
}

const LEAST_DRAG_PX = 4;

function takeSelection(plot: uPlot, use: (range: { from: number; to: number }) => void): void {
  const { left, width } = plot.select;
  if (width < LEAST_DRAG_PX) return;
  const range = { from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') };
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  use(range);
}
