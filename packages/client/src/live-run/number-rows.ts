import type { BatchColumn, RowBatch } from '@summa/core/history/row-batch';
import { formatWireJson } from '@summa/core/json/format-json';
import { fromWire, isPlainObject } from '@summa/core/json/wire-json';

interface NumberColumn {
  rows: number[];
  numbers: number[];
}

/** Names beyond these are not remembered, and rows of more are read the long way. */
const MOST_NAMES = 10_000;

/**
 * Rows of nothing but numbers, under names that were logged before: written and gathered at a fraction of the cost of
 * any row, because nothing about them can be wrong.
 */
export class NumberRows {
  readonly #columns = new Map<string, NumberColumn>();
  /** The row that `draft` read last. */
  readonly #draftColumns: NumberColumn[] = [];
  readonly #draftNumbers: number[] = [];
  #draftLength = 0;
  #draftStep = 0;
  #draftTime = 0;
  #steps: number[] = [];
  #times: number[] = [];

  /** Rows gathered since the last `take`. */
  get count(): number {
    return this.#steps.length;
  }

  /** Remembers the names of a row that was read the long way and found good. */
  learn(values: object, { columns }: RowBatch): void {
    for (const [name, value] of Object.entries(values)) {
      // A name that is its own key leads to no other one.
      if (typeof value !== 'number' || !columns.has(name) || this.#columns.size >= MOST_NAMES) continue;
      if (!this.#columns.has(name)) this.#columns.set(name, { rows: [], numbers: [] });
    }
  }

  /** The wire text of a row, if it is one of these; else null. `step` and `time` must be good. */
  draft(values: object, step: number, time: number): string | null {
    if (!isPlainObject(values)) return null;
    const names = Object.keys(values);
    if (names.length > MOST_NAMES) return null;
    let areSimple = true;
    for (let i = 0; i < names.length; i++) {
      const name = names[i] ?? '';
      const number = values[name];
      const column = this.#columns.get(name);
      if (typeof number !== 'number' || column === undefined) return null;
      this.#draftColumns[i] = column;
      this.#draftNumbers[i] = number;
      areSimple &&= isSimple(number);
    }
    this.#draftLength = names.length;
    this.#draftStep = step;
    this.#draftTime = time;
    const text = areSimple ? JSON.stringify(values) : formatWireJson(fromWire(values));
    return `{"step":${step},"timestamp":${time},"values":${text}}`;
  }

  /** Gathers the row that was drafted. */
  keep(): void {
    const row = this.#steps.push(this.#draftStep) - 1;
    this.#times.push(this.#draftTime);
    for (let i = 0; i < this.#draftLength; i++) {
      const column = this.#draftColumns[i];
      column?.rows.push(row);
      column?.numbers.push(this.#draftNumbers[i] ?? Number.NaN);
    }
  }

  /** Gives the gathered rows away. */
  take(): RowBatch {
    const columns = new Map<string, BatchColumn>();
    for (const [name, column] of this.#columns) {
      if (column.rows.length === 0) continue;
      columns.set(name, { rows: column.rows, numbers: column.numbers, others: null });
      column.rows = [];
      column.numbers = [];
    }
    const steps = Float64Array.from(this.#steps);
    const times = Float64Array.from(this.#times);
    this.#steps = [];
    this.#times = [];
    return { rowCount: steps.length, steps, times, columns };
  }
}

/** Whether JSON has the number, and nothing is to be said of how it is written. */
function isSimple(number: number): boolean {
  return number < Number.MAX_SAFE_INTEGER && number > -Number.MAX_SAFE_INTEGER && number !== 0;
}
