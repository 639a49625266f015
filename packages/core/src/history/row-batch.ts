import type { JsonValue } from '../json/json-value.ts';

/**
 * Rows of one request, column by column, as they arrived: steps may repeat, run backwards, or be missing.
 *
 * `steps[r]` is the step of row `r`, or NaN when the row has none and takes the one after the run's last.
 * `times[r]` is its time in seconds since 1970 (a float64), or NaN when the row has none and takes the time of arrival.
 */
export interface RowBatch {
  readonly rowCount: number;
  readonly steps: Float64Array;
  readonly times: Float64Array;
  /** By key text; a key's column lists only the rows that have it, in arrival order. */
  readonly columns: ReadonlyMap<string, BatchColumn>;
}

/** The values of one key in a batch: value `i` stands in row `rows[i]`. `numbers` and `others` as in `Column`. */
export interface BatchColumn {
  readonly rows: number[];
  readonly numbers: number[];
  readonly others: Map<number, JsonValue> | null;
}
