import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../json/json-value.ts';
import { compareRuns } from './compare-runs.ts';
import { parseOrder } from './parse-order.ts';
import { anyRun, runOf } from './testing/any-run.ts';

describe('compareRuns', () => {
  const values: JsonValue[] = [
    NaN,
    'b',
    2,
    true,
    null,
    -Infinity,
    'B',
    '\u{1f600}',
    false,
    2n ** 60n,
    Infinity,
    [1],
    '\uff5e',
    10,
  ];

  it('puts numbers before text before booleans, and what has no order last', () => {
    expect(sorted(values, 'ASC')).toEqual([
      -Infinity,
      2,
      10,
      2n ** 60n,
      Infinity,
      'B',
      'b',
      '\uff5e',
      '\u{1f600}',
      false,
      true,
      NaN,
      null,
      [1],
    ]);
  });

  it('turns the order of values around, but leaves what has no order last', () => {
    expect(sorted(values, 'DESC')).toEqual([
      true,
      false,
      '\u{1f600}',
      '\uff5e',
      'b',
      'B',
      Infinity,
      2n ** 60n,
      10,
      2,
      -Infinity,
      NaN,
      null,
      [1],
    ]);
  });

  it('goes on to the next level among equals, and ends with the run id, ascending', () => {
    const runs = [
      runOf({ id: 'd', config: { a: 1, b: 1 } }),
      runOf({ id: 'c', config: { a: -0, b: 2 } }),
      runOf({ id: 'b', config: { a: 0, b: 2 } }),
      runOf({ id: 'a', config: { a: 0, b: 3 } }),
    ];
    const order = parseOrder([{ config: 'a' }, { config: 'b', direction: 'DESC' }]);
    expect(runs.sort(compareRuns(order)).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
    expect(runs.sort(compareRuns([])).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is a total order', () => {
    const level = fc.record({ config: fc.constantFrom('a', 'b'), direction: fc.constantFrom('ASC', 'DESC') });
    const total = fc.property(fc.array(level, { maxLength: 3 }), anyRun, anyRun, anyRun, (levels, a, b, c) => {
      const compare = compareRuns(parseOrder(levels));
      expect(compare(a, a)).toBe(0);
      expect(Math.sign(compare(a, b)) + Math.sign(compare(b, a))).toBe(0);
      expect(compare(a, b) === 0).toBe(a.id === b.id);
      if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
    });
    fc.assert(total, { numRuns: 1000 });
  });
});

function sorted(values: readonly JsonValue[], direction: 'ASC' | 'DESC'): (JsonValue | undefined)[] {
  const runs = values.map((a, i) => runOf({ id: String.fromCharCode(97 + i), config: { a } }));
  return runs.sort(compareRuns(parseOrder([{ config: 'a', direction }]))).map((run) => run.config('a'));
}
