/** The elements of a key, outermost first; at least one. */
export type KeyPath = readonly string[];

/**
 * Reads key text: elements joined by `.`, with `\.` for a dot inside an element and `\\` for a backslash; any other
 * `\` is itself. Every text is a key: empty text is the one empty element.
 */
export function parseKey(text: string): KeyPath {
  if (!text.includes('\\')) return text.split('.');
  const path: string[] = [];
  let element = '';
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '.') {
      path.push(element);
      element = '';
    } else {
      if (isEscape(text, i)) i += 1;
      element += text.charAt(i);
    }
  }
  path.push(element);
  return path;
}

/** The key text of a path; `parseKey` gives the same path back. */
export function formatKey(path: KeyPath): string {
  return path.map(formatElement).join('.');
}

/**
 * The key text of one path element: `.` is written `\.`, and a backslash is doubled only where it would be read as an
 * escape (before `.` or `\`, or at the end).
 */
export function formatElement(element: string): string {
  if (!element.includes('.') && !element.includes('\\')) return element;
  return element.replace(/\\(?=[.\\]|$)|\./g, (special) => `\\${special}`);
}

/** Key text as `formatKey` writes it: the one form of all texts that `parseKey` reads as the same path. */
export function normalizeKey(key: string): string {
  return key.includes('\\') ? formatKey(parseKey(key)) : key;
}

/** The keys above a key, from the nearest to the outermost: `a.b.c` gives `a.b`, then `a`. */
export function ancestorKeys(key: string): string[] {
  if (!key.includes('.')) return [];
  const path = parseKey(key);
  return path.slice(1).map((_, i) => formatKey(path.slice(0, path.length - 1 - i)));
}

/** Whether `key` is `above` itself or lies below it; both must be as `formatKey` writes them. */
export function isAtOrBelow(key: string, above: string): boolean {
  // A formatted key never ends in an escape that is not closed, so the dot behind it always parts two elements.
  return key.startsWith(above) && (key.length === above.length || key.charCodeAt(above.length) === 46);
}

function isEscape(text: string, i: number): boolean {
  if (text.charAt(i) !== '\\') return false;
  const next = text.charAt(i + 1);
  return next === '.' || next === '\\';
}
