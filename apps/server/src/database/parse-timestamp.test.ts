import fc from 'fast-check';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { parseTimestamp } from './parse-timestamp.ts';

const byDriver = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ, 'text');

/** As Postgres writes a moment of UTC with microseconds: without zeros at the end. */
function written(ms: number, microseconds: number): string {
  const [day = '', time = ''] = new Date(ms).toISOString().split('T');
  const fraction = `${time.slice(9, 12)}${String(microseconds).padStart(3, '0')}`.replace(/0+$/, '');
  return `${day} ${time.slice(0, 8)}${fraction && `.${fraction}`}+00`;
}

describe('a timestamptz as text', () => {
  it.each([
    ['2026-11-26 02:31:00+00', '2026-11-26T02:31:00.000Z'],
    ['2026-11-26 02:31:07.5+00', '2026-11-26T02:31:07.500Z'],
    ['2026-11-26 02:31:07.057+00', '2026-11-26T02:31:07.057Z'],
    ['2024-02-29 23:59:59.999999+00', '2024-02-29T23:59:59.999Z'],
    ['0001-01-01 00:00:00+00', '0001-01-01T00:00:00.000Z'],
    ['0099-12-31 00:00:00.25+00', '0099-12-31T00:00:00.250Z'],
    ['2026-11-26 08:01:00+05:30', '2026-11-26T02:31:00.000Z'],
    ['2026-11-25 21:31:00.5-05', '2026-11-26T02:31:00.500Z'],
    ['12026-11-26 02:31:00+00', '+012026-11-26T02:31:00.000Z'],
    ['0044-03-15 12:00:00+00 BC', '-000043-03-15T12:00:00.000Z'],
  ])('%s is the moment %s', (text, moment) => {
    expect(parseTimestamp(text).toISOString()).toBe(moment);
  });

  it('without an end is what the driver has for it', () => {
    expect([parseTimestamp('infinity'), parseTimestamp('-infinity')]).toEqual([Infinity, -Infinity]);
  });

  it('is read back to the millisecond, whatever it is', () => {
    const from = Date.UTC(100, 0, 1);
    const to = Date.UTC(9999, 11, 31);
    fc.assert(
      fc.property(fc.integer({ min: from, max: to }), fc.integer({ min: 0, max: 999 }), (ms, microseconds) => {
        expect(parseTimestamp(written(ms, microseconds)).getTime()).toBe(ms);
      }),
    );
  });

  it('with whole milliseconds is what the driver makes of it', () => {
    for (let ms = 0; ms < 1000; ms++) {
      const text = written(Date.UTC(2026, 10, 26) + ms, 0);
      expect(parseTimestamp(text)).toEqual(byDriver(text));
    }
  });
});
