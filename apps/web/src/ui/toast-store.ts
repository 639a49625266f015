/** Something that is said at the edge of the page for a while. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  /** Takes back what was done; offered for eight seconds. */
  readonly undo: (() => void) | undefined;
}

const SHOWN_MS = 8_000;
const MOST_TOASTS = 3;

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

/** Says something for eight seconds; with `undo`, a button takes back what was done. */
export function toast({ text, undo }: { readonly text: string; readonly undo?: () => void }): void {
  const id = nextId++;
  set([...toasts, { id, text, undo }].slice(-MOST_TOASTS));
  setTimeout(() => closeToast(id), SHOWN_MS);
}

/** Stops saying it. */
export function closeToast(id: number): void {
  set(toasts.filter((each) => each.id !== id));
}

/** What is being said, oldest first. */
export function currentToasts(): readonly Toast[] {
  return toasts;
}

/** Calls back when `currentToasts` changes. @returns the end of it */
export function onToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}
