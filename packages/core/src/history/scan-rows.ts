import { MAX_JSON_DEPTH } from '../json/json-limits.ts';
import { NumberScanner } from '../json/number-scanner.ts';
import { parseJson } from '../json/parse-json.ts';
import { decodeUtf8 } from '../json/utf8.ts';
import { SummaError } from '../summa-error.ts';
import { DEFAULT_ROW_LIMITS, type NumberPlace, type RowLimits, RowReader } from './parse-rows.ts';
import { isTime } from './parse-time.ts';
import type { RowBatch } from './row-batch.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPENING_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSING_LIST = 0x5d;
const OPENING = 0x7b;
const CLOSING = 0x7d;
const SPACE = 0x20;
/** After so many rows at the beginning that have to be read one by one, reading all of them at once is quicker. */
const PATIENCE = 4;
/** Objects and lists within one another in a row that is read here. */
const MAX_DEPTH = MAX_JSON_DEPTH / 2;

/** Rows that were found in bytes, and where their list ends. */
export interface ScannedRows {
  readonly batch: RowBatch;
  /** The place after the closing bracket. */
  readonly end: number;
}

/**
 * Reads the rows of a JSON list that begins at `start` into columns, as `parseRows` reads what `parseJson` makes of it, but without
 * making an object of a row whose values are numbers: in half of the time.
 *
 * Null where that is of no use or not possible: where the first rows have other values, where a row is refused, and where this is no list
 * of rows as JSON has it. What is wrong then `parseJson` and `parseRows` have to say.
 */
export function scanRows(bytes: Uint8Array, start: number, limits: RowLimits = DEFAULT_ROW_LIMITS): ScannedRows | null {
  try {
    return new RowScanner(bytes, limits).readList(start);
  } catch (error) {
    // A TypeError is what bytes that are no UTF-8 give.
    if (error instanceof SummaError || error instanceof TypeError) return null;
    throw error;
  }
}

/** A name as it stood in a row before: what it means, and its bytes with the quotes. */
interface KnownName {
  readonly bytes: Uint8Array;
  readonly place: NumberPlace;
}

class RowScanner {
  readonly #bytes: Uint8Array;
  readonly #limits: RowLimits;
  readonly #reader: RowReader;
  readonly #numberScanner = new NumberScanner();
  /** The names in the order of the last row: mostly that of the next one. */
  readonly #expected: KnownName[] = [];
  readonly #placeOf = new Map<string, NumberPlace>();
  // What the row that is being read has; of the lists, the first `#count`.
  #step = Number.NaN;
  #time = Number.NaN;
  readonly #places: NumberPlace[] = [];
  readonly #numbers: number[] = [];
  #count = 0;
  #at = 0;

  constructor(bytes: Uint8Array, limits: RowLimits) {
    this.#bytes = bytes;
    this.#limits = limits;
    this.#reader = new RowReader([], { limits, isWire: true });
  }

  readList(start: number): ScannedRows | null {
    this.#at = start;
    if (!this.#take(OPENING_LIST)) return null;
    let others = 0;
    for (let row = 0; row < this.#limits.maxRows; row++) {
      this.#skipSpace();
      const from = this.#at;
      this.#reader.addRow();
      if (this.#scanRow()) this.#keep(row);
      else {
        others += 1;
        if (others > row && others === PATIENCE) return null;
        if (!this.#readOther(from, row)) return null;
      }
      if (this.#take(CLOSING_LIST)) return { batch: this.#reader.batch(), end: this.#at };
      if (!this.#take(COMMA)) return null;
    }
    return null;
  }

  /** Looks at `{ "step": …, "timestamp": …, "values": { … } }` of numbers; false when the row is another one. */
  #scanRow(): boolean {
    this.#step = Number.NaN;
    this.#time = Number.NaN;
    this.#count = 0;
    let hasValues = false;
    if (!this.#take(OPENING)) return false;
    do {
      if (this.#takeName(STEP)) {
        this.#step = this.#number();
        if (!Number.isSafeInteger(this.#step) || this.#step < 0) return false;
      } else if (this.#takeName(TIMESTAMP)) {
        this.#time = this.#number();
        if (!isTime(this.#time)) return false;
      } else if (!hasValues && this.#takeName(VALUES)) {
        if (!this.#scanValues()) return false;
        hasValues = true;
      } else return false;
    } while (this.#take(COMMA));
    return hasValues && this.#take(CLOSING);
  }

  #scanValues(): boolean {
    if (!this.#take(OPENING)) return false;
    if (this.#take(CLOSING)) return true;
    do {
      const place = this.#place(this.#count);
      if (place === null) return false;
      const number = this.#number();
      if (Number.isNaN(number)) return false;
      this.#places[this.#count] = place;
      this.#numbers[this.#count] = number;
      this.#count += 1;
    } while (this.#take(COMMA));
    return this.#take(CLOSING);
  }

  #keep(row: number): void {
    // -0 becomes 0, so that one step has one form.
    this.#reader.place(row, { step: this.#step + 0, time: this.#time });
    for (let i = 0; i < this.#count; i++) {
      this.#reader.readNumber(this.#places[i] as NumberPlace, this.#numbers[i] as number, row); // i is below the count
    }
  }

  /** What the name means that stands here, with its colon; null where there is none, or one that is written with an escape. */
  #place(index: number): NumberPlace | null {
    this.#skipSpace();
    const expected = this.#expected[index];
    if (expected && this.#takeName(expected.bytes)) return expected.place;
    const end = this.#nameEnd();
    if (end === -1) return null;
    const bytes = this.#bytes.slice(this.#at, end);
    const name = decodeUtf8(bytes.subarray(1, -1));
    const place = this.#placeOf.get(name) ?? { name, node: null };
    this.#placeOf.set(name, place);
    this.#expected[index] = { bytes, place };
    this.#at = end;
    return this.#take(COLON) ? place : null;
  }

  /** Where the name ends whose quote stands here; -1 when there is none, or one with an escape. */
  #nameEnd(): number {
    if (this.#bytes[this.#at] !== QUOTE) return -1;
    for (let at = this.#at + 1; at < this.#bytes.length; at++) {
      const byte = this.#bytes[at] as number; // at is within bounds
      if (byte === QUOTE) return at + 1;
      if (byte === BACKSLASH || byte < SPACE) return -1;
    }
    return -1;
  }

  /** Takes a name and its colon, if they stand here. */
  #takeName(name: Uint8Array): boolean {
    this.#skipSpace();
    const at = this.#at;
    for (let i = 0; i < name.length; i++) if (this.#bytes[at + i] !== name[i]) return false;
    this.#at += name.length;
    if (this.#take(COLON)) return true;
    this.#at = at;
    return false;
  }

  /** The number that stands here; NaN when there is none. */
  #number(): number {
    this.#skipSpace();
    const number = this.#numberScanner.read(this.#bytes, this.#at);
    this.#at = this.#numberScanner.end;
    return number;
  }

  /** Takes a byte of structure, if it is the next one. */
  #take(byte: number): boolean {
    if (this.#bytes[this.#at] !== byte) {
      this.#skipSpace();
      if (this.#bytes[this.#at] !== byte) return false;
    }
    this.#at += 1;
    return true;
  }

  #skipSpace(): void {
    for (;;) {
      const byte = this.#bytes[this.#at];
      if (byte !== SPACE && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      this.#at += 1;
    }
  }

  /** Reads the row that begins at `from` as any other JSON. False when it is no object, or one within many others. */
  #readOther(from: number, row: number): boolean {
    const end = this.#bytes[from] === OPENING ? this.#objectEnd(from) : -1;
    if (end === -1) return false;
    this.#reader.readRow(parseJson(decodeUtf8(this.#bytes.subarray(from, end))), row);
    this.#at = end;
    return true;
  }

  /** Where the object ends that begins at `from`, as far as its brackets tell; -1 when it does not. */
  #objectEnd(from: number): number {
    let depth = 0;
    let isText = false;
    for (let at = from; at < this.#bytes.length; at++) {
      const byte = this.#bytes[at];
      if (isText) {
        if (byte === BACKSLASH) at += 1;
        else if (byte === QUOTE) isText = false;
      } else if (byte === QUOTE) isText = true;
      else if (byte === OPENING || byte === OPENING_LIST) {
        depth += 1;
        // The depth of the whole text counts, of which nothing is known here.
        if (depth > MAX_DEPTH) return -1;
      } else if (byte === CLOSING || byte === CLOSING_LIST) {
        depth -= 1;
        if (depth === 0) return at + 1;
      }
    }
    return -1;
  }
}

const STEP = nameBytes('step');
const TIMESTAMP = nameBytes('timestamp');
const VALUES = nameBytes('values');

function nameBytes(name: string): Uint8Array {
  return Uint8Array.from(`"${name}"`, (character) => character.charCodeAt(0));
}
