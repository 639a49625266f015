import type { MetricState } from '../metric/metric-state.ts';
import type { Column } from './column.ts';
import { type DecodedColumn, listedSteps } from './column-codec.ts';
import { numberAt } from './numeric-values.ts';
import { SeriesBucket } from './series-bucket.ts';
import { bucketOf, refuseBadGrid, type SeriesGrid } from './series-grid.ts';
import { lowerBound, upperBound } from './slice-column.ts';
import type { RegularSteps } from './step-encoding.ts';

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
  const fold = new SeriesFold(grid);
  for (const part of parts) fold.add(part);
  return fold.series();
}

/** What `bucketColumn` gives, of parts that come one after the other; it keeps nothing of them. */
export class SeriesFold {
  readonly #grid: SeriesGrid;
  readonly #buckets: SeriesBucket[] = [];
  /** How many numbers one part gave to one bucket before: most often the next takes as many. */
  #taken = 1;

  constructor(grid: SeriesGrid) {
    refuseBadGrid(grid);
    this.#grid = grid;
  }

  /** Takes the next part, in step order. */
  add(part: Column | DecodedColumn | ChunkHeader): void {
    if ('state' in part) this.#addHeader(part);
    else if (part.others !== null) this.#addValues({ ...part, steps: listedSteps(part) });
    else if ('stride' in part.steps) this.#addRegular(part.steps, part.numbers);
    else this.#addListed(part.steps, part.numbers);
  }

  /** The buckets of all parts so far. */
  series(): Series {
    return toSeries(this.#buckets);
  }

  #addHeader(header: ChunkHeader): void {
    const { firstStep, lastStep, state } = header;
    if (needsBody(header, this.#grid)) throw new RangeError(`the chunk at step ${firstStep} spans buckets; decode it`);
    if (lastStep < this.#grid.fromStep || firstStep > this.#grid.toStep || numberCount(state) === 0) return;
    const bucket = bucketOf(firstStep, this.#grid);
    this.#bucketAt(bucket, firstStep, Number(state.first?.value)).addState(lastStep, state);
  }

  /** Values of which some are no numbers. */
  #addValues(column: Column): void {
    const { steps } = column;
    const end = upperBound(steps, this.#grid.toStep);
    for (let i = lowerBound(steps, this.#grid.fromStep); i < end; i++) {
      const value = numberAt(column, i);
      if (value === undefined) continue;
      const step = steps[i] as number; // i is within bounds
      this.#bucketAt(bucketOf(step, this.#grid), step, value).addValue(step, value);
    }
  }

  #addListed(steps: Float64Array, numbers: Float64Array): void {
    const { fromStep, toStep } = this.#grid;
    this.#addNumbers(numbers, steps, { from: lowerBound(steps, fromStep), end: upperBound(steps, toStep) });
  }

  #addRegular({ start, stride }: RegularSteps, numbers: Float64Array): void {
    const { fromStep, toStep } = this.#grid;
    const from = Math.max(0, Math.ceil((fromStep - start) / stride));
    const end = Math.min(numbers.length, Math.floor((toStep - start) / stride) + 1);
    this.#addNumbers(numbers, { at: (i) => start + stride * i }, { from, end });
  }

  /** Numbers from index `from` up to, not including, `end`; what is asked of a bucket does not grow with what it takes. */
  #addNumbers(numbers: Float64Array, steps: StepList, { from, end }: IndexRange): void {
    for (let i = from; i < end; ) {
      const step = steps.at(i) as number; // i is within bounds
      const bucket = bucketOf(step, this.#grid);
      const bucketEnd = this.#endOfBucket(bucket, steps, { from: i, end });
      const lastStep = steps.at(bucketEnd - 1) as number; // it is i or above
      const taker = this.#bucketAt(bucket, step, numbers[i] as number);
      taker.addNumbers(numbers, { from: i, end: bucketEnd, lastStep });
      this.#taken = bucketEnd - i;
      i = bucketEnd;
    }
  }

  /** The first index above `from`, whose step is in the bucket, of which that is not so, or `end`. A good guess costs two questions. */
  #endOfBucket(bucket: number, steps: StepList, { from, end }: IndexRange): number {
    let low = from;
    let high = end;
    let stride = 1;
    for (let probe = from + this.#taken; probe > low && probe < high; stride *= 2) {
      if (this.#isIn(bucket, steps, probe)) {
        low = probe;
        probe += stride;
      } else {
        high = probe;
        probe -= stride;
      }
    }
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#isIn(bucket, steps, middle)) low = middle;
      else high = middle;
    }
    return high;
  }

  #isIn(bucket: number, steps: StepList, i: number): boolean {
    return bucketOf(steps.at(i) as number, this.#grid) === bucket; // i is within bounds
  }

  /** The last bucket when it is the one asked for, else a new one that begins with this value. */
  #bucketAt(bucket: number, step: number, value: number): SeriesBucket {
    const last = this.#buckets.at(-1);
    if (last?.bucket === bucket) return last;
    if (last !== undefined && last.bucket > bucket) throw new RangeError(`step ${step} comes after later ones`);
    const opened = new SeriesBucket(bucket, step, value);
    this.#buckets.push(opened);
    return opened;
  }
}

/** Ascending steps, listed or not. */
interface StepList {
  at(i: number): number | undefined;
}

/** Indexes from `from` up to, not including, `end`. */
interface IndexRange {
  readonly from: number;
  readonly end: number;
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
