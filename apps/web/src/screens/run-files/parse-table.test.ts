import { describe, expect, it } from 'vitest';
import { parseSeparated, readStoredTable } from './parse-table.ts';

describe('a table of separated values', () => {
  it('names its columns first', () => {
    expect(parseSeparated('a,b\n1,2\n3,4\n', ',', false)).toEqual({
      columns: ['a', 'b'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
      hasMore: false,
    });
  });

  it('has quoted values with separators, line ends and quotes in them', () => {
    expect(parseSeparated('x\r\n"a,""b""\nc"\r\nplain "quote"', ',', false).rows).toEqual([
      ['a,"b"\nc'],
      ['plain "quote"'],
    ]);
  });

  it('keeps empty values, and no empty lines', () => {
    expect(parseSeparated('a\tb\n\n1\t\n', '\t', false).rows).toEqual([['1', '']]);
  });

  it('of which only the start is there shows no half record', () => {
    expect(parseSeparated('a,b\n1,2\n3', ',', true)).toEqual({
      columns: ['a', 'b'],
      rows: [['1', '2']],
      hasMore: true,
    });
  });

  it('of any length shows its first thousand rows', () => {
    const table = parseSeparated(`n\n${'1\n'.repeat(5_000)}`, ',', false);
    expect([table.rows.length, table.hasMore]).toEqual([1_000, true]);
  });
});

describe('a stored table', () => {
  it('is read as it was stored', () => {
    expect(readStoredTable({ columns: ['id', 2], data: [[1, 'cat']] })).toEqual({
      columns: ['id', '2'],
      rows: [[1, 'cat']],
      hasMore: false,
    });
  });

  it('that is no table is none', () => {
    expect(readStoredTable([1])).toBeNull();
    expect(readStoredTable({ columns: ['a'], data: [1] })).toBeNull();
  });
});
