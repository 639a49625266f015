import { describe, expect, it } from 'vitest';
import { nearestIndex, nearestTo, readCursor, valuesAround } from './read-cursor.ts';

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

const values = [5, 4, 3, 2, 1].map((value) => ({ id: `v${value}`, label: '', colour: '', value }));

it('takes the value that is nearest to the height of the pointer', () => {
  expect(nearestTo(values, 3.4)?.id).toBe('v3');
  expect(nearestTo([], 1)).toBeUndefined();
});

it('shows the values around the one that is pointed at, and never fewer than there is room for', () => {
  const shown = (middle: number | undefined, most: number) =>
    valuesAround(values, middle === undefined ? undefined : values[middle], most).map(({ value }) => value);
  expect(shown(2, 3)).toEqual([4, 3, 2]);
  expect(shown(4, 3)).toEqual([3, 2, 1]);
  expect(shown(undefined, 2)).toEqual([5, 4]);
  expect(shown(0, 10)).toEqual([5, 4, 3, 2, 1]);
});
