import type { JsonValue } from '@summa/core/json/json-value';

/** All points of one metric in ascending step order; `times` are seconds since 1970. */
export interface MetricPoints {
  readonly key: string;
  readonly steps: Float64Array;
  readonly times: Float64Array;
  /** NaN where the value is not a number: `others` has it. */
  readonly values: Float64Array;
  /** Values that are no float64 (text, booleans, lists, objects, bigints) by index; empty for a plain metric. */
  readonly others: ReadonlyMap<number, JsonValue>;
}

/** Some points in a row, as they arrive. */
export interface PointsBlock {
  readonly steps: Float64Array;
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly others: Map<number, JsonValue>;
}

/** Puts a value in the place of point `i`. */
export function putValue({ values, others }: PointsBlock, i: number, value: JsonValue): void {
  values[i] = typeof value === 'number' ? value : Number.NaN;
  if (typeof value !== 'number') others.set(i, value);
}

/** The points of all blocks, which follow each other. */
export function joinPoints(key: string, blocks: readonly PointsBlock[]): MetricPoints {
  const [only] = blocks;
  if (only && blocks.length === 1) return { key, ...only };
  const count = blocks.reduce((sum, { steps }) => sum + steps.length, 0);
  const steps = new Float64Array(count);
  const times = new Float64Array(count);
  const values = new Float64Array(count);
  const others = new Map<number, JsonValue>();
  let at = 0;
  for (const block of blocks) {
    steps.set(block.steps, at);
    times.set(block.times, at);
    values.set(block.values, at);
    for (const [i, value] of block.others) others.set(at + i, value);
    at += block.steps.length;
  }
  return { key, steps, times, values, others };
}
