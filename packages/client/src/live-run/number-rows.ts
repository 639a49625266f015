import type { RowBatch } from '@summa/core/history/row-batch';
import { formatWireJson } from '@summa/core/json/format-json';
import { fromWire, isPlainObject } from '@summa/core/json/wire-json';

/** Rows and values that are gathered before they have to be taken: to fold them all takes some tenths of a millisecond. */
const MOST_ROWS = 256;
const MOST_VALUES = 1_000;
/** Names beyond these are not remembered, and rows of more are read the long way. */
const MOST_NAMES = 1_000;

/** Values of one metric in the order in which they were logged. */
export interface NumberColumn {
  readonly steps: Float64Array;
  readonly times: Float64Array;
  readonly numbers: Float64Array;
}

interface OpenColumn extends NumberColumn {
  readonly name: string;
  length: number;
}

/**
 * Rows of nothing but numbers, under names that were logged before: written and gathered at a fraction of the cost of
 * any row, because nothing about them can be wrong. `log` waits for this, so it works in place and leaves no garbage.
 */
export class NumberRows {
  readonly #columns = new Map<string, OpenColumn>();
  #rows = 0;
  #values = 0;
  /** The row that `draft` read last. */
  readonly #draftColumns: OpenColumn[] = [];
  readonly #draftNumbers: number[] = [];
  #draftLength = 0;
  #draftStep = 0;
  #draftTime = 0;

  /** Whether nothing was gathered since the last `take`. */
  get isEmpty(): boolean {
    return this.#rows === 0;
  }

  /** Whether what is gathered has to be taken now. */
  get isFull(): boolean {
    return this.#rows >= MOST_ROWS || this.#values >= MOST_VALUES;
  }

  /** Remembers the names of a row that was read the long way and found good. */
  learn(values: object, { columns }: RowBatch): void {
    for (const [name, value] of Object.entries(values)) {
      // A name that is its own key leads to no other one.
      if (typeof value !== 'number' || !columns.has(name) || this.#columns.has(name)) continue;
      if (this.#columns.size < MOST_NAMES) this.#columns.set(name, openColumn(name));
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
      // Most rows have the names of the row before, in its order.
      const before = this.#draftColumns[i];
      const column = before?.name === name ? before : this.#columns.get(name);
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
    this.#rows += 1;
    this.#values += this.#draftLength;
    for (let i = 0; i < this.#draftLength; i++) {
      const column = this.#draftColumns[i];
      if (column === undefined) continue;
      column.steps[column.length] = this.#draftStep;
      column.times[column.length] = this.#draftTime;
      column.numbers[column.length] = this.#draftNumbers[i] ?? Number.NaN;
      column.length += 1;
    }
  }

  /** Gives the gathered values away by key; they are good until the next `keep`. */
  take(): Map<string, NumberColumn> {
    const taken = new Map<string, NumberColumn>();
    for (const [name, column] of this.#columns) {
      const { steps, times, numbers, length } = column;
      if (length === 0) continue;
      const cut = (values: Float64Array) => values.subarray(0, length);
      taken.set(name, { steps: cut(steps), times: cut(times), numbers: cut(numbers) });
      column.length = 0;
    }
    this.#rows = 0;
    this.#values = 0;
    return taken;
  }
}

function openColumn(name: string): OpenColumn {
  const room = () => new Float64Array(MOST_ROWS);
  return { name, steps: room(), times: room(), numbers: room(), length: 0 };
}

/** Whether JSON has the number, and nothing is to be said of how it is written. */
function isSimple(number: number): boolean {
  return number < Number.MAX_SAFE_INTEGER && number > -Number.MAX_SAFE_INTEGER && number !== 0;
}
