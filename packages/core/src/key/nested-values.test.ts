import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json/json-value.ts';
import { checkKey } from './check-key.ts';
import { flattenValues } from './flatten-values.ts';
import { nestValues, valueAtPath } from './nest-values.ts';

const name = fc.oneof(
  fc.constantFrom('a', 'b', 'a.b', 'x\\', '__proto__', 'toString'),
  fc.string({ minLength: 1, maxLength: 5 }),
);
const leaf = fc.oneof(fc.integer(), fc.constant<number[]>([1, 2]), fc.constant({ _type: 'image', path: 'x' }));
const anyValues = fc.letrec<{ object: JsonObject }>((tie) => ({
  object: fc
    .array(fc.tuple(name, fc.oneof({ depthSize: 'small' }, leaf, tie('object'))), { minLength: 1, maxLength: 4 })
    .map((entries) => Object.fromEntries(entries)),
})).object;

describe('flattening', () => {
  it('gives leaves that nest to the same object', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        expect(nestValues(flattenValues(values))).toEqual(values);
      }),
    );
  });

  it('takes objects apart, and leaves lists and objects with _type whole', () => {
    const image = { _type: 'image', size: { width: 4 } };
    expect(flattenValues({ a: { b: 1, c: {} }, 'd.e': [{ f: 2 }], g: image, h: null })).toEqual([
      ['a.b', 1],
      ['d\\.e', [{ f: 2 }]],
      ['g', image],
      ['h', null],
    ]);
  });

  it('names the path of a bad key', () => {
    const values = { a: { 'b\0': 1 } };
    const path = ['config', 'a', 'b\0'];
    expect(() => flattenValues(values, undefined, ['config'])).toThrow(
      expect.objectContaining({ code: 'INVALID_KEY', path }),
    );
  });
});

describe('nesting', () => {
  it('lets the later of two values that exclude each other win', () => {
    expect(
      nestValues([
        ['a', 1],
        ['a.b', 2],
      ]),
    ).toEqual({ a: { b: 2 } });
    expect(
      nestValues([
        ['a.b', 2],
        ['a', 1],
      ]),
    ).toEqual({ a: 1 });
    expect(
      nestValues([
        ['a', { _type: 'x' }],
        ['a.b', 2],
      ]),
    ).toEqual({ a: { b: 2 } });
  });

  it('never reaches a prototype', () => {
    const document = nestValues([
      ['__proto__.polluted', 1],
      ['constructor.prototype.polluted', 2],
    ]);
    expect(Object.getPrototypeOf(document)).toBe(Object.prototype);
    expect(({} as JsonObject).polluted).toBeUndefined();
    expect(valueAtPath(document, ['__proto__', 'polluted'])).toBe(1);
    expect(valueAtPath({}, ['constructor'])).toBeUndefined();
  });
});

describe('keys that cannot be stored', () => {
  it.each([
    ['INVALID_KEY', ''],
    ['INVALID_KEY', '.a'],
    ['INVALID_KEY', 'a\0b'],
    ['INVALID_KEY', 'a\ud800'],
    ['KEY_TOO_LONG', 'a'.repeat(513)],
    ['NESTING_TOO_DEEP', Array(33).fill('a').join('.')],
  ])('are refused with %s: %j', (code, key) => {
    expect(() => checkKey(key, ['x'])).toThrow(expect.objectContaining({ code, path: ['x'] }));
  });

  it.each(['a', 'a.', '\u{1f600}', 'a'.repeat(512), Array(32).fill('a').join('.')])('do not include %j', (key) => {
    expect(() => checkKey(key)).not.toThrow();
  });
});
