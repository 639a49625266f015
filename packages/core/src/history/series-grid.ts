import type { StepRange } from './slice-column.ts';

/** Buckets of equal width over a range of steps; where the range has fewer steps than buckets, some stay empty. */
export interface SeriesGrid extends StepRange {
  readonly buckets: number;
}

/**
 * The bucket, from 0 to `buckets - 1`, that a step of the range falls into.
 *
 * It never falls when the step rises, so a chunk whose first and last step share a bucket lies wholly in it.
 */
export function bucketOf(step: number, { fromStep, toStep, buckets }: SeriesGrid): number {
  const bucket = Math.floor(((step - fromStep) / (toStep - fromStep + 1)) * buckets);
  // Beyond 2^53 the quotient of the last step may round up to 1.
  return Math.min(bucket, buckets - 1);
}

/** Throws a RangeError unless the grid has at least one bucket and a range of whole, finite steps. */
export function refuseBadGrid({ fromStep, toStep, buckets }: SeriesGrid): void {
  const isRange = Number.isSafeInteger(fromStep) && Number.isSafeInteger(toStep) && fromStep <= toStep;
  if (isRange && Number.isSafeInteger(buckets) && buckets >= 1) return;
  throw new RangeError(`no series of ${buckets} buckets from step ${fromStep} to ${toStep}`);
}
