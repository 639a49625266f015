import { describe, expect, it } from 'vitest';
import { oneLine, readTyped, typedValue } from './value-form.ts';

describe('readTyped', () => {
  it.each([
    [{ kind: 'number', text: ' 1e-4 ' }, 0.0001],
    [{ kind: 'number', text: 'nan' }, Number.NaN],
    [{ kind: 'number', text: '-inf' }, Number.NEGATIVE_INFINITY],
    [{ kind: 'number', text: '12345678901234567890' }, 12345678901234567890n],
    [{ kind: 'text', text: ' 1 ' }, ' 1 '],
    [{ kind: 'boolean', text: 'true' }, true],
    [{ kind: 'json', text: '{"a": [1, NaN]}' }, { a: [1, Number.NaN] }],
  ] as const)('of %o is %o', (typed, value) => expect(readTyped(typed)).toEqual({ value }));

  it.each([
    { kind: 'number', text: '' },
    { kind: 'number', text: 'high' },
    { kind: 'number', text: '0x10' },
    { kind: 'json', text: '{a: 1}' },
    { kind: 'json', text: 'null' },
  ] as const)('says what is wrong with %o', (typed) => expect(readTyped(typed)).toHaveProperty('problem'));
});

describe('typedValue', () => {
  it.each([
    [0.5, { kind: 'number', text: '0.5' }],
    [Number.NaN, { kind: 'number', text: 'NaN' }],
    [false, { kind: 'boolean', text: 'false' }],
    ['a text', { kind: 'text', text: 'a text' }],
    [{ a: 1 }, { kind: 'json', text: '{\n  "a": 1\n}' }],
  ] as const)('of %o is read back as it was', (value, typed) => {
    expect(typedValue(value)).toEqual(typed);
    expect(readTyped(typedValue(value))).toEqual({ value });
  });
});

describe('oneLine', () => {
  it('is one line, cut with an ellipsis', () => {
    expect(oneLine('a\n  b')).toBe('a b');
    expect(oneLine({ a: [1, 2] })).toBe('{ "a": [1, 2] }');
    expect(oneLine('x'.repeat(100), 5)).toBe('xxxx…');
  });
});
