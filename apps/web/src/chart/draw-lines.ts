import type uPlot from 'uplot';
import { drawable, type XRange } from './chart-line.ts';
import { paintColour } from './paint-colour.ts';
import type { DrawnLine } from './plan-view.ts';
import { nearestIndex } from './read-cursor.ts';

/** How lines are painted. */
export interface PaintLook {
  readonly isLogX: boolean;
  readonly isLogY: boolean;
  readonly hasBand: boolean;
  /** The line that is lifted; the others step back. */
  readonly lifted: string | null;
}

const WIDTH = 1.5;
const LIFTED_WIDTH = 2.5;
const BAND_ALPHA = 0.12;
const BEHIND_ALPHA = 0.2;
/** Points that stand further apart than this get dots, so that one sees where something was logged. */
const SPARSE_PX = 14;
const EDGE_PX = 3;

/** Paints the lines into the plot: bands first, then what was logged behind smoothed lines, then the lines; the lifted last. */
export function drawLines(plot: uPlot, lines: readonly DrawnLine[], look: PaintLook): void {
  const { ctx, bbox } = plot;
  const seen = { from: plot.scales.x?.min ?? 0, to: plot.scales.x?.max ?? 1 };
  const low = { from: plot.scales.y?.min ?? 0, to: plot.scales.y?.max ?? 1 };
  const toX = placer(seen, look.isLogX, bbox.left, bbox.width);
  const toY = placer(low, look.isLogY, bbox.top + bbox.height, -bbox.height);
  const brush: Brush = { ctx, toX, toY, seen, scale: window.devicePixelRatio };
  ctx.save();
  ctx.beginPath();
  // A dot at the edge is seen whole.
  const edge = EDGE_PX * brush.scale;
  ctx.rect(bbox.left - edge, bbox.top, bbox.width + 2 * edge, bbox.height);
  ctx.clip();
  ctx.lineJoin = 'round';
  const isBack = ({ id }: DrawnLine) => look.lifted !== null && look.lifted !== id;
  if (look.hasBand) {
    for (const line of lines) fillBand(brush, line, isBack(line) ? BAND_ALPHA / 4 : BAND_ALPHA);
  }
  for (const line of lines) {
    if (line.raw) stroke(brush, line, line.raw, { width: 1, alpha: isBack(line) ? BEHIND_ALPHA / 2 : BEHIND_ALPHA });
  }
  const inOrder = [...lines].sort((a, b) => Number(a.id === look.lifted) - Number(b.id === look.lifted));
  for (const line of inOrder) {
    const width = line.id === look.lifted ? LIFTED_WIDTH : WIDTH;
    const alpha = isBack(line) ? BEHIND_ALPHA : 1;
    stroke(brush, line, line.y, { width, alpha });
    if (isSparse(line.x, toX, brush.scale)) dot(brush, line, { radius: line.x.length === 1 ? 3.5 : 2, alpha });
  }
  ctx.restore();
}

interface Brush {
  readonly ctx: CanvasRenderingContext2D;
  /** NaN for what a logarithmic scale cannot show. */
  readonly toX: (value: number) => number;
  readonly toY: (value: number) => number;
  readonly seen: XRange;
  readonly scale: number;
}

/** Where a value stands between two ends of the canvas; NaN for what a logarithmic scale cannot show. */
export function placer({ from, to }: XRange, isLog: boolean, start: number, length: number): (value: number) => number {
  if (!isLog) {
    const factor = length / (to - from);
    return (value) => start + (value - from) * factor;
  }
  const base = Math.log(from);
  const factor = length / (Math.log(to) - base);
  return (value) => (value > 0 ? start + (Math.log(value) - base) * factor : Number.NaN);
}

function stroke(
  brush: Brush,
  line: DrawnLine,
  values: DrawnLine['y'],
  { width, alpha }: { readonly width: number; readonly alpha: number },
): void {
  const { ctx, toX, toY, scale } = brush;
  ctx.beginPath();
  let isDown = false;
  const [first, last] = seenPoints(line.x, brush.seen);
  for (let at = first; at <= last; at++) {
    const value = drawable(values[at]);
    const [x, y] = [toX(line.x[at] ?? 0), value === null ? Number.NaN : toY(value)];
    if (Number.isNaN(x) || Number.isNaN(y)) {
      isDown = false;
    } else if (isDown) {
      ctx.lineTo(x, y);
    } else {
      ctx.moveTo(x, y);
      isDown = true;
    }
  }
  ctx.globalAlpha = alpha;
  ctx.strokeStyle = paintColour(line.colour);
  ctx.lineWidth = width * scale;
  ctx.setLineDash(line.dash.map((part) => part * scale));
  ctx.stroke();
}

function isSparse(x: ArrayLike<number>, toX: Brush['toX'], scale: number): boolean {
  const width = toX(x[x.length - 1] ?? 0) - toX(x[0] ?? 0);
  return x.length === 1 || width / (x.length - 1) > SPARSE_PX * scale;
}

function dot(
  brush: Brush,
  line: DrawnLine,
  { radius, alpha }: { readonly radius: number; readonly alpha: number },
): void {
  const { ctx, toX, toY, scale } = brush;
  ctx.globalAlpha = alpha;
  ctx.fillStyle = paintColour(line.colour);
  for (let at = 0; at < line.x.length; at++) {
    const value = drawable(line.y[at]);
    if (value === null) continue;
    ctx.beginPath();
    ctx.arc(toX(line.x[at] ?? 0), toY(value), radius * scale, 0, 2 * Math.PI);
    ctx.fill();
  }
}

function fillBand(brush: Brush, line: DrawnLine, alpha: number): void {
  const { ctx, toX, toY, seen } = brush;
  const { min, max } = line;
  if (!min || !max) return;
  ctx.globalAlpha = alpha;
  ctx.fillStyle = paintColour(line.colour);
  ctx.beginPath();
  const [first, last] = seenPoints(line.x, seen);
  let from = first;
  for (let at = first; at <= last + 1; at++) {
    const isGap = at > last || drawable(min[at]) === null || drawable(max[at]) === null;
    if (!isGap) continue;
    if (at > from) {
      for (let up = from; up < at; up++) {
        const [x, y] = [toX(line.x[up] ?? 0), toY(max[up] ?? 0)];
        if (up === from) ctx.moveTo(x, y);
        else ctx.lineTo(x, y);
      }
      for (let down = at - 1; down >= from; down--) ctx.lineTo(toX(line.x[down] ?? 0), toY(min[down] ?? 0));
      ctx.closePath();
    }
    from = at + 1;
  }
  ctx.fill();
}

/** The points that are seen, with one more on both sides, so that the line goes on to the edge. */
function seenPoints(x: ArrayLike<number>, { from, to }: XRange): readonly [first: number, last: number] {
  return [Math.max(0, nearestIndex(x, from) - 1), Math.min(x.length - 1, nearestIndex(x, to) + 1)];
}
