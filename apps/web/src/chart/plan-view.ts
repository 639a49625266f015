import { extent } from './align-lines.ts';
import { type ChartLine, drawable, type XKind, type XRange } from './chart-line.ts';
import { smooth } from './smooth.ts';

/** A line as it is drawn: `y` smoothed, with what was logged behind it. */
export interface DrawnLine extends ChartLine {
  /** The line before it was smoothed; absent when it was not. */
  readonly raw?: ChartLine['y'];
}

/** What decides which part of the plane is seen. */
export interface ViewLook {
  readonly xKind: XKind;
  readonly isLogX: boolean;
  readonly isLogY: boolean;
  readonly hasBand: boolean;
  /** Leaves the most extreme values out of the scale. */
  readonly clipsOutliers: boolean;
  readonly range: XRange | null;
}

/** The part of the plane that is seen, and how much cannot be seen there. */
export interface PlotView {
  readonly x: XRange;
  readonly y: XRange;
  /** Points that a logarithmic scale cannot show. */
  readonly unshowable: number;
  /** Points above or below the scale, because outliers are clipped. */
  readonly beyond: number;
}

/** The lines with their moving average, weighted as `smooth` says. */
export function smoothLines(lines: readonly ChartLine[], weight: number): readonly DrawnLine[] {
  return weight > 0 ? lines.map((line) => ({ ...line, y: smooth(line.y, weight), raw: line.y })) : lines;
}

/** Chooses the part of the plane that shows the lines with a little room above and below. */
export function planView(lines: readonly DrawnLine[], look: ViewLook): PlotView {
  const x = look.range ?? wholeX(lines, look);
  const seen = visitSeen(lines, look, x);
  const y = look.clipsOutliers && seen.values.length > 0 ? withinPercentiles(seen.values) : extent(seen.edges);
  const beyond = look.clipsOutliers ? seen.values.filter((value) => value < y.from || value > y.to).length : 0;
  return {
    x: extent([x.from, x.to]),
    y: look.isLogY ? logRoom(y) : linearRoom(y),
    unshowable: seen.unshowable,
    beyond,
  };
}

const ONE_TIME_SECONDS = 60;

function wholeX(lines: readonly ChartLine[], { isLogX: isLog, xKind }: ViewLook): XRange {
  const ends: number[] = [];
  for (const { x } of lines) {
    let first = 0;
    while (isLog && first < x.length && (x[first] ?? 0) <= 0) first += 1;
    if (first < x.length) ends.push(x[first] ?? 0, x[x.length - 1] ?? 0);
  }
  const { from, to } = extent(ends);
  const [only = 0] = ends;
  // A share of a time since 1970 is years.
  if (xKind === 'time' && ends.length > 0 && ends.every((end) => end === only)) {
    return { from: only - ONE_TIME_SECONDS / 2, to: only + ONE_TIME_SECONDS / 2 };
  }
  return isLog && from <= 0 ? { from: to / 10 || 0.1, to: to > 0 ? to : 1 } : { from, to };
}

interface Seen {
  /** Every y of a line. */
  readonly values: number[];
  /** The least and the greatest of all that is drawn, bands and raw lines too. */
  readonly edges: number[];
  readonly unshowable: number;
}

function visitSeen(lines: readonly DrawnLine[], look: ViewLook, range: XRange): Seen {
  const values: number[] = [];
  let [least, greatest, unshowable] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  const stretch = (value: number | null) => {
    if (value === null || (look.isLogY && value <= 0)) return;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  };
  for (const line of lines) {
    for (let at = 0; at < line.x.length; at++) {
      const x = line.x[at] ?? 0;
      const y = drawable(line.y[at]);
      if (y !== null && ((look.isLogX && x <= 0) || (look.isLogY && y <= 0))) unshowable += 1;
      if (x < range.from || x > range.to) continue;
      if (y !== null && !(look.isLogY && y <= 0)) values.push(y);
      stretch(y);
      if (line.raw) stretch(drawable(line.raw[at]));
      if (look.hasBand && line.min && line.max) {
        stretch(drawable(line.min[at]));
        stretch(drawable(line.max[at]));
      }
    }
  }
  return { values, edges: [least, greatest], unshowable };
}

const OUTLIER_SHARE = 0.02;

function withinPercentiles(values: readonly number[]): XRange {
  const sorted = Float64Array.from(values).sort();
  const last = sorted.length - 1;
  return extent([sorted[Math.ceil(last * OUTLIER_SHARE)], sorted[Math.floor(last * (1 - OUTLIER_SHARE))]]);
}

const ROOM = 0.06;

function linearRoom({ from, to }: XRange): XRange {
  const room = (to - from) * ROOM;
  return { from: from - room, to: to + room };
}

function logRoom({ from, to }: XRange): XRange {
  const least = from > 0 ? from : to > 0 ? to / 10 : 0.1;
  const factor = Math.max((to / least) ** ROOM, 1.05);
  return { from: least / factor, to: Math.max(to, least) * factor };
}
