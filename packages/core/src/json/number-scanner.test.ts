import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteCursor } from './byte-cursor.ts';
import { NumberScanner } from './number-scanner.ts';
import { encodeUtf8 } from './utf8.ts';

const scanner = new NumberScanner();

/** What is read at the beginning of a text, and where it ends. */
function scan(text: string): [number, number] {
  const cursor = new ByteCursor(encodeUtf8(text), 0);
  return [scanner.read(cursor), cursor.at];
}

const anyDigits = fc.stringMatching(/^(0|[1-9][0-9]{0,20})$/);
const anyDecimal = fc
  .tuple(
    fc.constantFrom('', '-'),
    anyDigits,
    fc.stringMatching(/^(\.[0-9]{1,25})?$/),
    fc.stringMatching(/^([eE][+-]?[0-9]{1,3})?$/),
  )
  .filter(([, whole, fraction, exponent]) => whole.length <= 15 || fraction !== '' || exponent !== '')
  .map((parts) => parts.join(''));

describe('a number in bytes', () => {
  it('is the float64 that JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const text = JSON.stringify(number);
        const isBeyond = Math.abs(number) > Number.MAX_SAFE_INTEGER && !text.includes('e');
        expect(scan(text)).toEqual(isBeyond ? [Number.NaN, 0] : [JSON.parse(text), text.length]);
      }),
      { numRuns: 20_000 },
    );
  });

  it('is that for any digits, point and exponent too', () => {
    fc.assert(
      fc.property(anyDecimal, (text) => {
        expect(scan(`${text},`)).toEqual([JSON.parse(text), text.length]);
      }),
      { numRuns: 20_000 },
    );
  });

  it('is that when it lies next to the middle between two float64', () => {
    // Halfway between neighbours from 2^53 on: whole numbers, which have all their digits with a point behind them.
    fc.assert(
      fc.property(fc.bigInt(2n ** 53n, 10n ** 17n - 1n), fc.nat({ max: 22 }), (digits, fraction) => {
        const padded = String(digits).padStart(fraction + 1, '0');
        const text = fraction === 0 ? `${digits}.0` : `${padded.slice(0, -fraction)}.${padded.slice(-fraction)}`;
        expect(scan(text)).toEqual([JSON.parse(text), text.length]);
      }),
      { numRuns: 20_000 },
    );
    for (const text of [
      '9007199254740993.0',
      '9007199254740992.5',
      '4503599627370497.5',
      '0.500000000000000055511151231257827',
    ]) {
      expect(scan(text)).toEqual([JSON.parse(text), text.length]);
    }
  });

  it('keeps the sign of zero, and is infinite beyond the largest float64', () => {
    expect(scan('-0')).toEqual([-0, 2]);
    expect(scan('-0.000')).toEqual([-0, 6]);
    expect(scan('1e999')).toEqual([Number.POSITIVE_INFINITY, 5]);
  });

  it.each([
    '',
    '-',
    '01',
    '00.5',
    '.5',
    '1.',
    '1.e5',
    '1e',
    '1e+',
    '+1',
    'NaN',
    '"1"',
    'null',
    '9007199254740992',
    '12345678901234567890',
    '-9007199254740993',
  ])('is none in %s', (text) => expect(scan(text)).toEqual([Number.NaN, 0]));
});
