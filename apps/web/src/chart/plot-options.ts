import type uPlot from 'uplot';
import { formatDuration } from '../format/format-time.ts';
import type { XKind } from './chart-line.ts';
import { logTicks } from './log-ticks.ts';
import { paintColour } from './paint-colour.ts';
import type { PlotView } from './plan-view.ts';
import { tickLabels } from './tick-labels.ts';

/** What the axes are. */
export interface AxesLook {
  readonly xKind: XKind;
  readonly isLogX: boolean;
  readonly isLogY: boolean;
}

/** The axes and scales: ticks as people read them, hairlines; `view` says at each drawing what is seen. */
export function planAxes(
  look: AxesLook,
  view: () => PlotView,
  fontFamily: string,
): Pick<uPlot.Options, 'axes' | 'scales'> {
  const shared = {
    stroke: paintColour('var(--text-muted)'),
    font: `11px ${fontFamily}`,
    grid: { stroke: paintColour('var(--line)'), width: 1 },
    ticks: { show: false },
    border: { show: false },
  };
  const xTicks = (_plot: uPlot, ticks: number[]) =>
    look.xKind === 'duration' ? ticks.map((tick) => formatDuration(tick * 1_000)) : tickLabels(ticks);
  return {
    axes: [
      {
        ...shared,
        grid: { show: false },
        // The day stands below the time.
        size: look.xKind === 'time' ? 38 : 24,
        gap: 4,
        space: X_SPACE,
        values: look.xKind === 'time' ? TIME_TICKS : xTicks,
        ...(look.xKind === 'step' && !look.isLogX && { incrs: WHOLE_STEPS }),
        ...(look.isLogX && logSplits(X_SPACE)),
      },
      {
        ...shared,
        size: 52,
        gap: 6,
        space: Y_SPACE,
        values: (_plot, ticks) => tickLabels(ticks),
        ...(look.isLogY && logSplits(Y_SPACE)),
      },
    ],
    scales: {
      x: {
        time: look.xKind === 'time',
        distr: look.isLogX ? 3 : 1,
        range: () => [view().x.from, view().x.to],
      },
      y: { distr: look.isLogY ? 3 : 1, range: () => [view().y.from, view().y.to] },
    },
  };
}

/** How times are written, by the seconds between two ticks; then what the first tick of a year, a day and a minute adds. */
const TIME_TICKS: uPlot.Axis.Values = [
  timeTicks(365 * 86_400, '{YYYY}', {}),
  timeTicks(28 * 86_400, '{MMM}', { year: '{YYYY}' }),
  timeTicks(86_400, '{D} {MMM}', { year: '{YYYY}' }),
  timeTicks(60, '{HH}:{mm}', { year: '{D} {MMM} {YYYY}', day: '{D} {MMM}' }),
  timeTicks(1, '{HH}:{mm}:{ss}', { year: '{D} {MMM} {YYYY}', day: '{D} {MMM}' }),
  timeTicks(0.001, '{ss}.{fff}', { year: '{D} {MMM} {HH}:{mm}', day: '{D} {MMM} {HH}:{mm}', minute: '{HH}:{mm}' }),
];

/** An entry as uPlot wants it: the step, the text, what a new year, month, day, hour, minute and second add, and that it is added. */
function timeTicks(
  seconds: number,
  text: string,
  adds: { readonly year?: string; readonly day?: string; readonly minute?: string },
): (string | number | null)[] {
  const below = (line: string | undefined) => (line === undefined ? null : `\n${line}`);
  return [seconds, text, below(adds.year), null, below(adds.day), null, below(adds.minute), null, 1];
}

/** Pixels between two ticks at the least. */
const X_SPACE = 72;
const Y_SPACE = 36;

/** The ticks of a logarithmic axis, each with its line and its number; uPlot's own draw a line for every digit. */
function logSplits(space: number): uPlot.Axis {
  return {
    splits: (plot, axis, min, max) => {
      const length = axis === 0 ? plot.bbox.width : plot.bbox.height;
      return logTicks(min, max, Math.max(2, Math.floor(length / window.devicePixelRatio / space)));
    },
    filter: (_plot, ticks) => ticks,
  };
}

/** There is no half step: 1, 2, 5, 10 … */
const WHOLE_STEPS = Array.from({ length: 16 }, (_, power) => [1, 2, 5].map((digit) => digit * 10 ** power)).flat();
