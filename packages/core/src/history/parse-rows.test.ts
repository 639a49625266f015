import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../json/json-value.ts';
import { DEFAULT_ROW_LIMITS, parseRows } from './parse-rows.ts';
import { concatBatches, dropRows, type RowBatch } from './row-batch.ts';

const limits = (changed: object) => ({ ...DEFAULT_ROW_LIMITS, ...changed });
const refusal = (code: string, path: unknown[], text = '') =>
  expect.objectContaining({ code, path, message: expect.stringContaining(text) });

/** A batch as plain rows, in the words of the input. */
function rowsOf(batch: RowBatch): object[] {
  const rows = Array.from({ length: batch.rowCount }, (_, r) => {
    const values: Record<string, JsonValue> = {};
    return { step: batch.steps[r], timestamp: batch.times[r], values };
  });
  for (const [key, { rows: at, numbers, others }] of batch.columns) {
    at.forEach((row, i) => {
      const values = rows[row]?.values;
      if (values) values[key] = others?.get(i) ?? numbers[i] ?? null;
    });
  }
  return rows;
}

const anyRow = fc.record({
  step: fc.nat(),
  timestamp: fc.nat(),
  values: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(fc.double(), fc.constantFrom('text', true)), {
    maxKeys: 3,
  }),
});

describe('rows as they are logged', () => {
  it('become columns of the rows that have a key', () => {
    const batch = parseRows([
      { step: 3, timestamp: 100.5, values: { a: 1, b: 'x' } },
      { values: {} },
      { step: null, timestamp: null, values: { b: 2, a: 'NaN' } },
    ]);
    expect(batch.rowCount).toBe(3);
    expect([...batch.steps]).toEqual([3, Number.NaN, Number.NaN]);
    expect([...batch.times]).toEqual([100.5, Number.NaN, Number.NaN]);
    expect([...batch.columns]).toEqual([
      ['a', { rows: [0, 2], numbers: [1, Number.NaN], others: null }],
      ['b', { rows: [0, 2], numbers: [Number.NaN, 2], others: new Map([[0, 'x']]) }],
    ]);
  });

  it('lose nothing', () => {
    fc.assert(
      fc.property(fc.array(anyRow), (rows) => {
        expect(rowsOf(parseRows(rows))).toEqual(rows);
      }),
    );
  });

  it('have one key per leaf, and none for null, undefined and empty objects', () => {
    const values = { a: { b: 1, 'c.d': 2, e: {} }, f: null, g: undefined, h: [null], i: { _type: 'x', j: 1 } };
    expect(rowsOf(parseRows([{ step: 0, timestamp: 0, values }]))).toEqual([
      { step: 0, timestamp: 0, values: { 'a.b': 1, 'a.c\\.d': 2, h: [null], i: { _type: 'x', j: 1 } } },
    ]);
  });

  it('keep bigints, booleans and numbers in lists', () => {
    const values = { a: 2n ** 60n, b: 5n, c: true, d: ['Infinity'] };
    expect(rowsOf(parseRows([{ step: 0, timestamp: 0, values }]))).toMatchObject([
      { values: { a: 2n ** 60n, b: 5, c: true, d: [Number.POSITIVE_INFINITY] } },
    ]);
  });

  it('take steps up to 2^53-1', () => {
    expect([
      ...parseRows([
        { step: Number.MAX_SAFE_INTEGER, values: {} },
        { step: -0, values: {} },
      ]).steps,
    ]).toEqual([Number.MAX_SAFE_INTEGER, 0]);
  });
});

describe('the first bad row', () => {
  it.each([
    ['a step that is not whole', { step: 1.5, values: {} }, 'INVALID_ROW', ['step']],
    ['a negative step', { step: -1, values: {} }, 'INVALID_ROW', ['step']],
    ['a step beyond 2^53-1', { step: 2 ** 53, values: {} }, 'INVALID_ROW', ['step']],
    ['a step as text', { step: '1', values: {} }, 'INVALID_ROW', ['step']],
    ['a NaN timestamp', { timestamp: Number.NaN, values: {} }, 'INVALID_ROW', ['timestamp']],
    ['a timestamp in milliseconds', { timestamp: 1.7e12, values: {} }, 'INVALID_ROW', ['timestamp']],
    ['an unknown field', { step: 1, loss: 2, values: {} }, 'INVALID_ROW', ['loss']],
    ['no values', { step: 1 }, 'INVALID_ROW', ['values']],
    ['values that are a list', { values: [1] }, 'INVALID_ROW', ['values']],
    ['a number for a row', 7, 'INVALID_ROW', []],
    ['null for a row', null, 'INVALID_ROW', []],
    ['an empty key', { values: { '': 1 } }, 'INVALID_KEY', ['values', '']],
    ['a NUL in a nested key', { values: { a: { 'b\0': 1 } } }, 'INVALID_KEY', ['values', 'a', 'b\0']],
    ['_step among the values', { values: { _step: 1 } }, 'INVALID_KEY', ['values', '_step']],
    ['_timestamp among the values', { values: { _timestamp: 1 } }, 'INVALID_KEY', ['values', '_timestamp']],
    ['a long key', { values: { ['k'.repeat(513)]: 1 } }, 'KEY_TOO_LONG', ['values', 'k'.repeat(513)]],
    ['a date among the values', { values: { a: { d: new Date() } } }, 'INVALID_JSON', ['values', 'a', 'd']],
  ])('is named: %s', (_, row, code, path) => {
    const rows = [{ values: { ok: 1 } }, row, { step: 'also bad' }];
    expect(() => parseRows(rows)).toThrow(refusal(code, ['rows', 1, ...path]));
  });

  it('is named when it holds more than a limit', () => {
    const nested = { a: { b: { c: 1 } } };
    const row = (values: object) => [{ values }];
    expect(() => parseRows([1, 2], limits({ maxRows: 1 }))).toThrow(refusal('TOO_MANY_ROWS', ['rows']));
    expect(() => parseRows(row({ a: 1, b: 2 }), limits({ maxValuesPerRow: 1 }))).toThrow(
      refusal('TOO_MANY_VALUES', ['rows', 0, 'values']),
    );
    expect(() => parseRows([...row({ a: 1 }), ...row({ b: 1 })], limits({ maxKeys: 1 }))).toThrow(
      refusal('TOO_MANY_VALUES', ['rows', 1, 'values', 'b']),
    );
    expect(() => parseRows(row(nested), limits({ maxNesting: 2 }))).toThrow(
      refusal('NESTING_TOO_DEEP', ['rows', 0, 'values', 'a', 'b', 'c']),
    );
    expect(() => parseRows(row({ a: 'ää' }), limits({ maxValueBytes: 5 }))).toThrow(
      refusal('VALUE_TOO_LARGE', ['rows', 0, 'values', 'a'], 'more than 5 bytes'),
    );
    expect(parseRows(row({ a: 'ää' }), limits({ maxValueBytes: 6 })).rowCount).toBe(1);
  });

  it('is refused for values nested in themselves', () => {
    const loop: Record<string, unknown> = {};
    loop.a = loop;
    expect(() => parseRows([{ values: loop }])).toThrow(expect.objectContaining({ code: 'NESTING_TOO_DEEP' }));
  });
});

describe('the time of a row', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0],
    ['2026-05-01T12:00:00.123456Z', 1777636800.123456],
    ['2026-05-01T14:00:00+02:00', 1777636800],
    ['2026-05-01T12:00Z', 1777636800],
    ['2024-02-29t00:00:00z', 1709164800],
  ])('is %s as %d seconds', (text, seconds) => {
    expect(parseRows([{ timestamp: text, values: {} }]).times[0]).toBe(seconds);
  });

  it.each([
    '2026-05-01T12:00:00',
    '2026-05-01',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '1969-12-31T23:59:59Z',
    'now',
  ])('is not %s', (text) => {
    expect(() => parseRows([{ timestamp: text, values: {} }])).toThrow(
      refusal('INVALID_ROW', ['rows', 0, 'timestamp'], text),
    );
  });
});

describe('batches', () => {
  it('without their first rows are the batches of the rest', () => {
    fc.assert(
      fc.property(fc.array(anyRow), fc.integer({ min: -1, max: 12 }), (rows, count) => {
        expect(rowsOf(dropRows(parseRows(rows), count))).toEqual(rows.slice(Math.max(0, count)));
      }),
    );
  });

  it('put together are the batch of all rows', () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyRow), { maxLength: 4 }), (parts) => {
        const whole = concatBatches(parts.map((rows) => parseRows(rows)));
        expect(rowsOf(whole)).toEqual(parts.flat());
        expect(whole.columns).toEqual(parseRows(parts.flat()).columns);
      }),
    );
  });

  it('are not changed by being put together', () => {
    const [a, b] = [parseRows([{ values: { x: 1 } }]), parseRows([{ values: { x: 'y' } }])];
    concatBatches([a, b]);
    expect(a.columns.get('x')).toEqual({ rows: [0], numbers: [1], others: null });
  });
});
