import { describe, expect, it } from 'vitest';
import { parseTime } from './parse-time.ts';

describe('parseTime', () => {
  it('takes seconds since 1970 as they are', () => {
    expect([0, 1772366400.25].map((seconds) => parseTime(seconds, []))).toEqual([0, 1772366400.25]);
  });

  it('reads ISO 8601 text with an offset, to the last digit of its fraction', () => {
    expect(parseTime('2026-03-01T12:00:00Z', [])).toBe(1772366400);
    expect(parseTime('2026-03-01T14:00+02:00', [])).toBe(1772366400);
    expect(parseTime('2026-03-01T12:00:00.250125Z', [])).toBe(1772366400.250125);
    expect(parseTime('2024-02-29T00:00:00Z', [])).toBe(1709164800);
  });

  it.each([
    ['yesterday'],
    [''],
    ['12'],
    ['2026-03-01'],
    ['2026-03-01T12:00:00'],
    ['2026-02-30T12:00:00Z'],
    ['2026-13-01T12:00:00Z'],
    ['2026-03-01T25:00:00Z'],
    [-1],
    [1772366400_000],
    [Number.NaN],
    [null],
    [undefined],
    [true],
  ])('refuses %o and names the place', (value) => {
    const refused = expect.objectContaining({ code: 'INVALID_ROW', path: ['rows', 3] });
    expect(() => parseTime(value, ['rows', 3])).toThrow(refused);
  });
});
