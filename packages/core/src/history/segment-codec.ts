import { type AlignedColumn, pick } from './align-batch.ts';
import { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { Column } from './column.ts';
import { corruptData } from './corrupt-data.ts';
import {
  chooseNumberEncoding,
  type NumberEncoding,
  numbersByteLength,
  readNumbers,
  writeNumbers,
} from './number-encoding.ts';
import { type OthersPlan, othersByteLength, planOthers, readOthers, writeOthers } from './others-encoding.ts';
import {
  choosePresence,
  type PresenceEncoding,
  presenceByteLength,
  readPresence,
  writePresence,
} from './row-presence.ts';
import { openBody, readPointCount, readSealed, refuseTooManyPoints, sealBody } from './sealed-body.ts';
import { chooseStepEncoding, readSteps, stepsByteLength, writeSteps } from './step-encoding.ts';

// The bytes "SMS" and version 1, little endian.
const SEGMENT_MARK = 0x01_53_4d_53;
const COUNT_BYTES = 8;
const DIRECTORY_ENTRY_BYTES = 8;

/** The key id that stands for the times of the rows (`_timestamp`); a segment has it without being given it. */
export const ROW_TIME_KEY_ID = 0;

/** What a segment holds: rows in ascending step order, each step once, and one column per key id (never 0). */
export interface SegmentContent {
  readonly steps: Float64Array;
  readonly times: Float64Array;
  readonly columns: ReadonlyMap<number, AlignedColumn>;
}

/** A column with the time of each of its values, in seconds since 1970. */
export interface TimedColumn {
  readonly column: Column;
  readonly times: Float64Array;
}

/** A decoded segment. Its arrays are shared between its columns: read them only. */
export interface Segment {
  readonly steps: Float64Array;
  readonly times: Float64Array;
  /** The keys that its rows have, in the order written; without the implicit key id 0. */
  readonly keyIds: readonly number[];
  /** One key's values, decoded at each call; null when no row has it. Id 0 is the column of row times. */
  column(keyId: number): TimedColumn | null;
}

interface ColumnPlan {
  readonly keyId: number;
  readonly column: AlignedColumn;
  readonly presence: PresenceEncoding;
  readonly numbers: NumberEncoding;
  readonly others: OthersPlan | null;
  readonly byteLength: number;
}

/**
 * Encodes rows as one body: mark, counts, steps, times, a directory of columns, the columns, xxHash32; little endian.
 *
 * Throws a RangeError when steps or rows do not ascend or a key id is 0, and TOO_MANY_ROWS beyond 1,048,576 rows.
 */
export function encodeSegment({ steps, times, columns }: SegmentContent): Uint8Array {
  refuseTooManyPoints(steps.length);
  const stepEncoding = chooseStepEncoding(steps);
  const timeEncoding = chooseNumberEncoding(times);
  const plans: ColumnPlan[] = [];
  let length =
    COUNT_BYTES + stepsByteLength(stepEncoding, steps.length) + numbersByteLength(timeEncoding, steps.length);
  for (const [keyId, column] of columns) {
    const plan = planColumn(keyId, column, steps.length);
    plans.push(plan);
    length += DIRECTORY_ENTRY_BYTES + plan.byteLength;
  }
  const writer = openBody(SEGMENT_MARK, length);
  writer.u32(steps.length);
  writer.u32(plans.length);
  writeSteps(writer, steps, stepEncoding);
  writeNumbers(writer, times, timeEncoding);
  for (const plan of plans) writeDirectoryEntry(writer, plan);
  for (const plan of plans) writeColumn(writer, plan, steps.length);
  return sealBody(writer);
}

/**
 * Decodes what `encodeSegment` wrote; columns are decoded when asked for.
 *
 * Bytes that it did not write raise CORRUPT_DATA, here or at the column, and never claim more memory than
 * 1,048,576 rows take.
 */
export function decodeSegment(bytes: Uint8Array): Segment {
  const reader = readSealed(bytes, SEGMENT_MARK);
  const rowCount = readPointCount(reader);
  const columnCount = reader.u32();
  const steps = readSteps(reader, rowCount);
  const times = readNumbers(reader, rowCount);
  const directory = readDirectory(reader, columnCount);
  const rows = { steps, times };
  return {
    steps,
    times,
    keyIds: [...directory.keys()],
    column(keyId) {
      if (keyId === ROW_TIME_KEY_ID) return { column: { steps, numbers: times, others: null }, times };
      const place = directory.get(keyId);
      return place === undefined ? null : readColumn(new ByteReader(bytes, place.start, place.end), rows);
    },
  };
}

function planColumn(keyId: number, column: AlignedColumn, rowCount: number): ColumnPlan {
  if (keyId === ROW_TIME_KEY_ID) throw new RangeError('key id 0 stands for the row times and is written by itself');
  const count = column.numbers.length;
  if (column.rows.length !== count)
    throw new RangeError(`key id ${keyId} has ${count} values in ${column.rows.length} rows`);
  const presence = choosePresence(column.rows, rowCount);
  const numbers = chooseNumberEncoding(column.numbers);
  const others = planOthers(column.others, count);
  const byteLength =
    presenceByteLength(presence, count, rowCount) + numbersByteLength(numbers, count) + othersByteLength(others);
  return { keyId, column, presence, numbers, others, byteLength };
}

function writeDirectoryEntry(writer: ByteWriter, { keyId, byteLength }: ColumnPlan): void {
  writer.u32(keyId);
  writer.u32(byteLength);
}

function writeColumn(writer: ByteWriter, { column, presence, numbers, others }: ColumnPlan, rowCount: number): void {
  writePresence(writer, column.rows, { encoding: presence, rowCount });
  writeNumbers(writer, column.numbers, numbers);
  writeOthers(writer, others);
}

function readDirectory(reader: ByteReader, columnCount: number): Map<number, { start: number; end: number }> {
  let entry = reader.take(columnCount * DIRECTORY_ENTRY_BYTES);
  const directory = new Map<number, { start: number; end: number }>();
  for (let i = 0; i < columnCount; i++, entry += DIRECTORY_ENTRY_BYTES) {
    const keyId = reader.view.getUint32(entry, true);
    if (keyId === ROW_TIME_KEY_ID || directory.has(keyId)) throw corruptData(`key id ${keyId} is out of place`);
    const start = reader.take(reader.view.getUint32(entry + 4, true));
    directory.set(keyId, { start, end: reader.offset });
  }
  reader.finish();
  return directory;
}

function readColumn(reader: ByteReader, { steps, times }: { steps: Float64Array; times: Float64Array }): TimedColumn {
  const rows = readPresence(reader, steps.length);
  const numbers = readNumbers(reader, rows === null ? steps.length : rows.length);
  const others = readOthers(reader, numbers);
  reader.finish();
  if (rows === null) return { column: { steps, numbers, others }, times };
  return { column: { steps: pick(steps, rows), numbers, others }, times: pick(times, rows) };
}
