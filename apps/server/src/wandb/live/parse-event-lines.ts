import type { JsonValue } from '@summa/core/json/json-value';
import { isJsonObject } from '@summa/core/json/json-value';
import { parseJson } from '@summa/core/json/parse-json';
import { SummaError } from '@summa/core/summa-error';

/** What one line of `wandb-events.jsonl` measured of the machine. */
export interface SystemEvent {
  /** Seconds since 1970; null when the line says nothing of it. */
  readonly time: number | null;
  /** By our key: `system.gpu.0.temp` is `system/gpu/0/temp`. */
  readonly values: Readonly<Record<string, number>>;
}

const PREFIX = 'system.';

/** Reads a line of `wandb-events.jsonl`: its finite numbers below `system.`; a line that is not an object has none. */
export function parseEventLine(line: string): SystemEvent {
  const read = parsedOrNull(line);
  if (!isJsonObject(read)) return { time: null, values: {} };
  const values: Record<string, number> = {};
  for (const [name, value] of Object.entries(read)) {
    if (name.startsWith(PREFIX) && typeof value === 'number' && Number.isFinite(value)) values[systemKey(name)] = value;
  }
  const time = read._timestamp;
  return { time: typeof time === 'number' && Number.isFinite(time) ? time : null, values };
}

/** Our key of a system metric of the client. Dots become slashes: `.` would part the key where the client means none. */
function systemKey(name: string): string {
  return `system/${name.slice(PREFIX.length).replaceAll('.', '/')}`;
}

function parsedOrNull(line: string): JsonValue {
  try {
    return parseJson(line);
  } catch (error) {
    if (error instanceof SummaError) return null;
    throw error;
  }
}
