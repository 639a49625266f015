import { type BatchLoader, batchLoader } from '../access/batch-loader.ts';
import type { Services } from '../services.ts';
import { type KeySeries, type RunSeriesAsk, readSeriesOfRuns } from './read-series.ts';

/** Loads the charts of all runs that one operation shows together. */
export function createSeriesLoader(services: Services): BatchLoader<RunSeriesAsk, readonly KeySeries[]> {
  return batchLoader({
    nameOf,
    loadAll: async (asks) => {
      const series = await readSeriesOfRuns(services, asks);
      return new Map(asks.map((ask, i) => [nameOf(ask), series[i] ?? []]));
    },
    otherwise: [],
  });
}

function nameOf({ run, ask: { keys, range, buckets, x } }: RunSeriesAsk): string {
  return JSON.stringify([run.projectId, run.runId, keys, range.from ?? null, range.to ?? null, buckets, x ?? null]);
}
