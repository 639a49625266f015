import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { xxhash32 } from '../hash/xxhash32.ts';
import type { JsonValue } from '../json/json-value.ts';
import { SummaError } from '../summa-error.ts';
import type { AlignedColumn } from './align-batch.ts';
import { decodeSegment, encodeSegment, type Segment, type SegmentContent } from './segment-codec.ts';
import { anyStep, anyValue, columnFrom, pointsOf } from './testing/any-column.ts';
import { reseal } from './testing/reseal.ts';

describe('encodeSegment', () => {
  it('writes version 1 of the format', () => {
    const steps = new Float64Array([3, 4]);
    const columns = new Map([[7, aligned([[1, 1.5]])]]);
    const bytes = encodeSegment({ steps, times: new Float64Array([2, 2]), columns });
    const content = [
      ...[0x53, 0x4d, 0x53, 0x01], // mark
      ...[2, 0, 0, 0, 1, 0, 0, 0], // two rows, one column
      ...[0, 0, 0, 0, 0, 0, 0, 0x08, 0x40, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f], // regular steps from 3.0 by 1.0
      ...[0, 0, 0, 0, 0, 0, 0, 0, 0x40], // the constant time 2.0
      ...[7, 0, 0, 0, 12, 0, 0, 0], // key 7 takes 12 bytes
      ...[1, 0b10], // a bitmap: only the second row has it
      ...[0, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f], // the constant 1.5
      0, // no other values
    ];
    const checksum = new Uint8Array(new Uint32Array([xxhash32(new Uint8Array(content))]).buffer);
    expect([...bytes]).toEqual([...content, ...checksum]);
  });

  it('gives back every row', () => {
    const roundTrip = fc.property(anySegment(), (content) => {
      expect(contentOf(decodeSegment(encodeSegment(content)))).toEqual(expectedOf(content));
    });
    fc.assert(roundTrip, { numRuns: 1000 });
  });

  it('stores few rows of many as a list and many as a bitmap', () => {
    const steps = new Float64Array(8000).map((_, i) => i);
    const size = (...columns: AlignedColumn[]) =>
      encodeSegment({ steps, times: steps, columns: new Map(columns.map((column, i) => [i + 1, column])) }).length;
    const none = size();
    const ones = (count: number) => aligned(Array.from({ length: count }, (_, i) => [i, 1]));
    const fixed = 8 + 1 + 9 + 1;
    expect(size(ones(3)) - none).toBe(fixed + 4 + 3 * 4);
    expect(size(ones(3000)) - none).toBe(fixed + 1000);
    expect(size(ones(8000)) - none).toBe(fixed);
  });

  it('refuses what could not be read again', () => {
    const content = { steps: new Float64Array([1, 2]), times: new Float64Array(2) };
    const encode = (keyId: number, column: AlignedColumn) =>
      encodeSegment({ ...content, columns: new Map([[keyId, column]]) });
    const numbers = new Float64Array(2);
    expect(() => encode(0, aligned([[0, 1]]))).toThrow('key id 0');
    expect(() => encode(1, aligned([[2, 1]]))).toThrow('row 2 is beyond');
    expect(() => encode(1, { rows: [1, 0], numbers, others: null })).toThrow('row 0 follows');
    expect(() => encode(1, { rows: [0], numbers, others: null })).toThrow('2 values in 1 rows');
  });

  it('refuses more rows than a segment may have', () => {
    const steps = new Float64Array(2 ** 20 + 1).map((_, i) => i);
    const encode = () => encodeSegment({ steps, times: steps, columns: new Map() });
    expect(encode).toThrow(expect.objectContaining({ code: 'TOO_MANY_ROWS' }));
  });
});

describe('decodeSegment', () => {
  it('has the times of the rows as the column of key 0, and nothing for a key that no row has', () => {
    const content = { steps: new Float64Array([2, 5]), times: new Float64Array([10.5, 11.25]), columns: new Map() };
    const segment = decodeSegment(encodeSegment(content));
    expect(segment.keyIds).toEqual([]);
    expect(segment.column(1)).toBeNull();
    expect(pointsOf(segment.column(0)?.column ?? columnFrom([]))).toEqual([
      [2, 10.5],
      [5, 11.25],
    ]);
  });

  it('finds every flipped bit', () => {
    const flipped = fc.property(anySegment(), fc.nat(), (content, place) => {
      const bytes = encodeSegment(content);
      const bit = place % (bytes.length * 8);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => decodeSegment(bytes)).toThrow(expect.objectContaining({ code: 'CORRUPT_DATA' }));
    });
    fc.assert(flipped, { numRuns: 2000 });
  });

  it('finds every truncation and every byte too many', () => {
    const columns = new Map([
      [
        1,
        aligned([
          [0, 'text'],
          [1, 0.1],
        ]),
      ],
    ]);
    const bytes = encodeSegment({ steps: new Float64Array([1, 2]), times: new Float64Array([3, 4]), columns });
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSegment(bytes.slice(0, length))).toThrow(SummaError);
    }
    expect(() => decodeSegment(new Uint8Array([...bytes, 0]))).toThrow(SummaError);
  });

  it('refuses arbitrary bytes', () => {
    const arbitrary = fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(() => decodeSegment(bytes)).toThrow(expect.objectContaining({ code: 'CORRUPT_DATA' }));
    });
    fc.assert(arbitrary, { numRuns: 2000 });
  });

  it('gives sound columns or CORRUPT_DATA for damage under a right checksum', () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
    const damage = fc.property(anySegment(), edits, (content, places) => {
      const bytes = encodeSegment(content);
      for (const [place, byte] of places) bytes[4 + (place % (bytes.length - 8))] = byte;
      expectSoundOrCorrupt(reseal(bytes));
    });
    fc.assert(damage, { numRuns: 2000 });
  });

  it('gives sound columns or CORRUPT_DATA for arbitrary content under a right checksum', () => {
    const content = fc.uint8Array({ maxLength: 60 });
    const arbitrary = fc.property(content, fc.nat(9), fc.nat(3), (bytes, rowCount, columnCount) => {
      const head = [0x53, 0x4d, 0x53, 0x01, rowCount, 0, 0, 0, columnCount, 0, 0, 0];
      const regular = [0, 0, 0, 0, 0, 0, 0, 0x08, 0x40, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f];
      expectSoundOrCorrupt(reseal(new Uint8Array([...head, ...regular, ...bytes, 0, 0, 0, 0])));
    });
    fc.assert(arbitrary, { numRuns: 3000 });
  });

  it('refuses counts that no segment has, before it makes room for them', () => {
    const bytes = encodeSegment({ steps: new Float64Array([1]), times: new Float64Array([2]), columns: new Map() });
    for (const place of [4, 8]) {
      const claimed = bytes.slice();
      new DataView(claimed.buffer).setUint32(place, 0xffff_ffff, true);
      expect(() => decodeSegment(reseal(claimed))).toThrow(expect.objectContaining({ code: 'CORRUPT_DATA' }));
    }
  });
});

function aligned(points: [row: number, value: JsonValue][]): AlignedColumn {
  const { steps, numbers, others } = columnFrom(points);
  return { rows: [...steps], numbers, others };
}

function anySegment(): fc.Arbitrary<SegmentContent> {
  const rows = fc.uniqueArray(anyStep, { maxLength: 20 }).map((steps) => new Float64Array(steps).sort());
  return rows.chain((steps) => {
    const times = fc.array(fc.double(), { minLength: steps.length, maxLength: steps.length });
    const points = fc.array(fc.tuple(fc.nat(Math.max(0, steps.length - 1)), anyValue), { maxLength: steps.length });
    const column = points.map((some) => aligned(steps.length === 0 ? [] : some));
    const columns = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 2 ** 32 - 1 }), column), {
      maxLength: 4,
      selector: ([keyId]) => keyId,
    });
    return fc.record({
      steps: fc.constant(steps),
      times: times.map((list) => new Float64Array(list)),
      columns: columns.map((entries) => new Map(entries)),
    });
  });
}

type Content = { rows: number[][]; columns: [keyId: number, points: [number, JsonValue, number | undefined][]][] };

function contentOf(segment: Segment): Content {
  return {
    rows: Array.from(segment.steps, (step, i) => [step, segment.times[i] ?? 0]),
    columns: segment.keyIds.map((keyId) => {
      const { column, times } = segment.column(keyId) ?? { column: columnFrom([]), times: new Float64Array(0) };
      return [keyId, pointsOf(column).map(([step, value], i) => [step, value, times[i]])];
    }),
  };
}

function expectedOf({ steps, times, columns }: SegmentContent): Content {
  return {
    rows: Array.from(steps, (step, i) => [step, times[i] ?? 0]),
    columns: [...columns].map(([keyId, { rows, numbers, others }]) => [
      keyId,
      Array.from(rows, (row, i): [number, JsonValue, number | undefined] => [
        steps[row] ?? -1,
        others?.get(i) ?? numbers[i] ?? 0,
        times[row],
      ]),
    ]),
  };
}

function expectSoundOrCorrupt(bytes: Uint8Array): void {
  try {
    const segment = decodeSegment(bytes);
    for (const keyId of segment.keyIds) {
      const decoded = segment.column(keyId);
      const { steps = [], numbers = [] } = decoded?.column ?? {};
      expect([numbers.length, decoded?.times.length]).toEqual([steps.length, steps.length]);
      expect(isAscendingPart(steps, segment.steps)).toBe(true);
    }
  } catch (error) {
    if (!(error instanceof SummaError)) throw error;
    expect(error.code).toBe('CORRUPT_DATA');
  }
}

function isAscendingPart(part: ArrayLike<number>, whole: Float64Array): boolean {
  let found = 0;
  for (let i = 0; i < whole.length && found < part.length; i++) if (whole[i] === part[found]) found++;
  return found === part.length;
}
