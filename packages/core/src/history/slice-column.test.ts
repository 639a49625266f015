import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeColumns } from './merge-columns.ts';
import { overlapsSteps, sliceColumn, splitColumn } from './slice-column.ts';
import { anyColumn, anyOther, anyStep, columnFrom, pointsOf } from './testing/any-column.ts';

describe('sliceColumn', () => {
  it('takes both ends of the range', () => {
    const column = columnFrom([
      [1, 0.1],
      [3, 'three'],
      [5, 0.5],
      [7, true],
    ]);
    expect(pointsOf(sliceColumn(column, { fromStep: 3, toStep: 5 }))).toEqual([
      [3, 'three'],
      [5, 0.5],
    ]);
    expect(pointsOf(sliceColumn(column, { fromStep: 6, toStep: Infinity }))).toEqual([[7, true]]);
  });

  it('is empty where the range is empty or runs backwards', () => {
    const column = columnFrom([
      [1, 0.1],
      [3, 'x'],
    ]);
    expect(pointsOf(sliceColumn(column, { fromStep: 2, toStep: 2 }))).toEqual([]);
    expect(pointsOf(sliceColumn(column, { fromStep: 3, toStep: 1 }))).toEqual([]);
  });

  it('takes the points that a filter by step would', () => {
    const filtered = fc.property(anyColumn(), anyStep, anyStep, (column, fromStep, toStep) => {
      const expected = pointsOf(column).filter(([step]) => step >= fromStep && step <= toStep);
      expect(pointsOf(sliceColumn(column, { fromStep, toStep }))).toEqual(expected);
    });
    fc.assert(filtered, { numRuns: 1000 });
  });
});

describe('splitColumn', () => {
  it('cuts into pieces of the size, the last with what is left', () => {
    const column = columnFrom([
      [1, 0.1],
      [2, 'b'],
      [3, 0.3],
      [4, 'd'],
      [5, 0.5],
    ]);
    expect(splitColumn(column, 2).map(pointsOf)).toEqual([
      [
        [1, 0.1],
        [2, 'b'],
      ],
      [
        [3, 0.3],
        [4, 'd'],
      ],
      [[5, 0.5]],
    ]);
  });

  it('makes pieces that merge to the column, whether numbers or text', () => {
    const pieces = fc.property(
      fc.oneof(anyColumn(), anyColumn(20, anyOther)),
      fc.integer({ min: 1, max: 7 }),
      (column, size) => {
        const split = splitColumn(column, size);
        expect(split.every((piece) => piece.steps.length >= 1 && piece.steps.length <= size)).toBe(true);
        expect(pointsOf(mergeColumns(split))).toEqual(pointsOf(column));
      },
    );
    fc.assert(pieces, { numRuns: 500 });
  });
});

describe('overlapsSteps', () => {
  it('is whether the two have a step in common', () => {
    const common = fc.property(anyColumn(), anyColumn(), (existing, { steps }) => {
      expect(overlapsSteps(existing, steps)).toBe(steps.some((step) => existing.steps.includes(step)));
    });
    fc.assert(common, { numRuns: 1000 });
  });
});
