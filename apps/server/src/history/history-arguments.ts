import { LIMITS } from '../limits.ts';
import { ServerError } from '../server-error.ts';
import type { StepRange } from './read-history.ts';

/** Buckets of a chart when nobody says how many. */
export const DEFAULT_BUCKETS = 1000;
/** Raw points of a key when nobody says how many. */
export const DEFAULT_POINTS = 1000;

/** A range of steps as a caller gives it; null counts as not given. */
export interface GivenRange {
  readonly from?: number | null | undefined;
  readonly to?: number | null | undefined;
}

/** The range that a caller gave. @throws ServerError INVALID_RANGE when it ends before it begins */
export function readRange(given: GivenRange | null | undefined): StepRange {
  const range = { from: given?.from ?? undefined, to: given?.to ?? undefined };
  if (isEmpty(range)) {
    throw new ServerError(
      'INVALID_RANGE',
      `the range from ${range.from} to ${range.to} ends before it begins; turn it around`,
      ['range'],
    );
  }
  return range;
}

/** How many buckets a caller wants. @throws ServerError INVALID_RANGE */
export function readBuckets(given: number | null | undefined): number {
  const buckets = given ?? DEFAULT_BUCKETS;
  if (buckets >= 1 && buckets <= LIMITS.buckets) return buckets;
  throw new ServerError('INVALID_RANGE', `buckets is ${buckets}; give 1 to ${LIMITS.buckets}`, ['buckets']);
}

/** The part of a range that lies beyond a step; it may be empty. */
export function beyondStep(range: StepRange, step: number | undefined): StepRange {
  return step === undefined ? range : { from: Math.max(range.from ?? 0, step + 1), to: range.to };
}

/** Whether no step lies in a range. */
export function isEmpty({ from, to }: StepRange): boolean {
  return from !== undefined && to !== undefined && from > to;
}
