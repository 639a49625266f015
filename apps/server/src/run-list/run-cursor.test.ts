import type { RunOrder } from '@summa/core/query/compare-runs';
import { describe, expect, it } from 'vitest';
import { type CursorValue, decodeCursor, encodeCursor, orderFingerprint } from './run-cursor.ts';

const runId = '019a0000-0000-7000-8000-000000000001';
const byLoss: RunOrder[] = [{ target: { section: 'summary', key: 'loss', statistic: 'VALUE' }, direction: 'ASC' }];
const byCreation: RunOrder[] = [{ target: { section: 'field', field: 'CREATED_AT' }, direction: 'DESC' }];
const byMinimum: RunOrder[] = [{ target: { section: 'summary', key: 'loss', statistic: 'MIN' }, direction: 'ASC' }];

function cursorOf(order: readonly RunOrder[], values: readonly CursorValue[], id = runId): string {
  return encodeCursor(orderFingerprint(order), { values, runId: id });
}

describe('a cursor of runs', () => {
  it.each([0.1, 5e-324, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 'é😀', '', true, null])(
    'keeps the value %s',
    (value) => {
      expect(decodeCursor(byLoss, cursorOf(byLoss, [value]), 'after')).toEqual({ values: [value], runId });
    },
  );

  it('is not taken by a list in another order', () => {
    const reversed: RunOrder[] = [{ ...byLoss[0], direction: 'DESC' } as RunOrder];
    for (const other of [byCreation, byMinimum, reversed, [], [...byLoss, ...byLoss]]) {
      expect(() => decodeCursor(other, cursorOf(byLoss, [1]), 'after')).toThrow(
        expect.objectContaining({ code: 'INVALID_CURSOR', path: ['after'] }),
      );
    }
  });

  const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const print = orderFingerprint(byLoss);
  it.each([
    ['nothing', ''],
    ['no base64', '%%%'],
    ['no JSON', Buffer.from('{"a"').toString('base64url')],
    ['JSON that is no cursor', json({ a: 1 })],
    ['too few parts', json([print, [1]])],
    ['a value too many', json([print, [1, 2], runId])],
    ['a value that is a list', json([print, [[1]], runId])],
    ['text that no database holds', json([print, ['a\0b'], runId])],
    ['a run id that is none', json([print, [1], "x'; DROP TABLE run; --"])],
    ['a cursor longer than any', 'A'.repeat(100_001)],
  ])('refuses %s', (_, text) => {
    expect(() => decodeCursor(byLoss, text, 'before')).toThrow(
      expect.objectContaining({ code: 'INVALID_CURSOR', path: ['before'] }),
    );
  });

  it('refuses a value that its level cannot have', () => {
    const wrong: [RunOrder[], CursorValue][] = [
      [byCreation, 'yesterday'],
      [byCreation, 0.5],
      [byCreation, 1e300],
      [byMinimum, 'a'],
      [byMinimum, true],
      [[{ target: { section: 'field', field: 'NAME' }, direction: 'ASC' }], 1],
    ];
    for (const [order, value] of wrong) {
      expect(() => decodeCursor(order, cursorOf(order, [value]), 'after')).toThrow(
        expect.objectContaining({ code: 'INVALID_CURSOR' }),
      );
    }
  });
});
