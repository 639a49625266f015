import type { XKind } from '../chart/chart-line.ts';
import type { ChartSearch } from './chart-search.ts';

/** What a chart is drawn over. */
export type ChartAxis =
  | { readonly kind: 'step' }
  /** Seconds since the first row of each run. */
  | { readonly kind: 'duration' }
  /** Seconds since 1970. */
  | { readonly kind: 'time' }
  | { readonly kind: 'metric'; readonly key: string };

/** What the definitions of the runs say of a metric. */
export interface KnownMetric {
  readonly isHidden: boolean;
  readonly stepMetric: string | null;
}

const STEP: ChartAxis = { kind: 'step' };

/** The axis that the page was told to use, for every chart; null: each as its metric was defined. */
export function chosenAxis({ x, over }: ChartSearch): ChartAxis | null {
  if (over !== undefined) return { kind: 'metric', key: over };
  if (x === undefined) return null;
  return x === 'step' ? STEP : { kind: x === 'time' ? 'duration' : 'time' };
}

/** The axis of a chart: the chosen one, else the one that its metric was defined with, else steps. */
export function axisOf(key: string, search: ChartSearch, known: KnownMetric | null): ChartAxis {
  const chosen = chosenAxis(search);
  const axis = chosen ?? (known?.stepMetric ? { kind: 'metric' as const, key: known.stepMetric } : STEP);
  // A metric over itself says nothing.
  return axis.kind === 'metric' && axis.key === key ? STEP : axis;
}

/** Names an axis in an address, and tells charts apart that do not share one. */
export function axisName(axis: ChartAxis): string {
  return axis.kind === 'metric' ? `over:${axis.key}` : axis.kind;
}

/** How `Chart` calls the axis. */
export function xKindOf(axis: ChartAxis): XKind {
  return axis.kind === 'metric' ? 'number' : axis.kind;
}

/** The axis whose zoom stands in the address without a name. */
export function pageAxis(search: ChartSearch): ChartAxis {
  return chosenAxis(search) ?? STEP;
}

/** The part of an axis that is zoomed into; null when that is another axis, or all of it is seen. */
export function zoomOf(axis: ChartAxis, search: ChartSearch): { readonly from: number; readonly to: number } | null {
  const { from, to, zoomed = axisName(pageAxis(search)) } = search;
  return from !== undefined && to !== undefined && zoomed === axisName(axis) ? { from, to } : null;
}

/** The search with another zoom; with none for null. */
export function withZoom(
  search: ChartSearch,
  axis: ChartAxis,
  range: { readonly from: number; readonly to: number } | null,
): ChartSearch {
  const { from: _, to: __, zoomed: ___, ...rest } = search;
  if (range === null || !(range.from < range.to)) return rest;
  const name = axisName(axis);
  const short = (value: number) => (axis.kind === 'step' ? Math.round(value) : Number(value.toPrecision(12)));
  const [from, to] = [short(range.from), short(range.to)];
  return { ...rest, from, to: to > from ? to : from + 1, ...(name !== axisName(pageAxis(search)) && { zoomed: name }) };
}
