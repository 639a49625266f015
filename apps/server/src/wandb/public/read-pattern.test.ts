import { describe, expect, it } from 'vitest';
import { readPattern } from './read-pattern.ts';

describe('readPattern', () => {
  it.each<[pattern: string, operator: string, texts: string[]]>([
    ['abc', 'contains', ['abc']],
    ['.*abc.*', 'contains', ['abc']],
    ['^abc', 'startsWith', ['abc']],
    ['^abc.*$', 'startsWith', ['abc']],
    ['^.*abc', 'contains', ['abc']],
    ['^abc$', 'eq', ['abc']],
    ['a|b', 'contains', ['a', 'b']],
    ['^(a|b\\.1)$', 'eq', ['a', 'b.1']],
    ['^run-(?:1|2)x', 'startsWith', ['run-1x', 'run-2x']],
    ['^run-[12a-c]$', 'eq', ['run-1', 'run-2', 'run-a', 'run-b', 'run-c']],
    ['^ab?c$', 'eq', ['abc', 'ac']],
    ['', 'contains', ['']],
  ])('%j', (pattern, operator, texts) => {
    expect(readPattern(pattern)).toEqual(texts.map((text) => ({ operator, text })));
  });

  it.each([
    'a+',
    'a*',
    'a.b',
    '\\d',
    'end$',
    '^a|b',
    '(a',
    'a)',
    '[',
    '[^a]',
    '(?i)a',
    'a{2}',
    '[0-9][0-9][0-9]',
    '[z-a]',
    'a\\',
  ])('refuses %j', (pattern) => {
    expect(() => readPattern(pattern)).toThrow('is not supported');
  });
});
