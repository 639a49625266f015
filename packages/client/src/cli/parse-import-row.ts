import { parseRows } from '@summa/core/history/parse-rows';
import { formatWireJson } from '@summa/core/json/format-json';
import { isJsonObject, type JsonObject } from '@summa/core/json/json-value';
import { parseJson } from '@summa/core/json/parse-json';
import { SummaError } from '@summa/core/summa-error';
import { CommandError } from './command-error.ts';
import type { Line } from './read-lines.ts';

/**
 * The wire text of the row that a line holds: `_step` and `_timestamp` are its step and time, the rest its values.
 *
 * Throws a `SummaError` for a line that is no JSON object or that no server would take; its message says why, without
 * the line's number.
 */
export function parseImportRow(text: string): string {
  const line = parseJson(text);
  if (!isJsonObject(line)) throw new SummaError('INVALID_ROW', 'the line is not a JSON object');
  const row = toRow(line);
  parseRows([row]);
  return formatWireJson(row);
}

/** `parseImportRow` of a line of a file; what it throws is a `CommandError` that names file and line. */
export function parseImportLine(file: string, { text, number }: Pick<Line, 'text' | 'number'>): string {
  try {
    return parseImportRow(text);
  } catch (error) {
    if (!(error instanceof SummaError)) throw error;
    const reason = error.message.replace('of row 0 ', '');
    throw new CommandError(`${file}:${number}: ${reason} (${error.code})`);
  }
}

function toRow({ _step, _timestamp, ...values }: JsonObject): JsonObject {
  return {
    ...(_step !== undefined && { step: _step }),
    ...(_timestamp !== undefined && { timestamp: _timestamp }),
    values,
  };
}
