import { type ParsedLines, parseLines } from '@summa/core/history/parse-lines';
import { DEFAULT_ROW_LIMITS, type RowLimits } from '@summa/core/history/parse-rows';
import type { RowBatch } from '@summa/core/history/row-batch';
import { formatJson } from '@summa/core/json/format-json';
import { parseJsonObject } from '@summa/core/json/parse-json';
import { SummaError } from '@summa/core/summa-error';

/** History lines as rows: row `i` is line `i`, whatever was wrong with it. */
export interface HistoryLines {
  readonly batch: RowBatch;
  /** What could not be kept, for the log. */
  readonly problems: readonly string[];
}

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
  const { batch, unread } = parseWhatMayBe(lines, { limits, problems });
  placeUnread(batch, unread, problems);
  if (shared) batch.steps.fill(Number.NaN);
  return { batch, problems };
}

function parseWhatMayBe(
  lines: readonly string[],
  { limits, problems }: { limits: RowLimits; problems: string[] },
): ParsedLines {
  try {
    return parseLines(lines, limits);
  } catch (error) {
    if (!(error instanceof SummaError)) throw error;
    return parseLines(
      lines.map((text, line) => withoutBadValues(text, { line, limits, problems })),
      limits,
    );
  }
}

/** Puts a line that is none beside another: it adds no step of its own as long as any line has one. */
function placeUnread({ steps, times }: RowBatch, unread: readonly number[], problems: string[]): void {
  const bad = new Set(unread);
  const firstRead = steps.findIndex((_, i) => !bad.has(i));
  for (const i of unread) {
    problems.push(`history line ${i} is not a JSON object`);
    const neighbour = i < firstRead ? firstRead : i - 1;
    steps[i] = steps[neighbour] ?? Number.NaN;
    times[i] = times[neighbour] ?? Number.NaN;
  }
}

function withoutBadValues(
  text: string,
  { line, limits, problems }: { line: number; limits: RowLimits; problems: string[] },
): string {
  let kept = text;
  for (let tries = 0; tries < MAX_LEFT_OUT; tries++) {
    try {
      parseLines([kept], limits);
      return kept;
    } catch (error) {
      if (!(error instanceof SummaError)) throw error;
      problems.push(`history line ${line}: ${error.message}`);
      const name = error.path[3];
      const values = parseJsonObject(kept);
      if (!values || typeof name !== 'string' || !Object.hasOwn(values, name)) break;
      const { [name]: _left, ...others } = values;
      kept = formatJson(others);
    }
  }
  const { _step = null, _timestamp = null } = parseJsonObject(text) ?? {};
  return formatJson({ _step, _timestamp });
}
