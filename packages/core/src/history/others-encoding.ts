import { formatJson } from '../json/format-json.ts';
import type { JsonValue } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';
import { decodeUtf8, encodeUtf8 } from '../json/utf8.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { corruptData } from './corrupt-data.ts';

const NONE = 0;
const EVERY = 1;
const LISTED = 2;

/** The values of a column that are not numbers, ready to be written: where they stand and their JSON texts. */
export interface OthersPlan {
  /** Ascending; null when every value of the column is one of them. */
  readonly indexes: readonly number[] | null;
  /** One stored JSON text a line. */
  readonly texts: Uint8Array;
}

/** Prepares the values that are not numbers; null when there are none. */
export function planOthers(others: ReadonlyMap<number, JsonValue> | null, count: number): OthersPlan | null {
  if (others === null || others.size === 0) return null;
  const entries = [...others].sort(([a], [b]) => a - b);
  const texts = encodeUtf8(entries.map(([, value]) => formatJson(value)).join('\n'));
  return { indexes: others.size === count ? null : entries.map(([index]) => index), texts };
}

/** Bytes that `writeOthers` will write. */
export function othersByteLength(plan: OthersPlan | null): number {
  if (plan === null) return 1;
  const listed = plan.indexes === null ? 0 : 4 + 4 * plan.indexes.length;
  return 1 + listed + 4 + plan.texts.length;
}

/** Writes the plan; the reader must know how many values the column has. */
export function writeOthers(writer: ByteWriter, plan: OthersPlan | null): void {
  if (plan === null) {
    writer.u8(NONE);
    return;
  }
  writer.u8(plan.indexes === null ? EVERY : LISTED);
  if (plan.indexes !== null) {
    writer.u32(plan.indexes.length);
    for (const index of plan.indexes) writer.u32(index);
  }
  writer.u32(plan.texts.length);
  writer.raw(plan.texts);
}

/**
 * Reads what `writeOthers` wrote for a column of `numbers.length` values, and sets `numbers` to NaN where another value
 * stands; anything that cannot have been written is CORRUPT_DATA.
 */
export function readOthers(reader: ByteReader, numbers: Float64Array): Map<number, JsonValue> | null {
  const kind = reader.u8();
  if (kind === NONE) return null;
  if (kind !== EVERY && kind !== LISTED) throw corruptData(`other values have the unknown encoding ${kind}`);
  const indexes = kind === LISTED ? readIndexes(reader, numbers.length) : null;
  const lines = readTexts(reader);
  const count = indexes === null ? numbers.length : indexes.length;
  if (lines.length !== count) throw corruptData(`it holds ${lines.length} of ${count} other values`);
  const others = new Map<number, JsonValue>();
  for (const [i, line] of lines.entries()) {
    const index = indexes === null ? i : (indexes[i] ?? i);
    others.set(index, readOther(line));
    numbers[index] = Number.NaN;
  }
  return others;
}

function readTexts(reader: ByteReader): string[] {
  const bytes = reader.raw(reader.u32());
  try {
    return decodeUtf8(bytes).split('\n');
  } catch (cause) {
    throw corruptData('a text is not UTF-8', { cause });
  }
}

function readIndexes(reader: ByteReader, limit: number): Uint32Array {
  const count = reader.u32();
  let offset = reader.take(4 * count);
  const indexes = new Uint32Array(count);
  let previous = -1;
  for (let i = 0; i < count; i++, offset += 4) {
    const index = reader.view.getUint32(offset, true);
    if (index <= previous || index >= limit) throw corruptData(`value ${index} is out of place`);
    indexes[i] = index;
    previous = index;
  }
  return indexes;
}

function readOther(text: string): JsonValue {
  const value = parseOther(text);
  if (value === null || typeof value === 'number')
    throw corruptData(`${text} stands among values that are not numbers`);
  return value;
}

function parseOther(text: string): JsonValue {
  try {
    return parseJson(text);
  } catch (cause) {
    throw corruptData('a value is not JSON', { cause });
  }
}
