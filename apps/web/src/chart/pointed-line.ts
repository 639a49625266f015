/** The line that is pointed at, by the key under which charts share their cursor. */
const pointed = new Map<string, string>();

/** Remembers the line that the pointer is nearest to, for all charts that share the cursor. */
export function pointAt(syncKey: string | undefined, lineId: string | undefined): void {
  if (syncKey === undefined) return;
  if (lineId === undefined) pointed.delete(syncKey);
  else pointed.set(syncKey, lineId);
}

/** The line that is pointed at in any chart that shares the cursor. */
export function pointedLine(syncKey: string | undefined): string | undefined {
  return syncKey === undefined ? undefined : pointed.get(syncKey);
}
