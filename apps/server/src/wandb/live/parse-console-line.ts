import { isJsonObject } from '@summa/core/json/json-value';
import { parseJson } from '@summa/core/json/parse-json';
import { SummaError } from '@summa/core/summa-error';
import type { ConsoleLine } from '../../run-lines/console-line.ts';

/** `[ERROR ]<time in UTC>[ [label]] text`, as clients write that were not told of structured lines. */
const PLAIN_LINE = /^(ERROR )?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)(?: \[([^\]]*)\])? ?([\s\S]*)$/;

/** Reads one line of `output.log`, plain or structured. A line of neither form is all text. */
export function parseConsoleLine(line: string): ConsoleLine {
  return readStructured(line) ?? readPlain(line) ?? { time: null, level: 'info', label: '', text: line };
}

function readStructured(line: string): ConsoleLine | null {
  if (!line.startsWith('{"')) return null;
  try {
    const read = parseJson(line);
    if (!isJsonObject(read) || typeof read.content !== 'string' || typeof read.ts !== 'string') return null;
    const label = typeof read.label === 'string' ? read.label : '';
    return { time: secondsOf(read.ts), level: read.level === 'error' ? 'error' : 'info', label, text: read.content };
  } catch (error) {
    if (error instanceof SummaError) return null;
    throw error;
  }
}

function readPlain(line: string): ConsoleLine | null {
  const [, error, time, label = '', text = ''] = PLAIN_LINE.exec(line) ?? [];
  return time === undefined ? null : { time: secondsOf(time), level: error ? 'error' : 'info', label, text };
}

/** Seconds since 1970 of a moment in UTC, with its microseconds; null when it is none. */
function secondsOf(moment: string): number | null {
  const [, whole = '', fraction = ''] = /^([^.Z]*)(?:\.(\d+))?Z?$/.exec(moment) ?? [];
  const milliseconds = Date.parse(`${whole}Z`);
  return Number.isNaN(milliseconds) ? null : milliseconds / 1000 + (fraction ? Number(`0.${fraction}`) : 0);
}
