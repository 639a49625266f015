import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeColumns } from './merge-columns.ts';
import { anyColumn, columnFrom, pointsOf } from './testing/any-column.ts';

describe('mergeColumns', () => {
  it('keeps the value that arrived last where steps meet', () => {
    const merged = mergeColumns([
      columnFrom([
        [1, 0.1],
        [2, 0.2],
        [4, 0.4],
      ]),
      columnFrom([
        [2, 'two'],
        [3, 0.3],
      ]),
      columnFrom([[4, 0.5]]),
    ]);
    expect(pointsOf(merged)).toEqual([
      [1, 0.1],
      [2, 'two'],
      [3, 0.3],
      [4, 0.5],
    ]);
  });

  it('replaces a text by a number and the other way round', () => {
    const text = columnFrom([[1, 'x']]);
    const number = columnFrom([[1, 7]]);
    expect(mergeColumns([text, number])).toEqual(number);
    expect(mergeColumns([number, text])).toEqual(text);
  });

  it('gives an empty column for none', () => {
    expect(pointsOf(mergeColumns([]))).toEqual([]);
    expect(pointsOf(mergeColumns([columnFrom([]), columnFrom([])]))).toEqual([]);
  });

  it('equals a map from step to value that is filled in order of arrival', () => {
    const model = fc.property(fc.array(anyColumn(), { maxLength: 6 }), (columns) => {
      const map = new Map(columns.flatMap(pointsOf));
      expect(pointsOf(mergeColumns(columns))).toEqual([...map].sort(([a], [b]) => a - b));
    });
    fc.assert(model, { numRuns: 1000 });
  });

  it('gives the same however arrivals are grouped', () => {
    const grouped = fc.property(fc.array(anyColumn(), { maxLength: 6 }), fc.nat(6), (columns, at) => {
      const [head, tail] = [columns.slice(0, at), columns.slice(at)];
      const merged = mergeColumns([mergeColumns(head), mergeColumns(tail)]);
      expect(pointsOf(merged)).toEqual(pointsOf(mergeColumns(columns)));
    });
    fc.assert(grouped, { numRuns: 1000 });
  });
});
