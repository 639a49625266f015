import { useEffect, useRef, useSyncExternalStore } from 'react';

/** A key of the keyboard that does something on the page that is open. */
export interface Shortcut {
  /** What is pressed, as `event.key` says it: "j", "/", "?"; "mod+k" for ⌘K and Ctrl K. */
  readonly keys: string;
  /** What it does, in words, for the list that `?` shows. */
  readonly label: string;
  readonly run: () => void;
}

let shortcuts: readonly Shortcut[] = [];
const listeners = new Set<() => void>();

/**
 * Has a key do something while the component is there. Of several for one key the one that came last holds. Nothing
 * fires while somebody types, or while a dialog is open, except with "mod+".
 */
export function useShortcut(keys: string, label: string, run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const shortcut: Shortcut = { keys, label, run: () => latest.current() };
    set([...shortcuts, shortcut]);
    return () => set(shortcuts.filter((each) => each !== shortcut));
  }, [keys, label]);
}

/** Every key that does something just now, once each. */
export function useShortcuts(): readonly Shortcut[] {
  const all = useSyncExternalStore(subscribe, () => shortcuts);
  return [...new Map(all.map((each) => [each.keys, each])).values()];
}

/** Listens to the keyboard; once in the app. @returns the end of it */
export function listenToKeyboard(target: Window): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const keys = keysOf(event);
    if (event.defaultPrevented || keys === null) return;
    if (!keys.startsWith('mod+') && (isTyping(event.target) || isDialogOpen())) return;
    const shortcut = shortcuts.findLast((each) => each.keys === keys);
    if (!shortcut) return;
    event.preventDefault();
    shortcut.run();
  };
  target.addEventListener('keydown', onKeyDown);
  return () => target.removeEventListener('keydown', onKeyDown);
}

/** How a pressed key is written in `Shortcut.keys`; null for combinations that belong to the browser. */
export function keysOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string | null {
  if (event.altKey) return null;
  return event.ctrlKey || event.metaKey ? `mod+${event.key.toLowerCase()}` : event.key;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox' && target.type !== 'radio';
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName);
}

function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="menu"]') !== null;
}

function set(next: readonly Shortcut[]): void {
  shortcuts = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
