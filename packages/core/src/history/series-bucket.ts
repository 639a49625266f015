import type { MetricState } from '../metric/metric-state.ts';

// Sums are kept this much smaller, so that a sum of the largest numbers does not overflow; a power of two loses nothing
// but the last bits of numbers below 2^-969.
const SCALE = 2 ** -53;

/** What one bucket of a series has taken in so far; it starts empty, and takes values and chunks in step order. */
export class SeriesBucket {
  readonly bucket: number;
  readonly firstStep: number;
  readonly first: number;
  lastStep = 0;
  last = 0;
  count = 0;
  min: number = Number.NaN;
  max: number = Number.NaN;
  finiteCount = 0;
  /** The sum of the finite values times SCALE, and what its roundings lost (Neumaier 1974). */
  sum = 0;
  lost = 0;

  constructor(bucket: number, firstStep: number, first: number) {
    this.bucket = bucket;
    this.firstStep = firstStep;
    this.first = first;
  }

  addValue(step: number, value: number): void {
    this.lastStep = step;
    this.last = value;
    this.count += 1;
    if (!Number.isFinite(value)) return;
    this.finiteCount += 1;
    this.widen(value, value);
    this.addToSum(value * SCALE);
  }

  /** Takes a chunk that holds numbers only. */
  addState(lastStep: number, state: MetricState): void {
    this.lastStep = lastStep;
    this.last = Number(state.last?.value);
    this.count += state.count;
    if (state.min === null || state.max === null) return;
    this.finiteCount += state.finiteCount;
    this.widen(state.min.value, state.max.value);
    const isExact = Number.isFinite(state.sum);
    this.addToSum(isExact ? state.sum * SCALE : state.mean * SCALE * state.finiteCount);
    if (isExact) this.addToSum(state.sumError * SCALE);
  }

  /** Mean of the finite values, within `min` and `max`; NaN when there is none. */
  get mean(): number {
    const mean = ((this.sum + this.lost) / this.finiteCount) * (1 / SCALE);
    return Math.max(this.min, Math.min(this.max, mean));
  }

  private widen(min: number, max: number): void {
    if (!(this.min <= min)) this.min = min;
    if (!(this.max >= max)) this.max = max;
  }

  private addToSum(value: number): void {
    const sum = this.sum + value;
    this.lost += Math.abs(this.sum) >= Math.abs(value) ? this.sum - sum + value : value - sum + this.sum;
    this.sum = sum;
  }
}
