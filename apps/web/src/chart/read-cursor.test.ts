import { describe, expect, it } from 'vitest';
import { nearestIndex, readCursor } from './read-cursor.ts';

describe('nearestIndex', () => {
  it.each([
    [-5, 0],
    [1, 0],
    [14, 1],
    [16, 2],
    [15, 1],
    [99, 2],
  ])('for %d is %d', (wanted, index) => expect(nearestIndex([0, 10, 20], wanted)).toBe(index));

  it('is -1 in an empty list', () => expect(nearestIndex([], 1)).toBe(-1));
});

describe('readCursor', () => {
  const line = (id: string, x: number[], y: (number | null)[]) => ({ id, label: id, colour: id, dash: [], x, y });

  it('puts the greatest value first, and leaves out lines that end before or have a gap there', () => {
    const lines = [
      line('low', [0, 10], [1, 2]),
      line('high', [0, 11], [5, 6]),
      line('ended', [0, 5], [9, 9]),
      line('gap', [0, 10], [1, null]),
    ];
    expect(readCursor(lines, 10).map(({ id, value }) => [id, value])).toEqual([
      ['high', 6],
      ['low', 2],
    ]);
  });
});
