import { formatKey, normalizeKey, parseKey } from '@summa/core/key/key-path';

/** Where the values of one key of the client lie. */
export interface KeySource {
  /** As the client wrote it. */
  readonly key: string;
  /** Stored keys, the likeliest first. */
  readonly stored: readonly string[];
  /** When the key is that of an object: what of each stored key is below it. */
  readonly below: ReadonlyMap<string, string> | null;
}

/**
 * Finds the stored keys of keys that the client wrote, where names are joined with dots and dots in names stand as they are:
 * "a.b" is one name, or `b` in `a`. Of several paths of one spelling the single name comes first, then the key as our own API
 * reads it. A key of which only longer ones are stored is an object.
 */
export function findSources(keys: readonly string[], stored: readonly string[]): KeySource[] {
  const known = new Set(stored);
  const bySpelling = new Map<string, string[]>();
  for (const name of stored) {
    const spelling = spellingOf(parseKey(name));
    bySpelling.set(spelling, [...(bySpelling.get(spelling) ?? []), name]);
  }
  return keys.map((key) => {
    const likely = [formatKey([key]), normalizeKey(key)].filter((name) => known.has(name));
    const exact = [...new Set([...likely, ...(bySpelling.get(key) ?? [])])];
    return exact.length > 0 ? { key, stored: exact, below: null } : objectSource(key, bySpelling);
  });
}

function objectSource(key: string, bySpelling: ReadonlyMap<string, readonly string[]>): KeySource {
  const below = new Map<string, string>();
  for (const [spelling, names] of bySpelling) {
    if (!spelling.startsWith(`${key}.`)) continue;
    for (const name of names) {
      const rest = restBelow(parseKey(name), key);
      if (rest !== null) below.set(name, rest);
    }
  }
  return { key, stored: [...below.keys()], below };
}

/** The key text of what stands behind the first elements that are spelled `key`; null when no elements end there. */
function restBelow(path: readonly string[], key: string): string | null {
  let length = -1;
  for (const [i, element] of path.entries()) {
    length += element.length + 1;
    if (length === key.length) return formatKey(path.slice(i + 1));
  }
  return null;
}

function spellingOf(path: readonly string[]): string {
  return path.join('.');
}
