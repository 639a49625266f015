import { DEFAULT_ROW_LIMITS, parseRows, type RowLimits } from '@summa/core/history/parse-rows';
import type { RowBatch } from '@summa/core/history/row-batch';
import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { parseJson } from '@summa/core/json/parse-json';
import { SummaError } from '@summa/core/summa-error';

/** A row in the form of our own log. */
interface HistoryRow {
  readonly step: number | undefined;
  readonly timestamp: number | undefined;
  readonly values: JsonObject;
}

const NO_ROW: HistoryRow = { step: undefined, timestamp: undefined, values: {} };

/** History lines as rows: row `i` is line `i`, whatever was wrong with it. */
export interface HistoryLines {
  readonly batch: RowBatch;
  /** What could not be kept, for the log. */
  readonly problems: readonly string[];
}

/** The lines are read without loss, so a text "NaN" is a text. */
const PLAIN = { textNumbers: false };
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
  const rows = fillPlaces(
    lines.map((line) => readLine(line, shared)),
    problems,
  );
  try {
    return { batch: parseRows(rows, limits, PLAIN), problems };
  } catch (error) {
    if (!(error instanceof SummaError)) throw error;
    const kept = rows.map((row, i) => withoutBadValues(row, { line: i, limits, problems }));
    return { batch: parseRows(kept, limits, PLAIN), problems };
  }
}

function readLine(line: string, shared: boolean): HistoryRow | null {
  const read = parsedOrNull(line);
  if (!isJsonObject(read)) return null;
  const { _step, _timestamp, ...values } = read;
  // Not with spreads: on the way of every row, these would cost half of what reading it does.
  return {
    step: !shared && isStep(_step) ? _step : undefined,
    timestamp: isTime(_timestamp) ? _timestamp : undefined,
    values,
  };
}

function parsedOrNull(line: string): JsonValue {
  try {
    return parseJson(line);
  } catch (error) {
    if (error instanceof SummaError) return null;
    throw error;
  }
}

/** Puts a row without values where a line is none: it adds no step of its own as long as any line has one. */
function fillPlaces(read: readonly (HistoryRow | null)[], problems: string[]): HistoryRow[] {
  let neighbour: HistoryRow = { ...(read.find((row) => row !== null) ?? NO_ROW), values: {} };
  return read.map((row, i) => {
    if (row === null) problems.push(`history line ${i} is not a JSON object`);
    else neighbour = { ...row, values: {} };
    return row ?? neighbour;
  });
}

function withoutBadValues(
  row: HistoryRow,
  { line, limits, problems }: { line: number; limits: RowLimits; problems: string[] },
): HistoryRow {
  let { values } = row;
  for (let tries = 0; tries < MAX_LEFT_OUT; tries++) {
    try {
      parseRows([{ ...row, values }], limits, PLAIN);
      return { ...row, values };
    } catch (error) {
      if (!(error instanceof SummaError)) throw error;
      problems.push(`history line ${line}: ${error.message}`);
      const name = error.path[3];
      if (typeof name !== 'string' || !Object.hasOwn(values, name)) break;
      const { [name]: _left, ...others } = values;
      values = others;
    }
  }
  return { ...row, values: {} };
}

function isStep(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isTime(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && value >= 0 && value < 1e11;
}
