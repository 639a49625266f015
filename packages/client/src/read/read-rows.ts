import type { JsonObject } from '@summa/core/json/json-value';
import { fromWire } from '@summa/core/json/wire-json';
import { HistoryRowsDocument } from '../generated/graphql.ts';
import type { Execute } from '../transport/execute.ts';
import { type ReadOptions, readPages, toPage } from './read-pages.ts';
import { requireRun } from './require-run.ts';
import type { StepRange } from './step-range.ts';

/** One row of a run; `timestamp` is seconds since 1970, `values` are nested as they were logged. */
export interface StoredRow {
  readonly step: number;
  readonly timestamp: number;
  readonly values: JsonObject;
}

/** Which rows are wanted, and what of them. */
export interface RowsOptions extends ReadOptions {
  /** Only these values, and only rows that have one. */
  readonly keys?: readonly string[];
  readonly range?: StepRange;
}

const ROWS_PER_PAGE = 1_000;

/** All rows in ascending step order, in pages of 1,000; with `keys` only those values, and only rows that have one. */
export function readRows(
  execute: Execute,
  id: string,
  options: RowsOptions = {},
): AsyncGenerator<StoredRow, void, undefined> {
  const asked = { id, first: ROWS_PER_PAGE, range: options.range, ...(options.keys && { keys: [...options.keys] }) };
  return readPages(async (after, signal) => {
    const { node } = await execute(HistoryRowsDocument, { ...asked, after }, { signal });
    return toPage(requireRun(node, id).history.rows, ({ step, timestamp, values }) => ({
      step,
      timestamp,
      values: fromWire(values) as JsonObject, // a row's values are an object
    }));
  }, options);
}
