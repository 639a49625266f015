import { type NamesParam, parseNames, writeNames } from './names-param.ts';

/** What of the charts is shown, and how; as it stands in the address. */
export interface ChartSearch {
  /** Only charts whose key contains this. */
  readonly charts?: string;
  /** What the x axis counts: steps, time since the start, the time of day. As the metric's definition says when absent. */
  readonly x?: 'step' | 'time' | 'clock';
  /** The key of a metric that the charts are drawn over; it comes before `x`. */
  readonly over?: string;
  /** Weight of the moving average, above 0 and below 1. */
  readonly smooth?: number;
  readonly logX?: true;
  readonly logY?: true;
  readonly outliers?: 'clipped';
  readonly band?: 'off';
  /** The part of the x axis that is zoomed into; both or none. */
  readonly from?: number;
  readonly to?: number;
  /** The axis that is zoomed, as `axisName` says it, where it is not that of the page. */
  readonly zoomed?: string;
  /** Sections that are collapsed. */
  readonly closed?: NamesParam;
  /** The key of the chart that fills the window. */
  readonly full?: string;
}

/** The most that the moving average keeps of what came before. */
export const MOST_SMOOTHING = 0.99;

/** Reads what an address says of the charts; what it does not understand is left out. */
export function parseChartSearch(search: Record<string, unknown>): ChartSearch {
  const closed = writeNames(parseNames(search.closed));
  const [from, to] = [finite(search.from), finite(search.to)];
  return {
    ...text('charts', search.charts),
    ...(isOneOf(search.x, ['step', 'time', 'clock']) && { x: search.x }),
    ...text('over', search.over),
    ...smoothing(finite(search.smooth)),
    ...(search.logX === true && { logX: true as const }),
    ...(search.logY === true && { logY: true as const }),
    ...(search.outliers === 'clipped' && { outliers: 'clipped' as const }),
    ...(search.band === 'off' && { band: 'off' as const }),
    ...(from !== undefined && to !== undefined && from < to && { from, to, ...text('zoomed', search.zoomed) }),
    ...(closed !== undefined && { closed }),
    ...text('full', search.full),
  };
}

function text<Name extends string>(name: Name, value: unknown): { readonly [Key in Name]?: string } {
  const given = typeof value === 'number' ? String(value) : value;
  return typeof given === 'string' && given !== '' ? ({ [name]: given } as { [Key in Name]: string }) : {};
}

function finite(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function smoothing(value: number | undefined): Pick<ChartSearch, 'smooth'> {
  return value !== undefined && value > 0 ? { smooth: Math.min(value, MOST_SMOOTHING) } : {};
}

function isOneOf<Value extends string>(value: unknown, values: readonly Value[]): value is Value {
  return values.some((each) => each === value);
}
