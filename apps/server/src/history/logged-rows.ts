import { parseRows } from '@summa/core/history/parse-rows';
import type { RowBatch } from '@summa/core/history/row-batch';
import { type PackedBatch, unpackBatch } from './packed-batch.ts';

/** Rows that were read before the operation that logs them was looked at: they stand in a list of rows as its only item. */
export class LoggedRows {
  readonly #read: PackedBatch | Error;

  /** What they are, or why they are refused. */
  constructor(read: PackedBatch | Error) {
    this.#read = read;
  }

  /** @throws SummaError as `parseRows` does */
  batch(): RowBatch {
    if (this.#read instanceof Error) throw this.#read;
    return unpackBatch(this.#read);
  }
}

/** The rows of a `log`, read already or not. @throws SummaError as `parseRows` does */
export function batchOf(rows: readonly unknown[]): RowBatch {
  const [first] = rows;
  return first instanceof LoggedRows && rows.length === 1 ? first.batch() : parseRows(rows);
}
