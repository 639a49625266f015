import { DEFAULT_ROW_LIMITS, parsePlacedRows, type RowLimits, type RowPlaces } from '@summa/core/history/parse-rows';
import type { RowBatch } from '@summa/core/history/row-batch';
import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { parseJson } from '@summa/core/json/parse-json';
import { SummaError } from '@summa/core/summa-error';

/** History lines as rows: row `i` is line `i`, whatever was wrong with it. */
export interface HistoryLines {
  readonly batch: RowBatch;
  /** What could not be kept, for the log. */
  readonly problems: readonly string[];
}

const NO_VALUES: JsonObject = {};
/** How many values of one line are left out before the whole line is. */
const MAX_LEFT_OUT = 100;

/**
 * Reads lines of `wandb-history.jsonl`. `_step` becomes the step and `_timestamp` the time; all else are values, `_runtime` too.
 * Of a run that several processes write (`shared`) the steps are left out: each process counts its own from 0, and rows of one
 * would replace those of another.
 *
 * A line never fails the others, because the client gives up a run of which one request is refused: a value that our log would
 * refuse is left out, and a line that is not an object stands as a row without values at the step of a line beside it.
 */
export function parseHistoryLines(
  lines: readonly string[],
  { shared = false, limits = DEFAULT_ROW_LIMITS }: { shared?: boolean; limits?: RowLimits } = {},
): HistoryLines {
  const problems: string[] = [];
  const read = lines.map(readLine);
  const places = placesOf(read, { shared, problems });
  const rows = read.map((row) => row ?? NO_VALUES);
  try {
    return { batch: parsePlacedRows(rows, places, limits), problems };
  } catch (error) {
    if (!(error instanceof SummaError)) throw error;
    const kept = rows.map((row, i) => withoutBadValues(row, { line: i, limits, problems }));
    return { batch: parsePlacedRows(kept, places, limits), problems };
  }
}

function readLine(line: string): JsonObject | null {
  const read = parsedOrNull(line);
  return isJsonObject(read) ? read : null;
}

function parsedOrNull(line: string): JsonValue {
  try {
    return parseJson(line);
  } catch (error) {
    if (error instanceof SummaError) return null;
    throw error;
  }
}

/** Where the rows stand. A line that is none stands beside another: it adds no step of its own as long as any line has one. */
function placesOf(
  rows: readonly (JsonObject | null)[],
  { shared, problems }: { shared: boolean; problems: string[] },
): RowPlaces {
  const steps = new Float64Array(rows.length);
  const times = new Float64Array(rows.length);
  let neighbour = rows.find((row) => row !== null) ?? NO_VALUES;
  for (const [i, row] of rows.entries()) {
    if (row === null) problems.push(`history line ${i} is not a JSON object`);
    else neighbour = row;
    const { _step, _timestamp } = neighbour;
    // -0 becomes 0, so that one step has one form.
    steps[i] = !shared && isStep(_step) ? _step + 0 : Number.NaN;
    times[i] = isTime(_timestamp) ? _timestamp : Number.NaN;
  }
  return { steps, times };
}

const NOWHERE: RowPlaces = { steps: new Float64Array([Number.NaN]), times: new Float64Array([Number.NaN]) };

function withoutBadValues(
  row: JsonObject,
  { line, limits, problems }: { line: number; limits: RowLimits; problems: string[] },
): JsonObject {
  let values = row;
  for (let tries = 0; tries < MAX_LEFT_OUT; tries++) {
    try {
      parsePlacedRows([values], NOWHERE, limits);
      return values;
    } catch (error) {
      if (!(error instanceof SummaError)) throw error;
      problems.push(`history line ${line}: ${error.message}`);
      const name = error.path[3];
      if (typeof name !== 'string' || !Object.hasOwn(values, name)) break;
      const { [name]: _left, ...others } = values;
      values = others;
    }
  }
  return NO_VALUES;
}

function isStep(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isTime(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && value >= 0 && value < 1e11;
}
