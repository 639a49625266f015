import { describe, expect, it } from 'vitest';
import { countOf, formatNumber, splitAtPoint } from './format-number.ts';

describe('formatNumber', () => {
  it.each([
    [0.977778, '0.9778'],
    [0.00001204, '1.204e-5'],
    [12_300, '12.3k'],
    [12_345, '12.35k'],
    [9_999, '9999'],
    [9_999.96, '10k'],
    [1, '1'],
    [-1, '-1'],
    [0.5, '0.5'],
    [0.001, '0.001'],
    [0.00099996, '1e-3'],
    [123.456, '123.5'],
    [1_500_000, '1.5M'],
    [999_950_000, '1G'],
    [7_241_000_000, '7.241G'],
    [2.5e15, '2.5e15'],
    [-1.7976931348623157e308, '-1.798e308'],
    [0, '0'],
  ])('shows %d as %s', (value, text) => expect(formatNumber(value).text).toBe(text));

  it('keeps all digits for the clipboard', () => {
    expect(formatNumber(0.1 + 0.2).full).toBe('0.30000000000000004');
    expect(formatNumber(9_007_199_254_740_993n)).toEqual({
      text: '9.007e15',
      full: '9007199254740993',
      kind: 'finite',
    });
    expect(formatNumber(-0).full).toBe('0');
  });

  it('says what JSON lacks, in both spellings', () => {
    for (const nan of [Number.NaN, 'NaN']) expect(formatNumber(nan)).toEqual({ text: 'NaN', full: 'NaN', kind: 'nan' });
    expect(formatNumber('-Infinity')).toEqual({ text: '-∞', full: '-Infinity', kind: 'infinite' });
    expect(formatNumber(Number.POSITIVE_INFINITY)).toEqual({ text: '∞', full: 'Infinity', kind: 'infinite' });
  });

  it('takes a whole number of 400 digits for a finite one', () => {
    expect(formatNumber(10n ** 400n).kind).toBe('finite');
  });
});

describe('splitAtPoint', () => {
  it.each([
    ['0.9778', '0', '.9778'],
    ['-12.3k', '-12', '.3k'],
    ['9999', '9999', ''],
    ['1e-3', '1', 'e-3'],
    ['NaN', 'NaN', ''],
  ])('cuts %s', (text, whole, rest) => expect(splitAtPoint(text)).toEqual([whole, rest]));
});

describe('countOf', () => {
  it('knows one from many', () => {
    expect([countOf(1, 'run'), countOf(0, 'run'), countOf(12_345, 'entity', 'entities')]).toEqual([
      '1 run',
      '0 runs',
      '12,345 entities',
    ]);
  });
});
