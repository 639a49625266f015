import type { JsonValue } from '@summa/core/json/json-value';

/** The stream in which a run's console lies. */
export const CONSOLE_STREAM = 'console';

/** One line that a run printed. */
export interface ConsoleLine {
  /** Seconds since 1970; null when nothing is said of it. */
  readonly time: number | null;
  readonly level: 'info' | 'error';
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
  return { time: typeof time === 'number' ? time : null, level: level === 'error' ? 'error' : 'info', label, text };
}
