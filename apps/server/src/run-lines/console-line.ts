import type { JsonValue } from '@summa/core/json/json-value';

/** The stream in which a run's console lies. */
export const CONSOLE_STREAM = 'console';
/** What the streams of other processes of the run begin with. */
export const SOURCES = `${CONSOLE_STREAM}/`;

/** How serious a line is. */
export const LINE_LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** One of `LINE_LEVELS`. */
export type LineLevel = (typeof LINE_LEVELS)[number];

/** One line that a run printed. */
export interface ConsoleLine {
  /** Seconds since 1970; null when nothing is said of it. */
  readonly time: number | null;
  readonly level: LineLevel;
  /** Which of several processes printed it; empty when there is one. */
  readonly label: string;
  readonly text: string;
}

/** A console line as it is stored. */
export function consoleLineToJson({ time, level, label, text }: ConsoleLine): JsonValue {
  return [time, level, label, text];
}

/** The console line that `consoleLineToJson` made a value of; null for anything else. */
export function consoleLineFromJson(json: JsonValue): ConsoleLine | null {
  if (!Array.isArray(json)) return null;
  const [time, level, label, text] = json;
  if (typeof label !== 'string' || typeof text !== 'string') return null;
  return { time: typeof time === 'number' ? time : null, level: levelOf(level), label, text };
}

function levelOf(stored: JsonValue | undefined): LineLevel {
  return LINE_LEVELS.find((level) => level === stored) ?? 'info';
}

/** The stream in which one of several processes of a run keeps its lines; the one without a name is the run's own. */
export function consoleStreamOf(source: string): string {
  return source === '' ? CONSOLE_STREAM : `${SOURCES}${source}`;
}

/** The process whose lines lie in a stream that `consoleStreamOf` named. */
export function sourceOf(stream: string): string {
  return stream.startsWith(SOURCES) ? stream.slice(SOURCES.length) : '';
}
