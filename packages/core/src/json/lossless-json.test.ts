import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalJson } from './equal-json.ts';
import { formatJson, formatWireJson } from './format-json.ts';
import { isLargerThan } from './json-size.ts';
import type { JsonValue } from './json-value.ts';
import { readLosslessJson } from './lossless-reader.ts';
import { setOwn } from './own-property.ts';
import { parseJson } from './parse-json.ts';
import { encodeUtf8 } from './utf8.ts';

const beyondSafe = fc.bigInt().filter((whole) => !Number.isSafeInteger(Number(whole)));
const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
const anyText = fc.oneof(
  fc.string(),
  fc.array(unit).map((units) => units.join('')),
  fc.constant('__proto__'),
);
const anyScalar = fc.oneof(
  fc.constantFrom<JsonValue>(null, true, false, -0, 1e16, 2 ** 53, -(2 ** 60), 1e21, 'NaN', 'Infinity'),
  fc.double(),
  fc.integer(),
  beyondSafe,
  anyText,
);
/** Any JSON value, as its own parser would build it. */
const anyJson: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    anyScalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(anyText, tie('value')), { maxLength: 4 }).map((entries) => {
      const object: Record<string, JsonValue> = {};
      for (const [key, value] of entries) setOwn(object, key, value);
      return object;
    }),
  ),
})).value;

const failure = (text: string) => {
  try {
    return parseJson(text);
  } catch (error) {
    return error;
  }
};

describe('stored JSON text', () => {
  it('gives every value back', () => {
    fc.assert(
      fc.property(anyJson, (value) => equalJson(parseJson(formatJson(value)), value)),
      { numRuns: 500 },
    );
  });

  it('is read by both readers as JSON.parse reads it, where it is JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!/\d{16}/.test(text));
        expect(parseJson(text)).toEqual(JSON.parse(text));
        expect(readLosslessJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each<[string, JsonValue]>([
    ['NaN', Number.NaN],
    ['[-Infinity,Infinity]', [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]],
    [' { "a" : [ NaN , 1 ] } ', { a: [Number.NaN, 1] }],
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', 9007199254740992n],
    ['-12345678901234567890', -12345678901234567890n],
    ['1e400', Number.POSITIVE_INFINITY],
    ['9007199254740993.0', 9007199254740992],
    ['1e16', 1e16],
    ['0.30000000000000004', 0.1 + 0.2],
    ['"NaN"', 'NaN'],
    ['["a\\"\\\\", NaN]', ['a"\\', Number.NaN]],
    ['{"a":1,"a":NaN}', { a: Number.NaN }],
  ])('reads %s', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  it.each([
    [Number.NaN, 'NaN', '"NaN"'],
    [Number.NEGATIVE_INFINITY, '-Infinity', '"-Infinity"'],
    [-0, '-0', '-0'],
    [1e16, '1e+16', '1e+16'],
    [2n ** 64n, '18446744073709551616', '18446744073709551616'],
    [{ 'a"': [null, true, 'ä'] }, '{"a\\"":[null,true,"ä"]}', '{"a\\"":[null,true,"ä"]}'],
  ])('writes %s as %s, and over the wire as %s', (value, stored, wire) => {
    expect(formatJson(value)).toBe(stored);
    expect(formatWireJson(value)).toBe(wire);
  });

  it('is strict JSON over the wire', () => {
    fc.assert(fc.property(anyJson, (value) => JSON.parse(formatWireJson(value)) !== undefined));
  });

  it('keeps __proto__ as an ordinary key and never as a prototype', () => {
    for (const text of ['{"__proto__":{"x":1}}', '{"__proto__":{"x":NaN}}']) {
      const value = parseJson(text);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(Object.keys(value ?? {})).toEqual(['__proto__']);
    }
  });

  it.each([
    '',
    '{',
    '[1,]',
    '[NaN,]',
    '{"a":NaN,}',
    '{a:NaN}',
    '{"a" NaN}',
    '[NaN NaN]',
    'NaN1',
    'nan',
    '+Infinity',
    '[NaN, 01]',
    '[NaN, 1.]',
    '[NaN, .5]',
    '[NaN, "a]',
    '[NaN, "\\x"]',
    '[NaN, "\n"]',
    '[NaN] x',
  ])('refuses %j', (text) => {
    expect(failure(text)).toMatchObject({ code: 'INVALID_JSON' });
  });

  it('says where the text goes wrong', () => {
    expect(failure('[NaN, ?]')).toMatchObject({ message: 'not valid JSON at position 6: expected a value' });
  });

  it('refuses nesting beyond 64 levels on both ways of reading', () => {
    for (const inner of ['1', 'NaN']) {
      expect(failure('['.repeat(64) + inner + ']'.repeat(64))).toBeInstanceOf(Array);
      expect(failure('['.repeat(65) + inner + ']'.repeat(65))).toMatchObject({ code: 'NESTING_TOO_DEEP' });
      expect(failure('['.repeat(100_000) + inner)).toHaveProperty('code');
    }
  });

  it('refuses whole numbers of more than 1,000 digits', () => {
    expect(failure('9'.repeat(1000))).toBe(10n ** 1000n - 1n);
    expect(failure('9'.repeat(1001))).toMatchObject({ code: 'INVALID_JSON' });
  });

  it('reads a string of ten million characters beside NaN', () => {
    const text = 'a\\"'.repeat(3_000_000);
    expect(parseJson(`["${text}",NaN]`)).toEqual(['a"'.repeat(3_000_000), Number.NaN]);
  });
});

describe('the size of a value', () => {
  it('is that of its stored text in UTF-8', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const bytes = encodeUtf8(formatJson(value)).length;
        expect(isLargerThan(value, bytes)).toBe(false);
        expect(isLargerThan(value, bytes - 1)).toBe(true);
      }),
    );
  });
});

describe('equal JSON', () => {
  it('does not look at the order of keys', () => {
    expect(equalJson({ a: 1, b: [2] }, { b: [2], a: 1 })).toBe(true);
  });

  it.each<[JsonValue, JsonValue]>([
    [0, -0],
    [1, 1n],
    [1, '1'],
    [[], {}],
    [[1], [1, 2]],
    [{ a: 1 }, { b: 1 }],
    [{ a: null }, {}],
    [null, {}],
  ])('tells %j from %s', (a, b) => {
    expect(equalJson(a, b)).toBe(false);
    expect(equalJson(b, a)).toBe(false);
  });
});
