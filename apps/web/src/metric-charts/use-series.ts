import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useLiveTask } from '../live/live.ts';
import type { ProjectName } from '../live/pulse.ts';
import { fetchSeriesOf } from './fetch-series.ts';
import { type ChartedRun, type PartState, type SeriesPart, SeriesStore } from './series-store.ts';

/** The store of the charts of a page, for as long as the page is there. */
export function useSeriesStore({ entity, project }: ProjectName): SeriesStore {
  const store = useMemo(() => new SeriesStore(fetchSeriesOf({ entity, project })), [entity, project]);
  // The store starts empty again should React run this twice: what was asked for is asked for anew by the charts.
  useEffect(() => () => store.stop(), [store]);
  return store;
}

/** Has the store follow the runs: in the page's turn, whenever `heardAt` changes and a chart shows an older revision. */
export function useLiveSeries(store: SeriesStore, heardAt: number): void {
  const [id] = useState(() => `series-${nextId++}`);
  useLiveTask(id, store.isStale ? heardAt : undefined, () => store.refresh());
}

let nextId = 1;

/** What is there of a metric; what is missing is asked for while the component is there. */
export function useSeries(store: SeriesStore, part: SeriesPart, runs: readonly ChartedRun[]): PartState {
  const name = JSON.stringify(part);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `part` is `name`
  const subscribe = useCallback((listener: () => void) => store.show(part, runs, listener), [store, name, runs]);
  return useSyncExternalStore(subscribe, () => store.read(part));
}
