import { parseRows } from '@summa/core/history/parse-rows';
import { formatWireJson } from '@summa/core/json/format-json';
import { isJsonObject, type JsonObject } from '@summa/core/json/json-value';
import { parseJson } from '@summa/core/json/parse-json';
import { SummaError } from '@summa/core/summa-error';

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

function toRow({ _step, _timestamp, ...values }: JsonObject): JsonObject {
  return {
    ...(_step !== undefined && { step: _step }),
    ...(_timestamp !== undefined && { timestamp: _timestamp }),
    values,
  };
}
