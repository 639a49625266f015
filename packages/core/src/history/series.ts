import type { MetricState } from '../metric/metric-state.ts';
import type { Column } from './column.ts';
import { numberAt } from './numeric-values.ts';
import { SeriesBucket } from './series-bucket.ts';
import { bucketOf, refuseBadGrid, type SeriesGrid } from './series-grid.ts';
import { lowerBound, upperBound } from './slice-column.ts';

/** What is known of a chunk without its body; `state` is folded from exactly the values of the chunk. */
export interface ChunkHeader {
  readonly firstStep: number;
  readonly lastStep: number;
  readonly state: MetricState;
}

/**
 * A metric over a range of steps: entry `i` of every list belongs to the `i`-th bucket that has a value, ascending.
 *
 * `count` counts numbers of any kind (NaN, ±Infinity, and booleans as 0 and 1); `min`, `max` and `mean` are over the
 * finite ones and NaN where there is none; `first` and `last` are the numbers at `firstStep` and `lastStep`.
 */
export interface Series {
  readonly firstStep: Float64Array;
  readonly lastStep: Float64Array;
  readonly count: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly mean: Float64Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
}

/**
 * Whether a chunk must be decoded for a series: it reaches into the range but does not lie wholly in one bucket, or mixes
 * numbers with values that are none (these are left out of a series, and a header does not tell where they stand).
 */
export function needsBody(header: ChunkHeader, grid: SeriesGrid): boolean {
  const { firstStep, lastStep, state } = header;
  if (lastStep < grid.fromStep || firstStep > grid.toStep || numberCount(state) === 0) return false;
  if (firstStep < grid.fromStep || lastStep > grid.toStep) return true;
  return numberCount(state) !== state.count || bucketOf(firstStep, grid) !== bucketOf(lastStep, grid);
}

/**
 * Cuts a range of steps into buckets of equal width and gives what each holds; empty buckets are left out.
 *
 * `parts` are columns and chunk headers of one metric with no step in common, ascending. A header stands for its column
 * where `needsBody` allows it (a RangeError else): all results are the same, but `mean`, which agrees to 1e-12 of the
 * largest magnitude in the bucket. The first and the last number of the range are always in.
 */
export function bucketColumn(parts: readonly (Column | ChunkHeader)[], grid: SeriesGrid): Series {
  refuseBadGrid(grid);
  const buckets: SeriesBucket[] = [];
  for (const part of parts) {
    if ('state' in part) addHeader(buckets, part, grid);
    else addColumn(buckets, part, grid);
  }
  return toSeries(buckets);
}

function addHeader(buckets: SeriesBucket[], header: ChunkHeader, grid: SeriesGrid): void {
  const { firstStep, lastStep, state } = header;
  if (needsBody(header, grid)) throw new RangeError(`the chunk at step ${firstStep} spans buckets; decode it`);
  if (lastStep < grid.fromStep || firstStep > grid.toStep || numberCount(state) === 0) return;
  bucketAt(buckets, bucketOf(firstStep, grid), { step: firstStep, value: Number(state.first?.value) }).addState(
    lastStep,
    state,
  );
}

function addColumn(buckets: SeriesBucket[], column: Column, grid: SeriesGrid): void {
  const { steps } = column;
  const end = upperBound(steps, grid.toStep);
  let current: SeriesBucket | undefined;
  let bucketEnd = 0;
  for (let i = lowerBound(steps, grid.fromStep); i < end; i++) {
    const value = numberAt(column, i);
    if (value === undefined) continue;
    const step = steps[i] as number; // i is within bounds
    if (current === undefined || i >= bucketEnd) {
      const bucket = bucketOf(step, grid);
      current = bucketAt(buckets, bucket, { step, value });
      bucketEnd = endOfBucket(steps, { bucket, from: i, end }, grid);
      if (column.others === null) {
        current.addNumbers(column.numbers.subarray(i, bucketEnd), steps[bucketEnd - 1] as number);
        i = bucketEnd - 1;
        continue;
      }
    }
    current.addValue(step, value);
  }
}

/** The index after the last step of a bucket, of which `steps[from]` is one; nothing is asked of most of the steps between. */
function endOfBucket(
  steps: Float64Array,
  { bucket, from, end }: { readonly bucket: number; readonly from: number; readonly end: number },
  grid: SeriesGrid,
): number {
  let [within, stride] = [from, 1];
  while (within + stride < end && bucketOf(steps[within + stride] as number, grid) === bucket) {
    within += stride;
    stride *= 2;
  }
  for (; stride >= 1; stride /= 2) {
    const next = within + stride;
    if (next < end && bucketOf(steps[next] as number, grid) === bucket) within = next;
  }
  return within + 1;
}

/** The last bucket when it is the one asked for, else a new one that begins with `start`. */
function bucketAt(buckets: SeriesBucket[], bucket: number, start: { step: number; value: number }): SeriesBucket {
  const last = buckets.at(-1);
  if (last?.bucket === bucket) return last;
  if (last !== undefined && last.bucket > bucket) throw new RangeError(`step ${start.step} comes after later ones`);
  const opened = new SeriesBucket(bucket, start.step, start.value);
  buckets.push(opened);
  return opened;
}

function toSeries(buckets: readonly SeriesBucket[]): Series {
  return {
    firstStep: listOf(buckets, (bucket) => bucket.firstStep),
    lastStep: listOf(buckets, (bucket) => bucket.lastStep),
    count: listOf(buckets, (bucket) => bucket.count),
    min: listOf(buckets, (bucket) => bucket.min),
    max: listOf(buckets, (bucket) => bucket.max),
    mean: listOf(buckets, (bucket) => bucket.mean),
    first: listOf(buckets, (bucket) => bucket.first),
    last: listOf(buckets, (bucket) => bucket.last),
  };
}

// Several times as fast as `Float64Array.from`, which walks an iterator; it is done for every bucket of every chart.
function listOf(buckets: readonly SeriesBucket[], pick: (bucket: SeriesBucket) => number): Float64Array {
  const list = new Float64Array(buckets.length);
  for (let i = 0; i < buckets.length; i++) list[i] = pick(buckets[i] as SeriesBucket);
  return list;
}

function numberCount({ finiteCount, nanCount, posInfCount, negInfCount }: MetricState): number {
  return finiteCount + nanCount + posInfCount + negInfCount;
}
