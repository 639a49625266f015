import { type ChartLine, drawable, type XRange } from './chart-line.ts';

/** Every x that any line has, ascending, once. */
export function commonX(lines: readonly ChartLine[]): number[] {
  const [only] = lines;
  if (lines.length === 1 && only) return Array.from(only.x);
  const all = new Set<number>();
  for (const { x } of lines) for (let at = 0; at < x.length; at++) all.add(x[at] ?? 0);
  return Float64Array.from(all).sort() as unknown as number[];
}

/** Why there is nothing to draw, or null when there is something. */
export function whyEmpty(lines: readonly ChartLine[]): 'no lines' | 'no points' | 'not a number' | null {
  if (lines.length === 0) return 'no lines';
  if (lines.every(({ x }) => x.length === 0)) return 'no points';
  return lines.some(({ y }) => hasNumber(y)) ? null : 'not a number';
}

function hasNumber(values: ArrayLike<number | null>): boolean {
  for (let at = 0; at < values.length; at++) if (drawable(values[at]) !== null) return true;
  return false;
}

/** The least range that holds all these numbers, widened when it is a single one, so that it can be drawn. */
export function extent(numbers: Iterable<number | null | undefined>): XRange {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const number of numbers) {
    if (typeof number !== 'number' || !Number.isFinite(number)) continue;
    from = Math.min(from, number);
    to = Math.max(to, number);
  }
  if (from > to) return { from: 0, to: 1 };
  const half = from === to ? Math.max(Math.abs(from) * 0.1, 0.5) : 0;
  return { from: from - half, to: to + half };
}
