import { neededQuantiles, type SummarySource } from '@summa/core/summary/summary-document';
import type { QuantileWish } from '../history/read-quantiles.ts';
import type { RunRef } from '../services.ts';

/** A quantile (0 to 1) of a metric's finite values, or undefined when it was not read or there is none. */
export type QuantileLookup = (key: string, p: number) => number | undefined;

/** Gets quantiles in the order of the wishes; null or NaN where there is none. */
export type GetQuantiles = (wishes: readonly QuantileWish[]) => Promise<readonly (number | null)[]>;

/** The quantiles that a summary document will ask for; usually none, and then nothing is read. */
export async function getNeededQuantiles(
  { run, points: runPoints }: { readonly run: RunRef; readonly points: number },
  source: SummarySource,
  get: GetQuantiles,
): Promise<QuantileLookup> {
  const needed = neededQuantiles(source);
  if (needed.length === 0) return () => undefined;
  const points = new Map([...source.states].map(([key, state]) => [key, state.count]));
  const wishes = needed.flatMap(({ key, quantiles }) =>
    quantiles.map((p): QuantileWish => ({ run, key, p, points: points.get(key) ?? 0, runPoints })),
  );
  const answers = await get(wishes);
  const found = new Map(wishes.map(({ key, p }, i) => [`${p}/${key}`, answers[i] ?? undefined]));
  return (key, p) => {
    const quantile = found.get(`${p}/${key}`);
    return Number.isNaN(quantile) ? undefined : quantile;
  };
}
