import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { xxhash32 } from '../hash/xxhash32.ts';
import { SummaError } from '../summa-error.ts';
import type { Column } from './column.ts';
import { decodeColumn, encodeColumn } from './column-codec.ts';
import { anyColumn, columnFrom, pointsOf } from './testing/any-column.ts';
import { reseal } from './testing/reseal.ts';

describe('encodeColumn', () => {
  it('writes version 1 of the format', () => {
    const bytes = encodeColumn(columnFrom([[3, 1.5]]));
    const content = [
      ...[0x53, 0x4d, 0x43, 0x01], // mark
      ...[1, 0, 0, 0], // one point
      ...[0, 0, 0, 0, 0, 0, 0, 0x08, 0x40, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f], // regular steps from 3.0 by 1.0
      ...[0, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f], // the constant 1.5
      0, // no other values
    ];
    const checksum = new Uint8Array(new Uint32Array([xxhash32(new Uint8Array(content))]).buffer);
    expect([...bytes]).toEqual([...content, ...checksum]);
  });

  it('gives back every column', () => {
    const roundTrip = fc.property(anyColumn(40), (column) => {
      expect(pointsOf(decodeColumn(encodeColumn(column)))).toEqual(pointsOf(column));
    });
    fc.assert(roundTrip, { numRuns: 1000 });
  });

  it('keeps the sign of zero and NaN in each encoding of numbers', () => {
    for (const partners of [[], [1], [0.1]]) {
      const numbers = new Float64Array([-0, -0, ...partners.flatMap((partner) => [Number.NaN, 0, partner])]);
      const steps = numbers.map((_, i) => i);
      expect([...decodeColumn(encodeColumn({ steps, numbers, others: null })).numbers]).toEqual([...numbers]);
    }
  });

  it('keeps text with line breaks, quotes and characters beyond U+FFFF', () => {
    const column = columnFrom([
      [1, 'a\nb\r\n"\\"'],
      [2, '\u{1f600}\ufeff\u2028'],
      [5, '\ud800 alone'],
    ]);
    expect(pointsOf(decodeColumn(encodeColumn(column)))).toEqual(pointsOf(column));
  });

  it('takes 8 bytes a point for float64, 4 where float32 is exact, none for a constant', () => {
    const size = (value: (i: number) => number) => {
      const steps = new Float64Array(1000).map((_, i) => i);
      return encodeColumn({ steps, numbers: steps.map((i) => value(i)), others: null }).length;
    };
    const fixed = 4 + 4 + 17 + 1 + 1 + 4;
    expect(size((i) => i / 10)).toBe(fixed + 8000);
    expect(size((i) => i / 8)).toBe(fixed + 4000);
    expect(size(() => 0.1)).toBe(fixed + 8);
  });

  it('takes 1, 2, 4 or 8 bytes a step where steps are irregular', () => {
    const size = (gap: number) =>
      encodeColumn({ steps: new Float64Array([0, 1, 1 + gap]), numbers: new Float64Array(3), others: null }).length;
    const fixed = 4 + 4 + 9 + 9 + 1 + 4;
    expect([2 ** 8 - 1, 2 ** 16 - 1, 2 ** 32 - 1, 2 ** 40].map(size)).toEqual(
      [2, 4, 8, 16].map((gaps) => fixed + gaps),
    );
  });

  it('refuses steps that do not ascend, so that nothing unreadable is stored', () => {
    const column = (...steps: number[]): Column => ({
      steps: new Float64Array(steps),
      numbers: new Float64Array(steps.length),
      others: null,
    });
    for (const steps of [[1, 1], [2, 1], [-1], [0.5], [1, Number.NaN], [2 ** 53]]) {
      expect(() => encodeColumn(column(...steps))).toThrow(RangeError);
    }
  });
});

describe('decodeColumn', () => {
  it('reads a body that lies anywhere in a larger buffer', () => {
    const column = columnFrom([
      [1, 0.1],
      [4, 'x'],
      [9, 0.3],
    ]);
    const bytes = encodeColumn(column);
    const larger = new Uint8Array(bytes.length + 10).fill(0xff);
    larger.set(bytes, 3);
    expect(pointsOf(decodeColumn(larger.subarray(3, 3 + bytes.length)))).toEqual(pointsOf(column));
  });

  it('finds every flipped bit', () => {
    const flipped = fc.property(anyColumn(), fc.nat(), (column, place) => {
      const bytes = encodeColumn(column);
      const bit = place % (bytes.length * 8);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expectCorrupt(() => decodeColumn(bytes));
    });
    fc.assert(flipped, { numRuns: 3000 });
  });

  it('finds every truncation', () => {
    const bytes = encodeColumn(
      columnFrom([
        [1, 0.1],
        [4, 'text'],
        [9, 0.3],
      ]),
    );
    for (let length = 0; length < bytes.length; length++) expectCorrupt(() => decodeColumn(bytes.slice(0, length)));
  });

  it('refuses arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => expectCorrupt(() => decodeColumn(bytes))),
      { numRuns: 2000 },
    );
  });

  it('gives a sound column or CORRUPT_DATA for damage under a right checksum', () => {
    const damage = fc.property(
      anyColumn(8),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      (column, edits) => {
        const bytes = encodeColumn(column);
        for (const [place, byte] of edits) bytes[4 + (place % (bytes.length - 8))] = byte;
        expectSoundOrCorrupt(reseal(bytes));
      },
    );
    fc.assert(damage, { numRuns: 3000 });
  });

  it('gives a sound column or CORRUPT_DATA for arbitrary content under a right checksum', () => {
    const arbitrary = fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(40), (content, count) => {
      const bytes = new Uint8Array([0x53, 0x4d, 0x43, 0x01, count, 0, 0, 0, ...content, 0, 0, 0, 0]);
      expectSoundOrCorrupt(reseal(bytes));
    });
    fc.assert(arbitrary, { numRuns: 5000 });
  });

  it('refuses a body that claims more points than any body has, before it makes room for them', () => {
    const bytes = encodeColumn(columnFrom([[1, 0.5]]));
    for (const count of [2 ** 20 + 1, 2 ** 32 - 1]) {
      new DataView(bytes.buffer).setUint32(4, count, true);
      expectCorrupt(() => decodeColumn(reseal(bytes)));
    }
  });
});

function expectSoundOrCorrupt(bytes: Uint8Array): void {
  try {
    const { steps, numbers, others } = decodeColumn(bytes);
    expect(numbers.length).toBe(steps.length);
    expect(steps.every((step, i) => Number.isSafeInteger(step) && step > (steps[i - 1] ?? -1))).toBe(true);
    for (const [i, value] of others ?? []) {
      expect(numbers[i]).toBeNaN();
      expect(value === null || typeof value === 'number').toBe(false);
    }
  } catch (error) {
    if (!(error instanceof SummaError)) throw error;
    expect(error.code).toBe('CORRUPT_DATA');
  }
}

function expectCorrupt(decode: () => unknown): void {
  expect(decode).toThrow(expect.objectContaining({ code: 'CORRUPT_DATA' }));
}
