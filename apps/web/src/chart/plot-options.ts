import type uPlot from 'uplot';
import { formatNumber } from '../format/format-number.ts';
import { resolveColour } from '../theme/resolve-colour.ts';
import { alignTo, commonX, extent } from './align-lines.ts';
import type { ChartLine, XKind, XRange } from './chart-line.ts';
import { formatTick } from './format-x.ts';
import { smooth } from './smooth.ts';

/** How lines are drawn. */
export interface PlotLook {
  readonly xKind: XKind;
  readonly isLogX: boolean;
  readonly isLogY: boolean;
  /** Weight of the moving average, from 0 for none to below 1. */
  readonly smoothing: number;
  /** The line that is lifted; the others step back. */
  readonly lifted: string | null;
  readonly range: XRange | null;
}

/** What uPlot draws: its series and bands in the order of its data. */
export interface Plot {
  readonly data: uPlot.AlignedData;
  readonly series: uPlot.Series[];
  readonly bands: uPlot.Band[];
}

const BAND_PERCENT = 12;
const BEHIND_PERCENT = 20;
const DOTS_UP_TO = 24;

/** Lays out the lines: bands first, then raw lines behind smoothed ones, then the lines themselves. */
export function planPlot(lines: readonly ChartLine[], look: PlotLook, at: Element): Plot {
  const x = commonX(lines);
  const data: unknown[] = [x];
  const series: uPlot.Series[] = [{}];
  const bands: uPlot.Band[] = [];
  const add = (line: ChartLine, values: ArrayLike<number | null>, style: uPlot.Series) => {
    data.push(alignTo(x, line.x, values, look.isLogY));
    return series.push({ scale: 'y', points: { show: false }, ...style }) - 1;
  };
  const shade = (line: ChartLine, percent: number) =>
    resolveColour(at, `color-mix(in oklab, ${line.colour} ${percent}%, transparent)`);
  for (const line of lines) {
    if (!line.min || !line.max) continue;
    const edge = { stroke: 'transparent', width: 0 };
    const [low, high] = [add(line, line.min, edge), add(line, line.max, edge)];
    bands.push({ series: [high, low], fill: shade(line, BAND_PERCENT) });
  }
  for (const line of lines) {
    const isBack = look.lifted !== null && look.lifted !== line.id;
    const style = { width: look.lifted === line.id ? 2.5 : 1.5, dash: [...line.dash] };
    if (look.smoothing > 0) add(line, line.y, { ...style, width: 1, stroke: shade(line, BEHIND_PERCENT) });
    const stroke = isBack ? shade(line, BEHIND_PERCENT) : resolveColour(at, line.colour);
    const values = look.smoothing > 0 ? smooth(line.y, look.smoothing) : line.y;
    const points = { show: line.x.length <= DOTS_UP_TO, size: line.x.length === 1 ? 7 : 4, stroke, fill: stroke };
    add(line, values, { ...style, stroke, points });
  }
  // uPlot takes lists of numbers, null and undefined; its type only knows two of the three.
  return { data: data as uPlot.AlignedData, series, bands };
}

/** The axes and scales: ticks as people read them, hairlines, room for what is drawn. */
export function planAxes(look: PlotLook, at: Element): Pick<uPlot.Options, 'axes' | 'scales'> {
  const text = resolveColour(at, 'var(--text-muted)');
  const line = resolveColour(at, 'var(--line)');
  const font = `11px ${getComputedStyle(at).fontFamily}`;
  const shared = {
    stroke: text,
    font,
    grid: { stroke: line, width: 1 },
    ticks: { show: false },
    border: { show: false },
  };
  const short = (ticks: number[]) => ticks.map((tick) => (tick === null ? '' : formatNumber(tick).text));
  const xTicks = (_plot: uPlot, ticks: number[]) =>
    ticks.map((tick) => (tick === null ? '' : formatTick(look.xKind, tick)));
  return {
    axes: [
      {
        ...shared,
        grid: { show: false },
        size: 24,
        gap: 4,
        space: 72,
        ...(look.xKind !== 'time' && { values: xTicks }),
      },
      { ...shared, size: 52, gap: 6, space: 36, values: (_plot, ticks) => short(ticks) },
    ],
    scales: {
      x: {
        time: look.xKind === 'time',
        distr: look.isLogX ? 3 : 1,
        range: (_plot, min, max) => xLimits(look.range, min, max),
      },
      y: { distr: look.isLogY ? 3 : 1, ...(!look.isLogY && { range: (_plot, min, max) => yLimits(min, max) }) },
    },
  };
}

function xLimits(range: XRange | null, min: number, max: number): [number, number] {
  const { from, to } = extent(range ? [range.from, range.to] : [min, max]);
  return [from, to];
}

const ROOM = 0.06;

function yLimits(min: number, max: number): [number, number] {
  const { from, to } = extent([min, max]);
  const room = (to - from) * ROOM;
  return [from - room, to + room];
}
