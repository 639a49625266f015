import { neededQuantiles, type SummarySource } from '@summa/core/summary/summary-document';
import { readQuantiles } from '../history/read-history.ts';
import type { RunRef, Services } from '../services.ts';

/** A quantile (0 to 1) of a metric's finite values, or undefined when it was not read or there is none. */
export type QuantileLookup = (key: string, p: number) => number | undefined;

/** Reads from the columns those quantiles that a summary document will ask for, in one statement; usually none. */
export async function readNeededQuantiles(
  services: Services,
  run: RunRef,
  source: SummarySource,
): Promise<QuantileLookup> {
  const asks = neededQuantiles(source).map(({ key, quantiles }) => ({ key, ps: quantiles }));
  if (asks.length === 0) return () => undefined;
  const answers = await readQuantiles(services, run, asks);
  const byKey = new Map(asks.map((ask, i) => [ask.key, new Map(ask.ps.map((p, j) => [p, answers[i]?.[j]]))]));
  return (key, p) => byKey.get(key)?.get(p);
}
