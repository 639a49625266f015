import { ByteCursor } from '../json/byte-cursor.ts';
import { FlatNumbers } from '../json/flat-numbers.ts';
import type { JsonValue } from '../json/json-value.ts';
import { parseJsonObject } from '../json/parse-json.ts';
import { Utf8Room } from '../json/utf8.ts';
import { DEFAULT_ROW_LIMITS, type NumberPlace, type RowLimits, RowReader } from './parse-rows.ts';
import type { RowBatch } from './row-batch.ts';

/** Lines as rows: row `i` is line `i`. */
export interface ParsedLines {
  readonly batch: RowBatch;
  /** The lines that are no JSON object, in order: their rows have neither values nor a place. */
  readonly unread: readonly number[];
}

/** What says where a row stands, and is no value of it. */
const PLACES = new Set(['_step', '_timestamp']);
/** Half a surrogate pair, which has no bytes in UTF-8. */
const HALF_PAIR = /\p{Surrogate}/u;

/**
 * Reads lines, each a JSON object of values with the row's `_step` and `_timestamp` among them, into columns. The values are read as
 * by `parseRows`, except that a text is always a text. A step that is no whole number from 0 to 2^53-1 is none, and so is a time that
 * is no number of seconds.
 *
 * @throws SummaError as `parseRows` does, for a value that may not be logged
 */
export function parseLines(lines: readonly string[], limits: RowLimits = DEFAULT_ROW_LIMITS): ParsedLines {
  const reader = new RowReader(lines, { limits, isWire: false });
  const flat = new FlatNumbers<NumberPlace>((name) => ({ name, node: null }));
  const room = new Utf8Room();
  const unread: number[] = [];
  for (const [i, line] of lines.entries()) {
    if (isFlat(line, { flat, room })) readFlat(reader, flat, i);
    else if (!readObject(reader, line, i)) unread.push(i);
  }
  return { batch: reader.batch(), unread };
}

/** Whether a line is nothing but an object of numbers, which `flat` has read then. */
function isFlat(line: string, { flat, room }: { flat: FlatNumbers<NumberPlace>; room: Utf8Room }): boolean {
  const bytes = room.encode(line);
  if (bytes.length !== line.length && HALF_PAIR.test(line)) return false;
  const cursor = new ByteCursor(bytes, 0);
  return flat.read(cursor) && cursor.at === bytes.length;
}

function readFlat(reader: RowReader, { places, numbers, count }: FlatNumbers<NumberPlace>, i: number): void {
  let step: JsonValue = null;
  let time: JsonValue = null;
  for (let at = 0; at < count; at++) {
    const place = places[at] as NumberPlace; // at is below the count
    const number = numbers[at] as number;
    if (place.name === '_step') step = number;
    else if (place.name === '_timestamp') time = number;
    else reader.readNumber(place, number, i);
  }
  reader.place(i, { step: stepOf(step), time: timeOf(time) });
}

function readObject(reader: RowReader, line: string, i: number): boolean {
  const values = parseJsonObject(line);
  if (values === null) return false;
  reader.readObject(values, i, PLACES);
  reader.place(i, { step: stepOf(values._step), time: timeOf(values._timestamp) });
  return true;
}

function stepOf(value: JsonValue | undefined): number {
  // -0 becomes 0, so that one step has one form.
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value + 0 : Number.NaN;
}

function timeOf(value: JsonValue | undefined): number {
  return typeof value === 'number' && value >= 0 && value < 1e11 ? value : Number.NaN;
}
