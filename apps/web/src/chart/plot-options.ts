import type uPlot from 'uplot';
import { formatNumber } from '../format/format-number.ts';
import type { XKind } from './chart-line.ts';
import { formatTick } from './format-x.ts';
import { paintColour } from './paint-colour.ts';
import type { PlotView } from './plan-view.ts';

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
        ...(look.xKind === 'step' && !look.isLogX && { incrs: WHOLE_STEPS }),
      },
      { ...shared, size: 52, gap: 6, space: 36, values: (_plot, ticks) => short(ticks) },
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

/** There is no half step: 1, 2, 5, 10 … */
const WHOLE_STEPS = Array.from({ length: 16 }, (_, power) => [1, 2, 5].map((digit) => digit * 10 ** power)).flat();
