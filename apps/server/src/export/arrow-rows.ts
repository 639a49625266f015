import { formatWireJson } from '@summa/core/json/format-json';
import type { MetricState } from '@summa/core/metric/metric-state';
import { numericValue } from '@summa/core/metric/metric-state';
import {
  AsyncByteQueue,
  type Data,
  type DataType,
  Field,
  Float64,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Utf8,
} from 'apache-arrow';
import type { RowEncoder } from './row-encoder.ts';
import { NOTHING, NUMBER, OTHER, type RowWindow, type WindowColumn } from './row-window.ts';

/** A metric as a column of Arrow. */
export interface ArrowKey {
  readonly key: string;
  /** Whether every value of the run is a number, a boolean or a whole number of any size: then the column is float64, else JSON text. */
  readonly isNumeric: boolean;
}

/** Whether a metric has nothing but numbers, booleans and whole numbers of any size; so has one that was never logged. */
export function isNumericMetric(state: MetricState | undefined): boolean {
  if (state === undefined) return true;
  return state.count === state.finiteCount + state.nanCount + state.posInfCount + state.negInfCount;
}

/**
 * Rows as an Arrow IPC stream, a record batch a window: `_step` int64, `_timestamp` float64 (seconds since 1970), then a nullable
 * column a key under its whole path. One that holds nothing but numbers is float64, booleans being 0 and 1 and whole numbers
 * beyond 2^53 the nearest float64; any other is utf8 and has each value as JSON.
 */
export function arrowRows(keys: readonly ArrowKey[]): RowEncoder {
  const schema = new Schema([
    new Field('_step', new Int64(), false),
    new Field('_timestamp', new Float64(), true),
    ...keys.map(({ key, isNumeric }) => new Field(key, isNumeric ? new Float64() : new Utf8(), true)),
  ]);
  const sink = new ByteCollector();
  const writer = new RecordBatchStreamWriter({ autoDestroy: false });
  return {
    begin() {
      writer.reset(sink, schema);
      return sink.take();
    },
    *encode(window) {
      if (window.steps.length === 0) return;
      writer.write(batchOf(window, schema, keys));
      yield sink.take();
    },
    end() {
      writer.close();
      return sink.take();
    },
  };
}

/** Takes what the writer writes, so that none of it waits anywhere else. */
class ByteCollector extends AsyncByteQueue {
  readonly #parts: Uint8Array[] = [];

  override write(bytes: ArrayBufferView | ArrayBufferLike): void {
    const view = ArrayBuffer.isView(bytes) ? bytes : new Uint8Array(bytes);
    this.#parts.push(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  }

  take(): Buffer {
    return Buffer.concat(this.#parts.splice(0));
  }
}

function batchOf({ steps, times, columns }: RowWindow, schema: Schema, keys: readonly ArrowKey[]): RecordBatch {
  const length = steps.length;
  const children: Data[] = [
    makeData({ type: new Int64(), length, data: BigInt64Array.from(steps, (step) => BigInt(step)) }),
    makeData({ type: new Float64(), length, data: times, ...validity(length, (row) => !Number.isNaN(times[row])) }),
    ...keys.map(({ isNumeric }, i) => {
      const column = columns[i];
      if (!column) throw new RangeError(`the window has no column ${i}`);
      return isNumeric ? numberData(column, length) : jsonData(column, length);
    }),
  ];
  return new RecordBatch(
    schema,
    makeData({ type: new Struct<Record<string, DataType>>(schema.fields), length, children }),
  );
}

function numberData(column: WindowColumn, length: number): Data<Float64> {
  const { kinds, numbers, others } = column;
  for (const [row, value] of others) if (kinds[row] === OTHER) numbers[row] = numericValue(value) ?? Number.NaN;
  return makeData({ type: new Float64(), length, data: numbers, ...validityOf(column, length) });
}

function jsonData(column: WindowColumn, length: number): Data<Utf8> {
  const texts: Uint8Array[] = [];
  const valueOffsets = new Int32Array(length + 1);
  const encoder = new TextEncoder();
  for (let row = 0, offset = 0; row < length; row++) {
    const text = encoder.encode(jsonText(column, row));
    texts.push(text);
    offset += text.length;
    valueOffsets[row + 1] = offset;
  }
  return makeData({
    type: new Utf8(),
    length,
    valueOffsets,
    data: Buffer.concat(texts),
    ...validityOf(column, length),
  });
}

function jsonText({ kinds, numbers, others }: WindowColumn, row: number): string {
  if (kinds[row] === NOTHING) return '';
  return formatWireJson(kinds[row] === NUMBER ? (numbers[row] as number) : (others.get(row) ?? null));
}

function validityOf({ kinds }: WindowColumn, length: number) {
  return validity(length, (row) => kinds[row] !== NOTHING);
}

/** The bits that say which rows have a value, the lowest first, as Arrow has them. */
function validity(length: number, isThere: (row: number) => boolean): { nullCount: number; nullBitmap: Uint8Array } {
  const nullBitmap = new Uint8Array(Math.ceil(length / 8));
  let nullCount = 0;
  for (let row = 0; row < length; row++) {
    if (isThere(row)) nullBitmap[row >> 3] = (nullBitmap[row >> 3] ?? 0) | (1 << (row & 7));
    else nullCount++;
  }
  return { nullCount, nullBitmap };
}
