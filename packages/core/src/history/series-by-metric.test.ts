import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from './column.ts';
import { seriesByMetric } from './series-by-metric.ts';
import { anyColumn, columnFrom } from './testing/any-column.ts';

describe('seriesByMetric', () => {
  const y = columnFrom([
    [1, 0.1],
    [2, 0.2],
    [4, 0.4],
    [5, 'none'],
    [6, 0.6],
  ]);
  const x = columnFrom([
    [2, 20],
    [3, 30],
    [5, 50],
    [6, 'unknown'],
  ]);

  it('joins at the same step', () => {
    expect(joined(y, x, false)).toEqual([[2, 20, 0.2]]);
  });

  it('joins with the last number at or before the step when asked', () => {
    expect(joined(y, x, true)).toEqual([
      [2, 20, 0.2],
      [4, 30, 0.4],
      [6, 50, 0.6],
    ]);
  });

  it('keeps NaN and takes booleans as 0 and 1', () => {
    const points = joined(
      columnFrom([
        [1, NaN],
        [2, true],
      ]),
      columnFrom([
        [1, false],
        [2, Infinity],
      ]),
      false,
    );
    expect(points).toEqual([
      [1, 0, NaN],
      [2, Infinity, 1],
    ]);
  });

  it('equals a search for each point', () => {
    const searched = fc.property(anyColumn(20, fc.double()), anyColumn(20, fc.double()), fc.boolean(), (y, x, asOf) => {
      const expected = Array.from(y.steps, (step, i) => {
        const at = x.steps.findLastIndex((other) => (asOf ? other <= step : other === step));
        return at < 0 ? [] : [[step, x.numbers[at], y.numbers[i]]];
      });
      expect(joined(y, x, asOf)).toEqual(expected.flat());
    });
    fc.assert(searched, { numRuns: 500 });
  });
});

function joined(y: Column, x: Column, asOf: boolean): unknown[] {
  const series = seriesByMetric(y, x, { asOf });
  return Array.from(series.steps, (step, i) => [step, series.x[i], series.y[i]]);
}
