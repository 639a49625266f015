/**
 * The quantiles at the fractions `ps` (0 to 1) of the finite values; NaN when there is none.
 *
 * Linear interpolation as `numpy.quantile` does by default, to the last bit: virtual index `(n - 1) p`, and
 * interpolation from the nearer neighbour. Throws a RangeError when a fraction is outside 0 to 1.
 */
export function quantiles(values: Float64Array, ps: readonly number[]): number[] {
  const sorted = values.filter(Number.isFinite).sort();
  return ps.map((p) => quantileOfSorted(sorted, p));
}

/** Where a quantile lies among sorted values: at `below`, and `fraction` (0 up to, not including, 1) of the way on. */
export interface QuantilePlace {
  readonly below: number;
  readonly fraction: number;
}

/** Where the quantile at `p` lies among `count` sorted values (at least one); a RangeError unless `p` is from 0 to 1. */
export function quantilePlace(count: number, p: number): QuantilePlace {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a quantile at ${p}; give a fraction from 0 to 1`);
  const index = (count - 1) * p;
  const below = Math.floor(index);
  return { below, fraction: index - below };
}

/** Two neighbours among sorted values; `difference` is `b - a`, given where it is known better than float64 has it. */
export interface Neighbours {
  readonly a: number;
  readonly b: number;
  readonly difference?: number;
}

/** numpy's `_lerp`; unlike it, two values further apart than the largest float64 do not give infinity. */
export function interpolate({ a, b, difference = b - a }: Neighbours, t: number): number {
  if (difference === Number.POSITIVE_INFINITY) return a * (1 - t) + b * t;
  return t >= 0.5 ? b - difference * (1 - t) : a + difference * t;
}

function quantileOfSorted(sorted: Float64Array, p: number): number {
  const { below, fraction } = quantilePlace(sorted.length, p);
  if (sorted.length === 0) return Number.NaN;
  const a = sorted[below] as number; // 0 <= below <= length - 1
  return interpolate({ a, b: sorted[below + 1] ?? a }, fraction);
}
