const PLAIN = /^[\p{L}_][\p{L}\p{N}_./-]*$/u;

/** A key as it stands in an address: bare where nothing in it could mean something else, else as a JSON string. */
export function quoteKey(key: string): string {
  return PLAIN.test(key) ? key : JSON.stringify(key);
}

/** What `quoteKey` wrote; null for what it never writes. */
export function unquoteKey(text: string): string | null {
  if (!text.startsWith('"')) return PLAIN.test(text) ? text : null;
  try {
    const key: unknown = JSON.parse(text);
    return typeof key === 'string' ? key : null;
  } catch {
    return null;
  }
}

/** Cuts a text at a separator wherever that stands outside of quotes and parentheses. */
export function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') at = endOfQuotes(text, at);
    else if (char === '(') depth++;
    else if (char === ')') depth--;
    else if (char === separator && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)].filter((part) => part !== '');
}

/** Where the quotes that open at a place close; the end of the text when they do not. */
function endOfQuotes(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
