import { isLargerThan } from '../json/json-size.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { fromWire, isPlainObject, numberFromWire } from '../json/wire-json.ts';
import { DEFAULT_KEY_LIMITS, type KeyLimits, quoteKey } from '../key/check-key.ts';
import { SummaError } from '../summa-error.ts';
import { parseTime } from './parse-time.ts';
import type { RowBatch } from './row-batch.ts';
import { type KeyNode, type OpenColumn, RowColumns } from './row-columns.ts';

type ErrorPath = readonly (string | number)[];

/** What one batch of rows may at most be. */
export interface RowLimits extends KeyLimits {
  readonly maxRows: number;
  readonly maxValuesPerRow: number;
  /** Different keys in the whole batch. */
  readonly maxKeys: number;
  /** UTF-8 bytes of the stored JSON text of one value that is not a number. */
  readonly maxValueBytes: number;
}

/** The limits that hold unless a caller has its own. */
export const DEFAULT_ROW_LIMITS: RowLimits = {
  ...DEFAULT_KEY_LIMITS,
  maxRows: 100_000,
  maxValuesPerRow: 50_000,
  maxKeys: 50_000,
  maxValueBytes: 1024 * 1024,
};

/**
 * Reads rows `{ step?, timestamp?, values }` into columns, in one pass: the door for everything that is logged.
 *
 * Nested objects become one key per leaf, null and `{}` are no observation, lists and objects with `_type` are one
 * value, and the strings "NaN", "Infinity" and "-Infinity" are numbers. A row without `step` or `timestamp` (or with
 * null) has NaN there. Throws a `SummaError` for the first bad row, with its path: `['rows', 3, 'values', 'loss']`.
 */
export function parseRows(rows: readonly unknown[], limits: RowLimits = DEFAULT_ROW_LIMITS): RowBatch {
  const reader = new RowReader(rows, { limits, isWire: true });
  for (let i = 0; i < rows.length; i++) reader.readRow(rows[i], i);
  return reader.batch();
}

/** A name of the top level whose numbers are read row by row; its node is looked for once. */
export interface NumberPlace {
  readonly name: string;
  node: KeyNode | null;
}

/** Rows that are being read into columns, each by its index. */
export class RowReader {
  readonly #limits: RowLimits;
  /** Whether values came over the wire, where texts may stand for numbers. */
  readonly #isWire: boolean;
  #steps: Float64Array;
  #times: Float64Array;
  #rowCount: number;
  readonly #columns: RowColumns;
  /** The names that lead to the value being read; only the first `#depth` of them count. */
  readonly #names: string[] = [];
  #depth = 0;
  #row = 0;
  #valuesInRow = 0;

  /** @throws SummaError TOO_MANY_ROWS */
  constructor({ length }: readonly unknown[], { limits, isWire }: { limits: RowLimits; isWire: boolean }) {
    if (length > limits.maxRows) {
      const message = `a batch has at most ${limits.maxRows} rows, this one has ${length}; split it`;
      throw new SummaError('TOO_MANY_ROWS', message, ['rows']);
    }
    this.#limits = limits;
    this.#isWire = isWire;
    this.#rowCount = length;
    this.#steps = new Float64Array(length).fill(Number.NaN);
    this.#times = new Float64Array(length).fill(Number.NaN);
    this.#columns = new RowColumns(limits, () => this.#where());
  }

  batch(): RowBatch {
    const { columns } = this.#columns;
    const [steps, times] = [this.#steps, this.#times].map((all) => all.slice(0, this.#rowCount)) as [
      Float64Array,
      Float64Array,
    ];
    return { rowCount: this.#rowCount, steps, times, columns };
  }

  /** Adds a row to those that were announced, without step, time and values. @returns its index */
  addRow(): number {
    if (this.#rowCount === this.#steps.length) {
      this.#steps = longer(this.#steps);
      this.#times = longer(this.#times);
    }
    this.#rowCount += 1;
    return this.#rowCount - 1;
  }

  readRow(row: unknown, i: number): void {
    this.#row = i;
    this.#valuesInRow = 0;
    if (!isObject(row)) throw notARow(row, i);
    let values: unknown;
    for (const field of Object.keys(row)) {
      if (field === 'values') values = row[field];
      else if (field === 'step') this.#readStep(row[field]);
      else if (field === 'timestamp') this.#readTime(row[field]);
      else throw unknownField(field, i);
    }
    if (!isObject(values)) throw noValues(values, i);
    this.#readValues(values);
  }

  /** Says where a row stands: NaN for a step or a time that it does not say. */
  place(i: number, { step, time }: { readonly step: number; readonly time: number }): void {
    this.#steps[i] = step;
    this.#times[i] = time;
  }

  /** Reads the values of a row that are not `without`. */
  readObject(values: JsonObject, i: number, without: ReadonlySet<string>): void {
    this.#row = i;
    this.#valuesInRow = 0;
    for (const name of Object.keys(values)) {
      if (!without.has(name)) this.#readTop(name, values[name]);
    }
  }

  /** Reads the one number of a row that has more of them, or reads it again: then the last counts. */
  readNumber(place: NumberPlace, number: number, i: number): void {
    if (this.#row !== i) this.#valuesInRow = 0;
    this.#row = i;
    this.#depth = 1;
    this.#names[0] = place.name;
    place.node ??= this.#columns.topNode(place.name);
    const { node } = place;
    const last = (node.column?.rows.length ?? 0) - 1;
    if (node.column && node.column.rows[last] === i) node.column.numbers[last] = number;
    else this.#add(node, number);
  }

  #readStep(step: unknown): void {
    if (step === null || step === undefined) return;
    if (typeof step !== 'number' || !Number.isSafeInteger(step) || step < 0) throw badStep(step, this.#row);
    // -0 becomes 0, so that one step has one form.
    this.#steps[this.#row] = step + 0;
  }

  #readTime(time: unknown): void {
    if (time === null || time === undefined) return;
    this.#times[this.#row] = parseTime(time, ['rows', this.#row, 'timestamp']);
  }

  #readValues(values: Readonly<Record<string, unknown>>): void {
    for (const name of Object.keys(values)) this.#readTop(name, values[name]);
  }

  #readTop(name: string, value: unknown): void {
    this.#depth = 1;
    this.#names[0] = name;
    if (value === null || value === undefined) return;
    this.#readValue(this.#columns.topNode(name), value);
  }

  #readValue(node: KeyNode, value: unknown): void {
    if (typeof value === 'number') this.#add(node, value);
    else if (isNested(value)) this.#readNested(node, value);
    else this.#readOther(node, value);
  }

  #readNested(parent: KeyNode, values: Readonly<Record<string, unknown>>): void {
    for (const name of Object.keys(values)) {
      this.#names[parent.depth] = name;
      this.#depth = parent.depth + 1;
      const value = values[name];
      if (value === null || value === undefined) continue;
      this.#readValue(this.#columns.childNode(parent, name), value);
    }
  }

  #readOther(node: KeyNode, given: unknown): void {
    const value = this.#valueOf(given);
    if (typeof value === 'number') {
      this.#add(node, value);
      return;
    }
    if (isLargerThan(value, this.#limits.maxValueBytes)) throw this.#tooLarge(node.key);
    const column = this.#add(node, Number.NaN);
    column.others ??= new Map();
    column.others.set(column.rows.length - 1, value);
  }

  #add(node: KeyNode, number: number): OpenColumn {
    this.#valuesInRow += 1;
    if (this.#valuesInRow > this.#limits.maxValuesPerRow) throw this.#tooManyValues();
    const column = node.column ?? this.#columns.columnOf(node);
    column.rows.push(this.#row);
    column.numbers.push(number);
    return column;
  }

  #valueOf(given: unknown): JsonValue {
    if (typeof given === 'string') return this.#isWire ? numberFromWire(given) : given;
    if (typeof given === 'boolean') return given;
    // What did not come over the wire is JSON already: `readObject` takes nothing else.
    return this.#isWire ? fromWire(given, this.#where()) : (given as JsonValue);
  }

  #where(): ErrorPath {
    return ['rows', this.#row, 'values', ...this.#names.slice(0, this.#depth)];
  }

  #tooLarge(key: string): SummaError {
    const message = `the value of ${quoteKey(key)} takes more than ${this.#limits.maxValueBytes} bytes; log it as a file`;
    return new SummaError('VALUE_TOO_LARGE', message, this.#where());
  }

  #tooManyValues(): SummaError {
    const message = `row ${this.#row} has more than ${this.#limits.maxValuesPerRow} values; split it into rows of one step`;
    return new SummaError('TOO_MANY_VALUES', message, ['rows', this.#row, 'values']);
  }
}

/** Twice as much room and some more, in which nothing stands yet. */
function longer(numbers: Float64Array): Float64Array {
  const grown = new Float64Array(2 * numbers.length + 16).fill(Number.NaN);
  grown.set(numbers);
  return grown;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && isPlainObject(value);
}

function isNested(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && !Object.hasOwn(value, '_type');
}

function notARow(row: unknown, i: number): SummaError {
  const message = `row ${i} is ${showKind(row)}, not an object { step, timestamp, values }`;
  return new SummaError('INVALID_ROW', message, ['rows', i]);
}

function noValues(values: unknown, i: number): SummaError {
  const message = `"values" of row ${i} is ${showKind(values)}, not an object of values by key`;
  return new SummaError('INVALID_ROW', message, ['rows', i, 'values']);
}

function unknownField(field: string, i: number): SummaError {
  const message = `row ${i} has an unknown field ${quoteKey(field)}; put what is logged into "values"`;
  return new SummaError('INVALID_ROW', message, ['rows', i, field]);
}

function badStep(step: unknown, i: number): SummaError {
  const shown = typeof step === 'object' || typeof step === 'string' ? showKind(step) : String(step);
  const message = `step of row ${i} is ${shown}, not a whole number from 0 to 2^53-1; give one, or leave it out`;
  return new SummaError('INVALID_ROW', message, ['rows', i, 'step']);
}

function showKind(value: unknown): string {
  if (value === null || value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'string' ? `the text ${quoteKey(value)}` : `of type ${typeof value}`;
}
