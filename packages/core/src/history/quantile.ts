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

function quantileOfSorted(sorted: Float64Array, p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a quantile at ${p}; give a fraction from 0 to 1`);
  const { length } = sorted;
  if (length === 0) return Number.NaN;
  const index = (length - 1) * p;
  const below = Math.floor(index);
  const a = sorted[below] as number; // 0 <= below <= length - 1
  const b = sorted[below + 1] ?? a;
  return interpolate(a, b, index - below);
}

/** numpy's `_lerp`; unlike it, two values further apart than the largest float64 do not give infinity. */
function interpolate(a: number, b: number, t: number): number {
  const difference = b - a;
  if (difference === Number.POSITIVE_INFINITY) return a * (1 - t) + b * t;
  return t >= 0.5 ? b - difference * (1 - t) : a + difference * t;
}
