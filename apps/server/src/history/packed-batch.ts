import type { BatchColumn, RowBatch } from '@summa/core/history/row-batch';
import type { JsonValue } from '@summa/core/json/json-value';

/** A batch of rows as few arrays, which threads hand to each other without a copy. */
export interface PackedBatch {
  readonly steps: Float64Array<ArrayBuffer>;
  readonly times: Float64Array<ArrayBuffer>;
  readonly keys: readonly string[];
  /** How many values each key has. */
  readonly counts: Uint32Array<ArrayBuffer>;
  /** The rows of the values of the keys that not every row has, one key after the other. */
  readonly rows: Uint32Array<ArrayBuffer>;
  /** The numbers of all keys, one key after the other. */
  readonly numbers: Float64Array<ArrayBuffer>;
  /** By the place of the key: what stands at which of its values and is no number. */
  readonly others: ReadonlyMap<number, ReadonlyMap<number, JsonValue>>;
}

/** Packs a batch; `unpackBatch` gives an equal one back. */
export function packBatch({ rowCount, steps, times, columns }: RowBatch): PackedBatch {
  const all = [...columns.values()];
  const counts = Uint32Array.from(all, ({ numbers }) => numbers.length);
  const partly = all.filter(({ rows }) => rows.length < rowCount);
  const rows = new Uint32Array(lengthOf(partly));
  const numbers = new Float64Array(lengthOf(all));
  let place = 0;
  for (const column of partly) {
    rows.set(column.rows, place);
    place += column.rows.length;
  }
  place = 0;
  for (const column of all) {
    numbers.set(column.numbers, place);
    place += column.numbers.length;
  }
  const others = new Map(all.flatMap((column, i) => (column.others ? [[i, column.others] as const] : [])));
  return { steps: own(steps), times: own(times), keys: [...columns.keys()], counts, rows, numbers, others };
}

/** The memory of a packed batch, to be handed over with it. */
export function buffersOf({ steps, times, counts, rows, numbers }: PackedBatch): ArrayBuffer[] {
  return [steps.buffer, times.buffer, counts.buffer, rows.buffer, numbers.buffer];
}

/** The batch that was packed. */
export function unpackBatch({ steps, times, keys, counts, rows, numbers, others }: PackedBatch): RowBatch {
  const rowCount = steps.length;
  const everyRow = Uint32Array.from(steps, (_, row) => row);
  const columns = new Map<string, BatchColumn>();
  let partlyFrom = 0;
  let from = 0;
  for (const [i, key] of keys.entries()) {
    const count = counts[i] ?? 0;
    const isPartly = count < rowCount;
    columns.set(key, {
      rows: isPartly ? rows.subarray(partlyFrom, partlyFrom + count) : everyRow,
      numbers: numbers.subarray(from, from + count),
      others: others.has(i) ? new Map(others.get(i)) : null,
    });
    if (isPartly) partlyFrom += count;
    from += count;
  }
  return { rowCount, steps, times, columns };
}

function lengthOf(columns: readonly BatchColumn[]): number {
  return columns.reduce((sum, { numbers }) => sum + numbers.length, 0);
}

/** An array that has its memory to itself. */
function own(array: Float64Array): Float64Array<ArrayBuffer> {
  return array.slice();
}
