import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatJson } from '../json/format-json.ts';
import type { JsonValue } from '../json/json-value.ts';
import { parseJsonObject } from '../json/parse-json.ts';
import { parseLines } from './parse-lines.ts';
import { DEFAULT_ROW_LIMITS, parseRows } from './parse-rows.ts';
import type { RowBatch } from './row-batch.ts';

const limits = (changed: object) => ({ ...DEFAULT_ROW_LIMITS, ...changed });

/** A batch as one object a row. */
function rowsOf({ rowCount, steps, times, columns }: RowBatch) {
  return Array.from({ length: rowCount }, (_, row) => ({
    step: steps[row],
    time: times[row],
    values: Object.fromEntries(
      [...columns].flatMap(([key, { rows, numbers, others }]) => {
        const i = rows.indexOf(row);
        return i === -1 ? [] : [[key, others?.get(i) ?? numbers[i]]];
      }),
    ),
  }));
}

/** What a reading gives, or the refusal that it ends with. */
function outcomeOf(read: () => RowBatch): unknown {
  try {
    return rowsOf(read());
  } catch (error) {
    return error;
  }
}

describe('lines', () => {
  it.each<[string, string, object]>([
    ['numbers', '{"a":1.5,"_step":3,"b":-2e-3,"_timestamp":5}', { step: 3, time: 5, values: { a: 1.5, b: -0.002 } }],
    [
      'numbers that JSON lacks',
      '{"a":NaN,"b":-Infinity,"c":Infinity}',
      { values: { a: NaN, b: -Infinity, c: Infinity } },
    ],
    ['whole numbers beyond 2^53', '{"a":9007199254740993,"b":1}', { values: { a: 9007199254740993n, b: 1 } }],
    ['whole numbers of fifteen digits', '{"a":999999999999999}', { values: { a: 999999999999999 } }],
    ['a float of many digits', '{"a":0.30000000000000004}', { values: { a: 0.30000000000000004 } }],
    ['a number beyond float64', '{"a":1e999,"b":-0}', { values: { a: Infinity, b: -0 } }],
    ['names beyond ASCII', '{"ä":1,"精度":2,"🙂":3}', { values: { ä: 1, 精度: 2, '🙂': 3 } }],
    ['escaped names', '{"a\\"b":1,"\\u0063":2}', { values: { 'a"b': 1, c: 2 } }],
    ['spaces', '{ "a" : 1 , "b":2}', { values: { a: 1, b: 2 } }],
    [
      'other values',
      '{"a":1,"s":"NaN","l":["Infinity"],"n":null,"o":{"x":2}}',
      { values: { a: 1, s: 'NaN', l: ['Infinity'], 'o.x': 2 } },
    ],
    ['a name twice, of which the last counts', '{"a":1,"b":2,"a":3}', { values: { a: 3, b: 2 } }],
    ['a step that is none', '{"a":1,"_step":1.5,"_timestamp":-1}', { values: { a: 1 } }],
    ['a step and a time in words', '{"_step":"3","_timestamp":"soon"}', { values: {} }],
    ['nothing', '{}', { values: {} }],
  ])('may hold %s', (_what, line, row) => {
    const { batch, unread } = parseLines([line]);
    expect(rowsOf(batch)).toEqual([{ step: NaN, time: NaN, ...row }]);
    expect(unread).toEqual([]);
  });

  it.each([
    '',
    '{',
    '{"a":1',
    '{"a":1,}',
    '{"a":1}x',
    '{"a":01}',
    '{"a":1.}',
    '{"a":.5}',
    '{"a":+1}',
    '{"a":1e}',
    '{"a":0x1}',
    '{"a":-}',
    '{"a":}',
    '{"a" 1}',
    '{a:1}',
    '{"a":Nan}',
    '{"a\u0001":1}',
    '[1]',
    '1',
    'null',
    '{"a":1}{"b":2}',
  ])('that are no JSON object, such as %s, are rows without anything', (line) => {
    const { batch, unread } = parseLines(['{"a":1,"_step":4}', line, '{"a":2,"_step":5}']);
    expect(rowsOf(batch)).toEqual([
      { step: 4, time: NaN, values: { a: 1 } },
      { step: NaN, time: NaN, values: {} },
      { step: 5, time: NaN, values: { a: 2 } },
    ]);
    expect(unread).toEqual([1]);
  });

  it('are read as JSON is, whatever they say', () => {
    const anyText = fc.string({
      unit: fc.constantFrom('{', '}', '"', ':', ',', 'a', '1', '0', '.', '-', 'e', '\\', ' ', 'NaN'),
    });
    fc.assert(
      fc.property(anyText, (inner) => {
        const line = `{"a":${inner}`;
        expect(parseLines([line]).unread).toEqual(parseJsonObject(line) === null ? [0] : []);
      }),
    );
  });

  it('become the same columns as rows of the same values', () => {
    const anyValue: fc.Arbitrary<JsonValue> = fc.oneof(
      { weight: 4, arbitrary: fc.double() },
      fc
        .bigInt({ min: -(2n ** 64n), max: 2n ** 64n })
        .map((big) => (Number.isSafeInteger(Number(big)) ? Number(big) : big)),
      fc.boolean(),
      fc.constant(null),
      fc.constant({ x: 1, y: { z: [2] } }),
    );
    const anyRow = fc.dictionary(fc.string({ minLength: 1 }), anyValue, { maxKeys: 4 });
    fc.assert(
      fc.property(fc.array(anyRow), (rows) => {
        const given = rows.map((values, i) => ({ step: i, timestamp: i, values }));
        const lines = rows.map((values, i) => formatJson({ ...values, _step: i, _timestamp: i }));
        expect(outcomeOf(() => parseLines(lines).batch)).toEqual(outcomeOf(() => parseRows(given)));
      }),
    );
  });

  it('are refused as rows are, with the path of the value', () => {
    const refused = (code: string, path: unknown[]) => expect.objectContaining({ code, path });
    expect(() => parseLines(['{}', '{}'], limits({ maxRows: 1 }))).toThrow(refused('TOO_MANY_ROWS', ['rows']));
    const long = ['{"a":1}', '{"a":{"b":"long"}}'];
    expect(() => parseLines(long, limits({ maxValueBytes: 4 }))).toThrow(
      refused('VALUE_TOO_LARGE', ['rows', 1, 'values', 'a', 'b']),
    );
    expect(() => parseLines(['{"a":1,"b":2}', '{"a":1,"b":2,"c":3}'], limits({ maxValuesPerRow: 2 }))).toThrow(
      refused('TOO_MANY_VALUES', ['rows', 1, 'values']),
    );
    expect(() => parseLines(['{"a":1}', '{"":1}'])).toThrow(refused('INVALID_KEY', ['rows', 1, 'values', '']));
    const half = 'a\ud800';
    expect(() => parseLines(['{}', `{"${half}":1}`])).toThrow(refused('INVALID_KEY', ['rows', 1, 'values', half]));
  });
});
