import type { Cost } from './compare.ts';

/** Does something so many times, one after the other: the median of the times and the one that 95 of 100 do not exceed. */
export async function timesOf(times: number, work: (index: number) => Promise<unknown>): Promise<Cost> {
  const took: number[] = [];
  for (let index = 0; index < times; index++) {
    const began = performance.now();
    await work(index);
    took.push(performance.now() - began);
  }
  return { p50Ms: percentile(took, 50), p95Ms: percentile(took, 95) };
}

/** The least of the numbers that so many of a hundred do not exceed. */
export function percentile(numbers: readonly number[], percent: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1);
  const found = sorted[at];
  if (found === undefined) throw new RangeError('nothing was measured');
  return found;
}
