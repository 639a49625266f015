const ON_A_MAC = /Mac|iPhone|iPad/.test(navigator.platform);

/** The keys of a shortcut as they stand on the keyboard of this machine: `mod+k` is ⌘K on a Mac, Ctrl K elsewhere. */
export function keyText(keys: string): string {
  return keys.startsWith('mod+') ? `${ON_A_MAC ? '⌘' : 'Ctrl '}${keys.slice(4).toUpperCase()}` : keys;
}
