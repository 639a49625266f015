import { describe, expect, it } from 'vitest';
import { readLines, readLogSearch, writeLines } from './log-search.ts';

describe('what the URL says of a console', () => {
  it('is read as it is meant', () => {
    const search = { source: '1', levels: ['ERROR', 'WARN'], q: 'nan', only: true, wrap: true, line: '12-20' };
    expect(readLogSearch(search)).toEqual({ ...search, levels: ['WARN', 'ERROR'] });
  });

  it('takes a line that the router read as a number', () => {
    expect(readLogSearch({ line: 7 })).toEqual({ line: '7' });
  });

  it('leaves out what it cannot mean, and what says nothing', () => {
    const all = ['DEBUG', 'INFO', 'WARN', 'ERROR'];
    expect(readLogSearch({ levels: all, q: '', only: 'yes', wrap: false, line: 'x', source: 3 })).toEqual({});
    expect(readLogSearch({ levels: ['LOUD'], line: '0' })).toEqual({});
  });
});

describe('lines in the URL', () => {
  it.each([
    ['1', { from: 0, to: 0 }],
    ['12-20', { from: 11, to: 19 }],
    ['20-12', { from: 11, to: 19 }],
    ['1,000,000', { from: 999_999, to: 999_999 }],
  ])('%s counts from 1', (text, range) => {
    expect(readLines(text)).toEqual(range);
  });

  it('are written as they are read', () => {
    expect(writeLines({ from: 4, to: 4 })).toBe('5');
    expect(writeLines({ from: 4, to: 9 })).toBe('5-10');
  });
});
