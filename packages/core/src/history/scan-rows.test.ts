import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../json/parse-json.ts';
import { encodeUtf8 } from '../json/utf8.ts';
import { DEFAULT_ROW_LIMITS, parseRows } from './parse-rows.ts';
import type { RowBatch } from './row-batch.ts';
import { scanRows } from './scan-rows.ts';

/** What a batch says, whatever the order of its keys. */
function contentOf({ rowCount, steps, times, columns }: RowBatch) {
  const lists = [...columns].map(([key, { rows, numbers, others }]) => [key, [...rows], [...numbers], others]);
  return {
    rowCount,
    steps: [...steps],
    times: [...times],
    columns: lists.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  };
}

const scan = (text: string, start = 0) => scanRows(encodeUtf8(text), start);

/** Scans rows that can be scanned, and compares what is read with what is read of the objects. */
function expectAsParsed(text: string): void {
  const scanned = scan(text);
  expect(scanned?.end).toBe(encodeUtf8(text).length);
  expect(scanned && contentOf(scanned.batch)).toEqual(contentOf(parseRows(parseJson(text) as unknown[])));
}

const anyKey = fc.constantFrom('loss', 'acc', 'val/loss', 'lr', 'ä', 'a.b', '1', 'step', '__proto__');
const anyNumbers = fc.dictionary(anyKey, fc.double({ noNaN: true, noDefaultInfinity: true }), { maxKeys: 5 });
const anyOther = fc.dictionary(
  anyKey,
  fc.oneof(
    fc.double({ noDefaultInfinity: true, noNaN: true }),
    fc.constantFrom('NaN', 'x"}]', true, [1, '}'], null, { in: 1, list: [[]] }),
  ),
);
const anyPlace = fc.record(
  {
    step: fc.nat(),
    timestamp: fc.oneof(fc.nat(), fc.double({ min: 0, max: 2e9, noNaN: true }), fc.constant('2026-01-01T00:00:00Z')),
  },
  { requiredKeys: [] },
);
const anyRow = fc
  .tuple(anyPlace, fc.oneof({ weight: 4, arbitrary: anyNumbers }, anyOther), fc.boolean())
  .map(([place, values, isFirst]) => (isFirst ? { values, ...place } : { ...place, values }));

describe('rows in bytes', () => {
  it('are the rows that their JSON has, with spaces and without', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { minLength: 1, maxLength: 12 }), fc.constantFrom(0, 2), (rows, spaces) => {
        // The first row is one of numbers: rows of other values alone are left to others.
        expectAsParsed(JSON.stringify([{ values: { loss: 1 } }, ...rows], null, spaces));
      }),
      { numRuns: 2_000 },
    );
  });

  it('keep the last of equal names, and numbers to the last digit', () => {
    expectAsParsed('[{"step":1,"step":2,"values":{"a":1,"b":2,"a":3}},{"values":{"b":0.1,"b":4,"b":-0}}]');
    expectAsParsed('[{"values":{"a":0.30000000000000004,"b":1e-7,"c":123456789.12345679,"d":9007199254740991}}]');
  });

  it('may have numbers that JSON lacks', () => {
    expectAsParsed('[{"values":{"a":NaN,"b":1}},{"values":{"a":-Infinity,"b":Infinity}}]');
    expect(scan('[{"step":NaN,"values":{"a":1}}]')).toBeNull();
  });

  it('are found in the midst of a text, and end where their list ends', () => {
    const list = '[{"step":0,"values":{"a":1}}]';
    const text = `{"ä":1,"rows": ${list}, "more": [1]}`;
    const start = encodeUtf8(text.slice(0, text.indexOf('['))).length;
    expect(scan(text, start)).toMatchObject({ end: start + list.length, batch: { rowCount: 1 } });
  });

  it.each([
    ['a row without values', '[{"step":1}]'],
    ['a row that is none', '[{"values":{"a":1}},7]'],
    ['an empty list', '[]'],
    ['a list that does not end', '[{"values":{"a":1}}'],
    ['a comma too many', '[{"values":{"a":1},}]'],
    ['a comma too few', '[{"values":{"a":1}}{"values":{"a":1}}]'],
    ['an unknown field', '[{"values":{"a":1},"x":2}]'],
    ['a step that is none', '[{"step":-1,"values":{}}]'],
    ['a time that is none', '[{"timestamp":1e15,"values":{}}]'],
    ['a key that is none', '[{"values":{"":1}}]'],
    ['a number that is none', '[{"values":{"a":01}}]'],
    ['a text that does not end', '[{"values":{"a":"}}]'],
    ['no list', '{"values":{"a":1}}'],
    ['nothing', ''],
  ])('are left to others where there is %s', (_name, text) => {
    expect(scan(text)).toBeNull();
  });

  it('are left to others where the first ones have values that are no numbers', () => {
    const text = { values: { a: 'text' } };
    expect(scan(JSON.stringify([text, text, text, text]))).toBeNull();
    expectAsParsed(JSON.stringify([text, text, text]));
  });

  it('are left to others where they are too many, or deep within one another', () => {
    const rows = [{ values: { a: 1 } }, { values: { a: 1 } }];
    const limits = { ...DEFAULT_ROW_LIMITS, maxRows: 1 };
    expect(scanRows(encodeUtf8(JSON.stringify(rows)), 0, limits)).toBeNull();
    const deep = `${'['.repeat(40)}${']'.repeat(40)}`;
    expect(scan(`[{"values":{"a":1}},{"values":{"a":${deep}}}]`)).toBeNull();
  });

  it('are left to others where a name is no UTF-8', () => {
    const bytes = encodeUtf8('[{"values":{"a":1}}]');
    bytes[bytes.indexOf(0x61, 12)] = 0xff;
    expect(scanRows(bytes, 0)).toBeNull();
  });
});
