import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ancestorKeys, formatKey, isAtOrBelow, normalizeKey, parseKey } from './key-path.ts';

const element = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('.', '\\', 'a') }));
const anyPath = fc.array(element, { minLength: 1, maxLength: 5 });

describe('key text', () => {
  it('gives every path back', () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        expect(parseKey(formatKey(path))).toEqual(path);
      }),
      { numRuns: 1000 },
    );
  });

  it('has one form for every path', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('.', '\\', 'a') }), (text) => {
        expect(parseKey(normalizeKey(text))).toEqual(parseKey(text));
        expect(normalizeKey(normalizeKey(text))).toBe(normalizeKey(text));
      }),
    );
  });

  it.each([
    ['val/loss', ['val/loss']],
    ['val.per_class.3', ['val', 'per_class', '3']],
    ['a\\.b.c', ['a.b', 'c']],
    ['C:\\temp', ['C:\\temp']],
    ['a\\\\.b', ['a\\', 'b']],
    ['a\\\\\\.b', ['a\\.b']],
    ['a\\\\', ['a\\']],
    ['a\\\\\\\\b', ['a\\\\b']],
    ['a..b', ['a', '', 'b']],
  ])('%s stands for the path %j, and is how it is written', (text, path) => {
    expect(parseKey(text)).toEqual(path);
    expect(normalizeKey(text)).toBe(text.replace('\\\\\\\\b', '\\\\\\b'));
  });

  it('names the keys above, nearest first', () => {
    expect(ancestorKeys('a\\.b.c\\\\.d')).toEqual(['a\\.b.c\\\\', 'a\\.b']);
    expect(ancestorKeys('a')).toEqual([]);
  });

  it('tells what lies at or below a key, as the paths do', () => {
    fc.assert(
      fc.property(anyPath, anyPath, fc.boolean(), (path, other, extend) => {
        const inner = extend ? [...path, ...other] : other;
        const isBelow = path.every((name, i) => inner[i] === name);
        expect(isAtOrBelow(formatKey(inner), formatKey(path))).toBe(isBelow);
      }),
      { numRuns: 1000 },
    );
  });
});
