import { valueAt } from '@summa/core/history/column';
import { lowerBound } from '@summa/core/history/slice-column';
import type { JsonObject, JsonValue } from '@summa/core/json/json-value';
import { nestValues } from '@summa/core/key/nest-values';
import { isSystemKey } from '@summa/core/summary/select-metrics';
import type { RequestContext } from '../../access/request-context.ts';
import { readColumns, type StepRange, type TimedColumn } from '../../history/read-history.ts';
import { TIME_KEY } from '../../metric/metric-keys.ts';
import { type RunRecord, refOf } from '../../run/run-record.ts';
import { ServerError } from '../../server-error.ts';
import { sampleIndexes } from './sample-indexes.ts';

/** Values that are read at once; more are read in several parts. */
const VALUES_AT_ONCE = 2_000_000;
/** Values that one answer may hold. */
const MAX_VALUES = 10_000_000;

/**
 * Whole rows of a run within a range as the client logged them, with `_step` and `_timestamp`; evenly spread ones when there are more
 * than `samples`.
 *
 * @throws ServerError PAGE_TOO_LARGE
 */
export async function readFullRows(
  context: RequestContext,
  run: RunRecord,
  { range, samples }: { readonly range: StepRange; readonly samples: number },
): Promise<JsonObject[]> {
  const ref = refOf(run);
  const times = (await readColumns(context.services, ref, [TIME_KEY], range)).get(TIME_KEY);
  if (!times) return [];
  const keys = await loggedKeys(context, run);
  const wanted = sampleIndexes(times.column.steps.length, samples);
  if (wanted.length * keys.length > MAX_VALUES) throw tooLarge(wanted.length, keys.length);
  const rows: JsonObject[] = [];
  const rowsAtOnce = Math.max(1, Math.floor(VALUES_AT_ONCE / Math.max(keys.length, 1)));
  for (const part of partsOf(wanted, rowsAtOnce)) {
    const steps = part.map((i) => times.column.steps[i] ?? 0);
    const columns = await readColumns(context.services, ref, keys, { from: steps[0], to: steps.at(-1) });
    rows.push(...part.map((i) => rowAt(times, i, columns)));
  }
  return rows;
}

async function loggedKeys({ loaders }: RequestContext, run: RunRecord): Promise<string[]> {
  const states = (await loaders.summaries.load(refOf(run)))?.states ?? new Map();
  return [...states.keys()].filter((key) => !isSystemKey(key));
}

/** Indexes that follow each other, cut where a part would reach over more than `reach` rows. */
function partsOf(indexes: readonly number[], reach: number): number[][] {
  const parts: number[][] = [];
  for (const i of indexes) {
    const part = parts.at(-1);
    if (part && i - (part[0] ?? i) < reach) part.push(i);
    else parts.push([i]);
  }
  return parts;
}

function rowAt(times: TimedColumn, i: number, columns: ReadonlyMap<string, TimedColumn>): JsonObject {
  const step = times.column.steps[i] ?? 0;
  const leaves: [string, JsonValue][] = [];
  for (const [key, { column }] of columns) {
    const place = lowerBound(column.steps, step);
    if (column.steps[place] === step) leaves.push([key, valueAt(column, place)]);
  }
  return { _step: step, _timestamp: valueAt(times.column, i), ...nestValues(leaves) };
}

function tooLarge(rows: number, keys: number): ServerError {
  return new ServerError(
    'PAGE_TOO_LARGE',
    `${rows} rows of ${keys} metrics are more than one answer may hold; ask for fewer samples, smaller pages or some keys only`,
    ['samples'],
  );
}
