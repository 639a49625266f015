import type { ConsoleLine, LineLevel } from './console-line.ts';

/** Which lines are wanted; what is null lets all of them through. */
export interface LineSearch {
  readonly levels: readonly LineLevel[] | null;
  /** A part of the text, whatever the case of its ASCII letters. */
  readonly contains: string | null;
}

/** What the stored text of a chunk fulfils, its ASCII letters in lower case, if any of its lines matches. */
export interface ChunkSearch {
  /** A text that it holds. */
  readonly text: string;
  /** A regular expression of Postgres. */
  readonly pattern: string;
}

/** Whether a line is wanted. */
export function matchesLine({ level, text }: ConsoleLine, { levels, contains }: LineSearch): boolean {
  return (levels?.includes(level) ?? true) && (contains === null || asciiLower(text).includes(asciiLower(contains)));
}

/** What to look for in chunks before their lines are read; null when every chunk may hold such a line. */
export function chunkSearchOf({ levels, contains }: LineSearch): ChunkSearch | null {
  if (levels === null && contains === null) return null;
  const text = contains === null ? '' : storedPart(contains);
  // A stored line is `[time,"level","label","text"]`; a quote within a text is escaped.
  const quoted = String.raw`([^"\\]|\\.)*`;
  const level = levels === null ? '[a-z]+' : `(${levels.join('|')})`;
  return { text, pattern: String.raw`\[[^,"]*,"${level}","${quoted}","${quoted}${escapePattern(text)}` };
}

/** A text as it stands inside of stored JSON. */
function storedPart(text: string): string {
  return asciiLower(JSON.stringify(text).slice(1, -1));
}

function asciiLower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function escapePattern(text: string): string {
  return text.replace(/[^A-Za-z0-9_\s\u0080-\uffff]/g, String.raw`\$&`);
}
