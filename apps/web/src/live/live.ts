import { useEffect, useRef, useSyncExternalStore } from 'react';
import { failureKind } from '../api/failure.ts';
import type { QueryKey } from '../api/query.ts';
import { queryClient } from '../api/query-client.ts';
import { type LiveStatus, Poller } from './poller.ts';

/** The one poller of the page. */
const poller = new Poller({
  now: () => performance.now(),
  isVisible: () => document.visibilityState === 'visible',
  isOutage: (error) => failureKind(error) === 'offline',
});
document.addEventListener('visibilitychange', () => poller.wake());
window.addEventListener('online', () => poller.wake());

/**
 * Asks for a query again and again while the component is there: every `everyMs`, or, with null, only when `markLive` says
 * so. All queries of the page share one request a second; the query itself must be in use (`useQuery`) with this key.
 */
export function useLive(queryKey: QueryKey, everyMs: number | null): void {
  const id = JSON.stringify(queryKey);
  useEffect(() => {
    const ask = () => queryClient.refetchQueries({ queryKey: JSON.parse(id), exact: true }, { throwOnError: true });
    return poller.add({ id, everyMs, ask });
  }, [id, everyMs]);
}

/** Two revisions of one thing: the one that is on the screen, and the newest that is known of. */
export interface Revisions {
  readonly shown: number | undefined;
  readonly newest: number | undefined;
}

/** Asks for a query again when what it shows has an older revision than the newest: what has the same is the same. */
export function useLiveByRevision(queryKey: QueryKey, { shown, newest }: Revisions): void {
  const id = JSON.stringify(queryKey);
  useLive(queryKey, null);
  const isOld = shown !== undefined && newest !== undefined && newest > shown;
  useEffect(() => {
    if (isOld) poller.mark(id);
  }, [id, isOld]);
}

/**
 * Does something in the page's turn, at most once a second together with everything else that is live: once for each
 * change of `wanted`, never for undefined. For what keeps its own data; failures are told apart as those of queries are.
 */
export function useLiveTask(id: string, wanted: string | number | undefined, ask: () => Promise<unknown>): void {
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => poller.add({ id, everyMs: null, ask: () => latest.current() }), [id]);
  useEffect(() => {
    if (wanted !== undefined) poller.mark(id);
  }, [id, wanted]);
}

/** Asks for everything that is live at once, in turn. */
export function wakeLive(): void {
  poller.wake();
}

/** Whether the server answers, as far as the poller knows. */
export function useLiveStatus(): LiveStatus {
  return useSyncExternalStore(subscribe, () => poller.status);
}

function subscribe(listener: () => void): () => void {
  return poller.onStatus(listener);
}
