import { type ChartLine, drawable, type XRange } from './chart-line.ts';

/** Values of one line over the common x; undefined where the line has no point there, null where it has a gap. */
export type Aligned = (number | null | undefined)[];

/** Every x that any line has, ascending, once. */
export function commonX(lines: readonly ChartLine[]): number[] {
  const [only] = lines;
  if (lines.length === 1 && only) return Array.from(only.x);
  const all = new Set<number>();
  for (const { x } of lines) for (let at = 0; at < x.length; at++) all.add(x[at] ?? 0);
  return Float64Array.from(all).sort() as unknown as number[];
}

/** Lays values of a line over the common x. On a logarithmic scale what is not positive is a gap. */
export function alignTo(
  x: readonly number[],
  lineX: ArrayLike<number>,
  values: ArrayLike<number | null>,
  isLog: boolean,
): Aligned {
  const aligned: Aligned = new Array(x.length).fill(undefined);
  let at = 0;
  for (let index = 0; index < lineX.length; index++) {
    const place = lineX[index] ?? 0;
    while (at < x.length && (x[at] ?? 0) < place) at += 1;
    const value = drawable(values[index]);
    aligned[at] = isLog && value !== null && value <= 0 ? null : value;
  }
  return aligned;
}

/** How many points of these lines a logarithmic scale cannot show. */
export function countNonPositive(lines: readonly ChartLine[]): number {
  let count = 0;
  for (const { y } of lines) {
    for (let at = 0; at < y.length; at++) {
      const value = drawable(y[at]);
      if (value !== null && value <= 0) count += 1;
    }
  }
  return count;
}

/** Why there is nothing to draw, or null when there is something. */
export function whyEmpty(lines: readonly ChartLine[]): 'no lines' | 'no points' | 'not a number' | null {
  if (lines.length === 0) return 'no lines';
  if (lines.every(({ x }) => x.length === 0)) return 'no points';
  const hasNumber = lines.some(({ y }) => Array.from(y).some((value) => drawable(value) !== null));
  return hasNumber ? null : 'not a number';
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
