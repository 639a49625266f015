import type { Column } from './column.ts';
import { numberAt } from './numeric-values.ts';

/** Points of one metric over another: at `steps[i]` the one is `y[i]` and the other `x[i]`; ascending in steps. */
export interface SeriesByMetric {
  readonly steps: Float64Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Joins the numbers of `y` with those of `x` at the same step, or with `asOf` with the last one of `x` at or before it.
 *
 * A point without an `x` is left out, and so are values that are no number; NaN and ±Infinity are numbers.
 */
export function seriesByMetric(y: Column, x: Column, { asOf }: { asOf: boolean }): SeriesByMetric {
  const joined = { steps: [] as number[], x: [] as number[], y: [] as number[] };
  let next = 0;
  let latest: number | undefined;
  for (let i = 0; i < y.steps.length; i++) {
    const step = y.steps[i] as number; // i is within bounds
    if (!asOf) latest = undefined;
    for (; next < x.steps.length && (x.steps[next] as number) <= step; next++) {
      const value = numberAt(x, next);
      if (value !== undefined && (asOf || x.steps[next] === step)) latest = value;
    }
    const value = numberAt(y, i);
    if (latest === undefined || value === undefined) continue;
    joined.steps.push(step);
    joined.x.push(latest);
    joined.y.push(value);
  }
  return { steps: new Float64Array(joined.steps), x: new Float64Array(joined.x), y: new Float64Array(joined.y) };
}
