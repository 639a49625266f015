/**
 * The exponential moving average of a line, freed of the pull towards zero at its start: the first value is itself, and
 * a constant stays what it is. `weight` from 0 (nothing changes) to below 1 is what the values before keep.
 *
 * Gaps (null, NaN, infinities) stay gaps, and what follows goes on from before them.
 */
export function smooth(values: ArrayLike<number | null>, weight: number): (number | null)[] {
  let average = 0;
  let seen = 0;
  return Array.from(values, (value) => {
    if (value === null || !Number.isFinite(value)) return null;
    average = weight * average + (1 - weight) * value;
    seen += 1;
    return weight === 0 ? value : average / (1 - weight ** seen);
  });
}
