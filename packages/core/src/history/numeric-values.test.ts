import { describe, expect, it } from 'vitest';
import { numericValues } from './numeric-values.ts';
import { columnFrom } from './testing/any-column.ts';

describe('numericValues', () => {
  it('has numbers, booleans as 0 and 1 and bigints as float64, and leaves the rest out', () => {
    const column = columnFrom([
      [0, 'x'],
      [1, 0.5],
      [2, true],
      [3, false],
      [4, 2n ** 60n],
      [5, [1]],
      [6, NaN],
      [7, -Infinity],
    ]);
    expect([...numericValues(column)]).toEqual([0.5, 1, 0, 2 ** 60, NaN, -Infinity]);
  });
});
