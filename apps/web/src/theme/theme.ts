import { useSyncExternalStore } from 'react';

/** What a person chose: one theme, or whatever the system has. */
export type ThemeChoice = 'system' | 'light' | 'dark';

// `public/theme.js` reads the same before the first paint.
const STORAGE_KEY = 'summa.theme';
const CHANGED = 'summa:theme';

/** Shows a theme from now on, and remembers it where storage is allowed. */
export function chooseTheme(choice: ThemeChoice): void {
  if (choice === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
  try {
    if (choice === 'system') localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, choice);
  } catch {
    // Without storage the choice holds until the page is left.
  }
  window.dispatchEvent(new Event(CHANGED));
}

/** Calls back whenever the colours on the screen change: by choice, or because the system's theme did. @returns the end of it */
export function onThemeChange(listener: () => void): () => void {
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  window.addEventListener(CHANGED, listener);
  system.addEventListener('change', listener);
  return () => {
    window.removeEventListener(CHANGED, listener);
    system.removeEventListener('change', listener);
  };
}

/** The choice, followed. */
export function useTheme(): ThemeChoice {
  return useSyncExternalStore(onThemeChange, currentTheme);
}

function currentTheme(): ThemeChoice {
  const { theme } = document.documentElement.dataset;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}
