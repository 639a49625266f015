import type { LogLevel } from '../../generated/graphql.ts';

/** What of a console is shown, as the URL says it. */
export interface LogSearch {
  /** The process; the run's first one when left out. */
  readonly source?: string;
  /** Only lines of these levels; all when left out. */
  readonly levels?: readonly LogLevel[];
  /** What is searched for. */
  readonly q?: string;
  /** Shows nothing but the lines that hold `q`. */
  readonly only?: true;
  /** Breaks long lines. */
  readonly wrap?: true;
  /** One line by its number, counted from 1 as on the screen, or several: `12` or `12-20`. */
  readonly line?: string;
}

/** The levels, the least serious first. */
export const LOG_LEVELS: readonly LogLevel[] = ['DEBUG', 'INFO', 'WARN', 'ERROR'];

/** Reads what the URL says; what it cannot mean is left out. */
export function readLogSearch(search: Readonly<Record<string, unknown>>): LogSearch {
  const { source, levels, q, only, wrap } = search;
  const chosen = Array.isArray(levels) ? LOG_LEVELS.filter((level) => levels.includes(level)) : [];
  const lines = typeof search.line === 'string' || typeof search.line === 'number' ? readLines(`${search.line}`) : null;
  return {
    ...(typeof source === 'string' && { source }),
    ...(chosen.length > 0 && chosen.length < LOG_LEVELS.length && { levels: chosen }),
    ...(typeof q === 'string' && q !== '' && { q: q.slice(0, 1_024) }),
    ...(only === true && { only }),
    ...(wrap === true && { wrap }),
    ...(lines && { line: writeLines(lines) }),
  };
}

/** Lines by their numbers counted from 0, both ends included. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** Reads `12` or `12-20`, counted from 1. */
export function readLines(text: string): LineRange | null {
  const match = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(text.trim().replaceAll(',', ''));
  if (!match) return null;
  const [one, other] = [Number(match[1]), Number(match[2] ?? match[1])];
  if (one === 0 || other === 0) return null;
  return { from: Math.min(one, other) - 1, to: Math.max(one, other) - 1 };
}

/** Writes what `readLines` reads. */
export function writeLines({ from, to }: LineRange): string {
  return from === to ? `${from + 1}` : `${from + 1}-${to + 1}`;
}
