import { type BatchLoader, batchLoader } from '../access/batch-loader.ts';
import { type QuantileWish, readQuantiles } from '../history/read-quantiles.ts';
import type { Services } from '../services.ts';

/** Loads quantiles; those that are asked for at once, of whatever runs, are read together. Null where there is no finite value. */
export function createQuantileLoader(services: Services): BatchLoader<QuantileWish, number | null> {
  return batchLoader({
    nameOf,
    otherwise: null,
    loadAll: async (wishes) => {
      const answers = await readQuantiles(services, wishes);
      const found = new Map<string, number>();
      for (const [i, wish] of wishes.entries()) {
        const quantile = answers[i] ?? Number.NaN;
        if (!Number.isNaN(quantile)) found.set(nameOf(wish), quantile);
      }
      return found;
    },
  });
}

function nameOf({ run, key, p }: QuantileWish): string {
  return `${run.projectId}/${run.runId}/${p}/${key}`;
}
