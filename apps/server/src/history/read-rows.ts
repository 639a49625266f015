import { valueAt } from '@summa/core/history/column';
import { lowerBound } from '@summa/core/history/slice-column';
import type { JsonObject, JsonValue } from '@summa/core/json/json-value';
import { nestValues } from '@summa/core/key/nest-values';
import { TIME_KEY_ID } from '../metric/metric-keys.ts';
import { ServerError } from '../server-error.ts';
import type { RunRef, Services } from '../services.ts';
import { assembleColumns } from './assemble-columns.ts';
import { findColumns, sameSpan } from './column-store.ts';
import { type StepRange, shortenSpans, spanOf } from './read-history.ts';

/** One row as it stands now: what each key was last logged with at this step. */
export interface Row {
  readonly step: number;
  /** Seconds since 1970. */
  readonly time: number;
  /** Nested as logged. */
  readonly values: JsonObject;
}

/** A page of rows in step order. */
export interface RowPage {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
}

/** What rows are asked for: those that have one of `keys`, or all. */
export interface RowsAsk {
  /** Metrics to read; every metric of `allKeys` when absent. */
  readonly keys?: readonly string[] | undefined;
  /** The metrics of the run, needed when `keys` is absent. */
  readonly allKeys: readonly string[];
  readonly range: StepRange;
  readonly first: number;
  /** Only rows beyond this step. */
  readonly afterStep?: number | undefined;
}

/** Values that one page of rows may look at. */
const MAX_PAGE_VALUES = 10_000_000;

/** A page of rows; fails with PAGE_TOO_LARGE when keys times rows is more than a page may hold. */
export async function readRows(services: Services, run: RunRef, ask: RowsAsk): Promise<RowPage> {
  const keys = ask.keys ?? ask.allKeys;
  if (keys.length * ask.first > MAX_PAGE_VALUES) throw pageTooLarge(keys.length, ask.first);
  const span = spanOf(ask.range);
  const from = Math.max(span.from, (ask.afterStep ?? -1) + 1);
  const ids = await services.keys.existing(run.projectId, 'summary', keys);
  if (from > span.to || (ask.keys !== undefined && ids.size === 0)) return { rows: [], hasNextPage: false };
  // The steps of a page come from the row times, or from the asked keys: a row that has none of them is not part of it.
  const stepKeys = ask.keys === undefined ? [TIME_KEY_ID] : [...new Set(ids.values())];
  const spans = await shortenSpans(services, run, {
    spans: sameSpan(stepKeys, { from, to: span.to }),
    points: ask.first + 1,
  });
  const to = Math.min(...spans.map((shortened) => shortened.to));
  const wanted = [...new Set([TIME_KEY_ID, ...ids.values()])];
  const columns = assembleColumns(
    await findColumns(services.database.pool, run, sameSpan(wanted, { from, to })),
    wanted,
  );
  const steps = distinctSteps(
    stepKeys.flatMap((id) => columns.get(id)?.steps ?? []),
    { from, to },
  );
  return {
    rows: steps.slice(0, ask.first).map((step) => rowAt(step, columns, ids)),
    hasNextPage: steps.length > ask.first,
  };
}

function distinctSteps(columns: readonly Float64Array[], { from, to }: { from: number; to: number }): number[] {
  const inSpan = columns.map((steps) => steps.subarray(lowerBound(steps, from), lowerBound(steps, to + 1)));
  const [only] = inSpan;
  if (inSpan.length === 1 && only !== undefined) return [...only];
  return [...new Set(inSpan.flatMap((steps) => [...steps]))].sort((a, b) => a - b);
}

type Columns = ReturnType<typeof assembleColumns>;

function rowAt(step: number, columns: Columns, ids: ReadonlyMap<string, number>): Row {
  const leaves: [string, JsonValue][] = [];
  for (const [key, id] of ids) {
    const value = id === TIME_KEY_ID ? undefined : valueAtStep(columns, id, step);
    if (value !== undefined) leaves.push([key, value]);
  }
  return { step, time: Number(valueAtStep(columns, TIME_KEY_ID, step) ?? Number.NaN), values: nestValues(leaves) };
}

function valueAtStep(columns: Columns, id: number, step: number): JsonValue | undefined {
  const column = columns.get(id);
  if (column === undefined) return undefined;
  const i = lowerBound(column.steps, step);
  return column.steps[i] === step ? valueAt(column, i) : undefined;
}

function pageTooLarge(keys: number, first: number): ServerError {
  const message = `${first} rows of ${keys} metrics are more than one page may hold; ask for fewer keys or a smaller page`;
  return new ServerError('PAGE_TOO_LARGE', message, ['first']);
}
