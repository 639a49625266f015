import { type ChartLine, drawable } from './chart-line.ts';

/** What a line shows at the cursor. */
export interface CursorValue {
  readonly id: string;
  readonly label: string;
  readonly colour: string;
  readonly value: number;
}

/** The index of the element that is nearest to `wanted` in an ascending list; -1 when it is empty. */
export function nearestIndex(ascending: ArrayLike<number>, wanted: number): number {
  let [low, high] = [0, ascending.length - 1];
  if (high < 0) return -1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  const before = low - 1;
  return before >= 0 && wanted - (ascending[before] ?? 0) <= (ascending[low] ?? 0) - wanted ? before : low;
}

/**
 * What the lines show at an x, the greatest first. A line answers with its nearest point, and not beyond its own ends.
 */
export function readCursor(lines: readonly ChartLine[], x: number): CursorValue[] {
  return lines
    .flatMap(({ id, label, colour, x: xs, y }) => {
      if (xs.length === 0 || x < (xs[0] ?? 0) || x > (xs[xs.length - 1] ?? 0)) return [];
      const value = drawable(y[nearestIndex(xs, x)]);
      return value === null ? [] : [{ id, label, colour, value }];
    })
    .sort((a, b) => b.value - a.value);
}

/** Of values at the cursor the one that is nearest to a height. */
export function nearestTo(values: readonly CursorValue[], y: number): CursorValue | undefined {
  return values.reduce<CursorValue | undefined>(
    (best, each) => (best === undefined || Math.abs(each.value - y) < Math.abs(best.value - y) ? each : best),
    undefined,
  );
}

/** At most so many of the values, those around one of them, or the first. */
export function valuesAround(
  values: readonly CursorValue[],
  middle: CursorValue | undefined,
  most: number,
): readonly CursorValue[] {
  const at = middle === undefined ? 0 : values.indexOf(middle);
  const from = Math.max(0, Math.min(at - Math.floor(most / 2), values.length - most));
  return values.slice(from, from + most);
}
