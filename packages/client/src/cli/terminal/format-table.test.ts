import { describe, expect, it } from 'vitest';
import { formatCell, formatNumber, formatTime } from './format-cell.ts';
import { formatTable } from './format-table.ts';
import { styleOf } from './style.ts';
import { cutToWidth, printable, textWidth } from './text-width.ts';

const plain = styleOf({ write: () => true }, {});
const free = { width: null, style: plain };

describe('formatTable', () => {
  it('puts texts to the left and numbers below each other at their points', () => {
    const columns = [
      { header: 'name', cells: ['sgd', 'adam-wide'] },
      { header: 'lr', cells: ['0.05', '1.5e-5'], isNumeric: true },
      { header: 'steps', cells: ['7', '1200'], isNumeric: true },
    ];
    expect(formatTable(columns, free)).toEqual({
      text: [
        'name           lr  steps', //
        'sgd        0.05        7',
        'adam-wide  1.5e-5   1200',
      ].join('\n'),
      leftOut: 0,
    });
  });

  it('counts wide characters as two columns', () => {
    const columns = [
      { header: 'a', cells: ['訓練', 'xy'] },
      { header: 'b', cells: ['1', '2'] },
    ];
    expect(formatTable(columns, free).text).toBe('a     b\n訓練  1\nxy    2');
  });

  it('cuts the widest texts on a narrow terminal, then leaves out columns from the right and says how many', () => {
    const columns = [
      { header: 'name', cells: ['a-very-long-name'] },
      { header: 'x', cells: ['123456'], isNumeric: true },
      { header: 'y', cells: ['123456'], isNumeric: true },
    ];
    expect(formatTable(columns, { ...free, width: 28 })).toMatchObject({
      leftOut: 0,
      text: expect.stringContaining('a-very-long…'),
    });
    expect(formatTable(columns, { ...free, width: 20 })).toMatchObject({
      leftOut: 1,
      text: expect.stringContaining('a-very-long…'),
    });
    const tiny = formatTable(columns, { ...free, width: 4 });
    expect(tiny).toEqual({ text: 'name\na-v…', leftOut: 2 });
  });

  it('has nothing but headers without rows', () => {
    expect(formatTable([{ header: 'name', cells: [] }], free).text).toBe('name');
  });
});

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [42, '42'],
    [3_000_000, '3000000'],
    [0.9777777791023254, '0.97778'],
    [0.1, '0.1'],
    [0.05, '0.05'],
    [-1.25, '-1.25'],
    [123456.789, '123457'],
    [99999.6, '100000'],
    [0.000012043, '1.2043e-5'],
    [0.0001, '1e-4'],
    [3.1862067145227444e-7, '3.1862e-7'],
    [1e21, '1e21'],
    [4.3604e15, '4.3604e15'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
  ])('of %d is %s', (number, text) => {
    expect(formatNumber(number)).toBe(text);
  });
});

describe('formatCell', () => {
  it('draws no control character of a name, so that no name can paint the terminal', () => {
    expect(formatCell('a\u001b[31mred\nb')).toBe('a\ufffd[31mred b');
    expect(printable('\u202eabc\u0007')).toBe('\ufffdabc\ufffd');
  });

  it('writes lists and objects as JSON, whole numbers digit by digit, and nothing for null', () => {
    expect([[1, 'a'], { b: true }, 12345678901234567890n, null, undefined].map(formatCell)).toEqual([
      '[1,"a"]',
      '{"b":true}',
      '12345678901234567890',
      '',
      '',
    ]);
  });

  it('writes times to the minute', () => {
    expect(formatTime(new Date(2026, 2, 1, 14, 5, 59).toISOString())).toBe('2026-03-01 14:05');
    expect(formatTime(null)).toBe('');
  });
});

describe('textWidth', () => {
  it.each([
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['訓練', 4],
    ['🚀', 2],
    ['👩‍🔬', 2],
    ['…', 1],
  ])('of %s is %i', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });

  it('cuts between characters, never within one', () => {
    expect([cutToWidth('訓練中', 4), cutToWidth('abc', 3), cutToWidth('abcd', 3)]).toEqual(['訓…', 'abc', 'ab…']);
  });
});

describe('styleOf', () => {
  it('paints on a terminal, unless NO_COLOR is set or the terminal is dumb', () => {
    const terminal = { write: () => true, isTTY: true };
    expect(styleOf(terminal, {}).red('x')).toBe('\u001b[31mx\u001b[39m');
    const others = [styleOf(terminal, { NO_COLOR: '1' }), styleOf(terminal, { TERM: 'dumb' }), plain];
    expect(others.map((style) => style.red('x'))).toEqual(['x', 'x', 'x']);
  });
});
