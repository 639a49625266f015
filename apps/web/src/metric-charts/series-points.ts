import { toNumbers } from '@summa/client/query';
import type { ChartLine, XRange } from '../chart/chart-line.ts';
import { nearestIndex } from '../chart/read-cursor.ts';
import type { ChartSeriesQuery } from '../generated/graphql.ts';
import type { ChartAxis } from './chart-axis.ts';

type AnsweredRun = NonNullable<ChartSeriesQuery['project']>['runs']['nodes'][number];
/** What the API answers for one run. */
export type AnsweredHistory = AnsweredRun['history'];

/** A metric of a run over an axis: what a line of a chart is made of. */
export interface SeriesPoints extends Pick<ChartLine, 'x' | 'y' | 'min' | 'max'> {
  /** The step of each point. */
  readonly steps: ArrayLike<number>;
}

/** The points of each metric of a run over the axis, ascending, in the order in which they were asked for. */
export function seriesPoints(history: AnsweredHistory, axis: ChartAxis): SeriesPoints[] {
  return history.series.map((series) => {
    const points = {
      steps: Float64Array.from(series.steps),
      y: toNumbers(series.mean),
      ...(series.min && series.max && { min: toNumbers(series.min), max: toNumbers(series.max) }),
    };
    if (axis.kind === 'metric') return ascending({ ...points, x: toNumbers(series.xValues ?? []) });
    return { ...points, x: axis.kind === 'step' ? points.steps : timesAt(points.steps, history, axis.kind) };
  });
}

/** The time at each step, between two known ones in proportion. */
function timesAt(steps: Float64Array, { times, origin }: AnsweredHistory, kind: 'time' | 'duration'): Float64Array {
  const knownSteps = times?.[0]?.steps ?? [];
  const known = toNumbers(times?.[0]?.first ?? []);
  const start = kind === 'duration' ? Number(origin?.[0]?.first[0] ?? 0) : 0;
  return steps.map((step) => {
    let at = nearestIndex(knownSteps, step);
    if ((knownSteps[at] ?? 0) > step && at > 0) at -= 1;
    const [from, to] = [knownSteps[at] ?? 0, knownSteps[at + 1]];
    const [before, after] = [known[at] ?? 0, known[at + 1]];
    if (to === undefined || after === undefined) return before - start;
    return before + ((after - before) * (step - from)) / (to - from) - start;
  });
}

/** Points by their x; those without one are left out. */
function ascending(points: SeriesPoints): SeriesPoints {
  const { x, y, steps, min, max } = points;
  const order = Array.from({ length: x.length }, (_, at) => at).filter((at) => Number.isFinite(x[at]));
  if (order.length === x.length && order.every((at) => at === 0 || (x[at - 1] ?? 0) <= (x[at] ?? 0))) return points;
  order.sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0));
  const pick = (values: ArrayLike<number | null>) => Float64Array.from(order, (at) => values[at] ?? Number.NaN);
  return { x: pick(x), y: pick(y), steps: pick(steps), ...(min && max && { min: pick(min), max: pick(max) }) };
}

/**
 * The steps to ask for so that a part of the axis is seen in full: those of all runs there, with the points beside it.
 * Null when no run has a point.
 */
export function stepsWithin(all: Iterable<SeriesPoints>, axis: ChartAxis, range: XRange): XRange | null {
  if (axis.kind === 'step') return { from: Math.max(0, Math.floor(range.from)), to: Math.max(0, Math.ceil(range.to)) };
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x, steps } of all) {
    const first = Math.max(0, nearestIndex(x, range.from) - 1);
    const last = Math.min(x.length - 1, nearestIndex(x, range.to) + 1);
    if ((x[0] ?? Number.POSITIVE_INFINITY) > range.to || (x[x.length - 1] ?? Number.NEGATIVE_INFINITY) < range.from)
      continue;
    for (let at = first; at <= last; at++) {
      from = Math.min(from, steps[at] ?? from);
      to = Math.max(to, steps[at] ?? to);
    }
  }
  return from <= to ? { from, to } : null;
}

const BUCKET_STEPS = [100, 150, 200, 300, 400, 600, 800, 1_200, 1_600, 2_400, 3_200] as const;

/**
 * How many buckets a line gets: two for each pixel while there are few lines, fewer when many share the chart, for what
 * lies between is in the band. In coarse steps, so that a few pixels more or less change nothing.
 */
export function bucketsFor(width: number, lines: number): number {
  const wanted = lines <= 4 ? 2 * width : lines <= 15 ? width : width / 2;
  return BUCKET_STEPS.findLast((each) => each <= wanted) ?? BUCKET_STEPS[0];
}
