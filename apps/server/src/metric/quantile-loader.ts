import { type BatchLoader, batchLoader } from '../access/batch-loader.ts';
import { readQuantiles } from '../history/read-history.ts';
import type { RunRef, Services } from '../services.ts';

/** One quantile of a metric: `p` from 0 to 1. */
export interface QuantileWish {
  readonly run: RunRef;
  readonly key: string;
  readonly p: number;
}

/** Loads quantiles; those of one run that are asked for in one operation take one reading of its columns. Null where there is no finite value. */
export function createQuantileLoader(services: Services): BatchLoader<QuantileWish, number | null> {
  return batchLoader({
    nameOf,
    otherwise: null,
    loadAll: async (wishes) => {
      const found = new Map<string, number>();
      for (const ofRun of groupByRun(wishes)) await readRun(services, ofRun, found);
      return found;
    },
  });
}

async function readRun(services: Services, wishes: readonly QuantileWish[], found: Map<string, number>): Promise<void> {
  const [first] = wishes;
  if (!first) return;
  const byKey = new Map<string, number[]>();
  for (const { key, p } of wishes) byKey.set(key, [...(byKey.get(key) ?? []), p]);
  const asks = [...byKey].map(([key, ps]) => ({ key, ps }));
  const answers = await readQuantiles(services, first.run, asks);
  for (const [i, { key, ps }] of asks.entries()) {
    for (const [j, p] of ps.entries()) {
      const quantile = answers[i]?.[j];
      if (quantile !== undefined && !Number.isNaN(quantile)) found.set(nameOf({ run: first.run, key, p }), quantile);
    }
  }
}

function groupByRun(wishes: readonly QuantileWish[]): Iterable<QuantileWish[]> {
  const groups = new Map<string, QuantileWish[]>();
  for (const wish of wishes) {
    const name = `${wish.run.projectId}/${wish.run.runId}`;
    const group = groups.get(name);
    if (group) group.push(wish);
    else groups.set(name, [wish]);
  }
  return groups.values();
}

function nameOf({ run, key, p }: QuantileWish): string {
  return `${run.projectId}/${run.runId}/${p}/${key}`;
}
