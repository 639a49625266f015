import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../json/json-value.ts';
import { type AlignedBatch, alignBatch, columnOf } from './align-batch.ts';
import type { RowBatch } from './row-batch.ts';
import { anyValue, pointsOf } from './testing/any-column.ts';

interface Row {
  readonly step?: number | undefined;
  readonly time?: number | undefined;
  readonly values: { readonly [key: string]: JsonValue };
}

describe('alignBatch', () => {
  it('keeps rows that ascend as they are', () => {
    const aligned = align([
      { step: 3, time: 10, values: { loss: 0.5, note: 'a' } },
      { step: 7, time: 11, values: { loss: 0.25 } },
    ]);
    expect([...aligned.steps]).toEqual([3, 7]);
    expect([...aligned.times]).toEqual([10, 11]);
    expect(points(aligned, 'loss')).toEqual([
      [3, 0.5, 10],
      [7, 0.25, 11],
    ]);
    expect(points(aligned, 'note')).toEqual([[3, 'a', 10]]);
  });

  it('numbers rows without a step on from the run, and from the rows before them', () => {
    const steps = [undefined, undefined, 9, undefined, 2, undefined];
    const aligned = align(
      steps.map((step, row) => ({ step, values: { row } })),
      { nextStep: 5 },
    );
    expect(points(aligned, 'row').map(([step, row]) => [step, row])).toEqual([
      [2, 4],
      [5, 0],
      [6, 1],
      [9, 2],
      [10, 3],
      [11, 5],
    ]);
  });

  it('gives rows without a time the time of arrival', () => {
    const aligned = align(
      [
        { step: 0, values: {} },
        { step: 1, time: 5, values: {} },
      ],
      { now: 1234.5 },
    );
    expect([...aligned.times]).toEqual([1234.5, 5]);
  });

  it('keeps the last arrival of each key, and the time of the last arrival, where a step repeats', () => {
    const aligned = align([
      { step: 2, time: 10, values: { loss: 0.9, acc: 0.1 } },
      { step: 1, time: 11, values: { loss: 0.8 } },
      { step: 2, time: 12, values: { loss: 'none' } },
    ]);
    expect([...aligned.steps]).toEqual([1, 2]);
    expect([...aligned.times]).toEqual([11, 12]);
    expect(points(aligned, 'loss')).toEqual([
      [1, 0.8, 11],
      [2, 'none', 12],
    ]);
    expect(points(aligned, 'acc')).toEqual([[2, 0.1, 12]]);
  });

  it('names the row that no step is left for', () => {
    const rows = [{ step: Number.MAX_SAFE_INTEGER, values: {} }, { values: {} }];
    expect(() => align(rows)).toThrow(expect.objectContaining({ code: 'INVALID_ROW', path: [1] }));
  });

  it('equals a map from step to row that is filled in order of arrival', () => {
    const values = fc.dictionary(fc.constantFrom('a', 'b', 'c'), anyValue, { noNullPrototype: true });
    const row = fc.record({ step: fc.option(fc.nat(12), { nil: undefined }), time: fc.nat(), values });
    const model = fc.property(fc.array(row, { maxLength: 15 }), fc.nat(20), (rows, nextStep) => {
      const { times, columns } = modelOf(rows, nextStep);
      const aligned = align(rows, { nextStep });
      expect(Array.from(aligned.steps, (step, i) => [step, aligned.times[i]])).toEqual(ascending(times));
      expect([...aligned.columns.keys()].sort()).toEqual([...columns.keys()].sort());
      for (const [key, column] of columns) {
        const expected = ascending(column).map(([step, value]) => [step, value, times.get(step)]);
        expect(points(aligned, key)).toEqual(expected);
      }
    });
    fc.assert(model, { numRuns: 1000 });
  });
});

function modelOf(rows: readonly Row[], nextStep: number) {
  const times = new Map<number, number | undefined>();
  const columns = new Map<string, Map<number, JsonValue>>();
  let next = nextStep;
  for (const { step = next, time, values } of rows) {
    next = Math.max(next, step + 1);
    times.set(step, time);
    for (const [key, value] of Object.entries(values)) {
      columns.set(key, (columns.get(key) ?? new Map<number, JsonValue>()).set(step, value));
    }
  }
  return { times, columns };
}

function ascending<Value>(map: ReadonlyMap<number, Value>): [number, Value][] {
  return [...map].sort(([a], [b]) => a - b);
}

function align(rows: readonly Row[], defaults: { nextStep?: number; now?: number } = {}): AlignedBatch {
  return alignBatch(batchOf(rows), { nextStep: 0, now: 0, ...defaults });
}

function batchOf(rows: readonly Row[]): RowBatch {
  type Growing = { rows: number[]; numbers: number[]; others: Map<number, JsonValue> };
  const columns = new Map<string, Growing>();
  for (const [row, { values }] of rows.entries()) {
    for (const [key, value] of Object.entries(values)) {
      const column: Growing = columns.get(key) ?? { rows: [], numbers: [], others: new Map() };
      columns.set(key, column);
      column.rows.push(row);
      if (typeof value !== 'number') column.others.set(column.numbers.length, value);
      column.numbers.push(typeof value === 'number' ? value : Number.NaN);
    }
  }
  return {
    rowCount: rows.length,
    steps: Float64Array.from(rows, ({ step }) => step ?? Number.NaN),
    times: Float64Array.from(rows, ({ time }) => time ?? Number.NaN),
    columns: new Map(
      [...columns].map(([key, { others, ...rest }]) => [key, { ...rest, others: others.size ? others : null }]),
    ),
  };
}

function points(aligned: AlignedBatch, key: string): [step: number, value: JsonValue, time: number | undefined][] {
  const { column, times } = columnOf(aligned, key);
  return pointsOf(column).map(([step, value], i) => [step, value, times[i]]);
}
