import { useEffect, useSyncExternalStore } from 'react';
import { assignLooks, type RunLook, runLook } from './run-colour.ts';

const STORAGE_KEY = 'summa.run-looks';
const MOST_KEPT = 5_000;

let looks: ReadonlyMap<string, number> = read();
const listeners = new Set<() => void>();

/**
 * How runs are drawn, by their id: the same on every page and after a reload. Give all runs of a page at once, in an order
 * that does not change, so that their colours differ.
 */
export function useRunLooks(runIds: readonly string[]): (runId: string) => RunLook {
  const known = useSyncExternalStore(subscribe, () => looks);
  const isNew = runIds.some((id) => !known.has(id));
  const all = isNew ? assignLooks(known, runIds) : known;
  useEffect(() => {
    if (isNew) keep(all);
  });
  return (runId) => runLook(all.get(runId) ?? 0);
}

/**
 * Draws a run in another look from now on, in this browser.
 *
 * @public
 */
export function chooseRunLook(runId: string, look: number): void {
  keep(new Map(looks).set(runId, look));
}

function keep(next: ReadonlyMap<string, number>): void {
  // The oldest are forgotten first; they get the look that their id hashes to when they come again.
  looks = next.size <= MOST_KEPT ? next : new Map([...next].slice(-MOST_KEPT));
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify([...looks]));
  } catch {
    // Without storage the looks hold until the page is left.
  }
  for (const listener of listeners) listener();
}

function read(): ReadonlyMap<string, number> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]');
    return new Map(Array.isArray(kept) ? kept.filter(isEntry) : []);
  } catch {
    return new Map();
  }
}

function isEntry(entry: unknown): entry is [string, number] {
  return Array.isArray(entry) && typeof entry[0] === 'string' && Number.isInteger(entry[1]) && entry[1] >= 0;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
