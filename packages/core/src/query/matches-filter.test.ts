import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../json/json-value.ts';
import { matchesFilter } from './matches-filter.ts';
import { parseFilter } from './parse-filter.ts';
import type { RunFilter } from './run-filter.ts';
import type { RunView } from './run-view.ts';
import { anyRun, runOf } from './testing/any-run.ts';

describe('matchesFilter', () => {
  it.each<[value: JsonValue | undefined, condition: object, holds: boolean]>([
    [1, { eq: 1 }, true],
    [1, { eq: 2 }, false],
    [1, { ne: 2 }, true],
    [1, { ne: 1 }, false],
    [0, { eq: -0 }, true],
    [-0, { lt: 0 }, false],
    [1, { lt: 1 }, false],
    [1, { le: 1 }, true],
    [1, { gt: 0.5 }, true],
    [1, { ge: 1.5 }, false],
    [Infinity, { gt: 1e308 }, true],
    [Infinity, { eq: 'Infinity' }, true],
    [-Infinity, { lt: 0 }, true],
    [2n ** 60n, { eq: 2 ** 60 }, true],
    [2n ** 60n, { gt: 5 }, true],
    ['b', { gt: 'a' }, true],
    ['B', { gt: 'a' }, false],
    ['\u{1f600}', { gt: '\uff5e' }, true],
    ['a', { eq: 'A' }, false],
    [true, { eq: true }, true],
    [true, { ne: false }, true],
    [2, { in: [1, 2] }, true],
    [3, { in: [1, 2] }, false],
    [3, { in: [] }, false],
    [3, { notIn: [1, 2] }, true],
    [2, { notIn: [1, 2] }, false],
    [2, { notIn: [] }, true],
    ['learning', { contains: 'earn' }, true],
    ['learning', { contains: 'Earn' }, false],
    ['learning', { contains: '' }, true],
    ['learning', { startsWith: 'learn' }, true],
    ['learning', { startsWith: 'earn' }, false],
    ['100%_a\\', { contains: '%_a\\' }, true],
    ['learning', { matches: 'e.r' }, true],
    ['learning', { matches: '^earn' }, false],
    [1, { matches: '1' }, false],
    [['a'], { matches: 'a' }, false],
    [1, { exists: true }, true],
    [1, { exists: false }, false],
    [['a'], { exists: true }, true],
    [{}, { exists: true }, true],
    [NaN, { exists: true }, true],
  ])('of a run whose value is %o, %o is %s', (value, condition, holds) => {
    expect(matches(value, condition)).toBe(holds);
  });

  it('is false for every comparison with a value that is missing, NaN, of another type, a list or an object', () => {
    const comparisons = [{ eq: 1 }, { ne: 1 }, { lt: 1 }, { le: 1 }, { gt: 1 }, { ge: 1 }, { in: [1] }, { notIn: [1] }];
    const values = [undefined, null, NaN, '1', true, [1], { a: 1 }];
    for (const value of values) {
      expect(comparisons.map((condition) => matches(value, condition))).toEqual(comparisons.map(() => false));
    }
    const textual = [
      { eq: 'a' },
      { ne: 'b' },
      { lt: 'b' },
      { gt: '' },
      { notIn: ['b'] },
      { contains: 'a' },
      { startsWith: 'a' },
    ];
    for (const value of [undefined, null, NaN, 1, true, ['a'], { a: 1 }]) {
      expect(textual.map((condition) => matches(value, condition))).toEqual(textual.map(() => false));
    }
  });

  it('is true for the negation of a comparison with a missing value, as logic is two-valued', () => {
    const run = runOf({});
    expect(matchesFilter(parseFilter({ not: { config: { key: 'lr', eq: 1 } } }), run)).toBe(true);
    expect(matchesFilter(parseFilter({ config: { key: 'lr', ne: 1 } }), run)).toBe(false);
  });

  it('takes null and no tags as missing', () => {
    const run = runOf({ config: { lr: null }, fields: { TAGS: [] } });
    expect(matchesFilter(parseFilter({ config: { key: 'lr', exists: true } }), run)).toBe(false);
    expect(matchesFilter(parseFilter({ field: { name: 'TAGS', exists: false } }), run)).toBe(true);
  });

  it('finds a tag by its whole text', () => {
    const run = runOf({ fields: { TAGS: ['baseline', 'v2'] } });
    const tagged = (tag: string) => matchesFilter(parseFilter({ field: { name: 'TAGS', contains: tag } }), run);
    expect([tagged('baseline'), tagged('base')]).toEqual([true, false]);
  });

  it('compares fields, times as seconds, and statistics of the summary', () => {
    const run = runOf({
      fields: { STATE: 'FINISHED', CREATED_AT: 1772366400.5, LAST_STEP: 41 },
      summary: { 'loss VALUE': 0.5, 'loss MIN': 0.25 },
    });
    const holding = [
      { field: { name: 'STATE', in: ['FINISHED', 'FAILED'] } },
      { field: { name: 'CREATED_AT', eq: '2026-03-01T12:00:00.5Z' } },
      { field: { name: 'CREATED_AT', gt: '2026-03-01' } },
      { field: { name: 'LAST_STEP', ge: 41 } },
      { summary: { key: 'loss', eq: 0.5 } },
      { summary: { key: 'loss', statistic: 'MIN', eq: 0.25 } },
    ];
    expect(matchesFilter(parseFilter({ and: holding }), run)).toBe(true);
    for (const filter of holding) expect(matchesFilter(parseFilter({ not: filter }), run)).toBe(false);
  });

  it('holds for all runs as an empty "and", for none as an empty "or"', () => {
    expect([matchesFilter({ and: [] }, runOf({})), matchesFilter({ or: [] }, runOf({}))]).toEqual([true, false]);
  });

  it('obeys the laws of logic', () => {
    const laws = fc.property(anyFilter, anyFilter, anyRun, (a, b, run) => {
      const holds = (filter: RunFilter) => matchesFilter(filter, run);
      expect(holds({ not: { not: a } })).toBe(holds(a));
      expect(holds({ not: { and: [a, b] } })).toBe(holds({ or: [{ not: a }, { not: b }] }));
      expect(holds({ not: { or: [a, b] } })).toBe(holds({ and: [{ not: a }, { not: b }] }));
      expect(holds({ or: [a, { not: a }] })).toBe(true);
      expect(holds({ and: [a, { and: [b] }] })).toBe(holds({ and: [b, a] }));
    });
    fc.assert(laws, { numRuns: 1000 });
  });

  it('has exactly one of lt, eq, gt for comparable values, and le, ge, ne, in, notIn agree with them', () => {
    const operand = fc.oneof(
      fc.constantFrom('a', 'b', '\ue000', '\u{10000}'),
      fc.double({ noNaN: true }),
      fc.constantFrom(0, 1),
    );
    const laws = fc.property(anyRun, operand, (run, value) => {
      const holds = (condition: object) => matchesFilter(parseFilter({ config: { key: 'a', ...condition } }), run);
      const [lt, eq, gt] = [holds({ lt: value }), holds({ eq: value }), holds({ gt: value })];
      expect(Number(lt) + Number(eq) + Number(gt)).toBe(isComparable(run.config('a'), value) ? 1 : 0);
      expect(holds({ le: value })).toBe(lt || eq);
      expect(holds({ ge: value })).toBe(gt || eq);
      expect(holds({ ne: value })).toBe(lt || gt);
      expect(holds({ in: [value] })).toBe(eq);
      expect(holds({ notIn: [value] })).toBe(lt || gt);
    });
    fc.assert(laws, { numRuns: 2000 });
  });
});

function matches(value: JsonValue | undefined, condition: object): boolean {
  const run = runOf({ config: value === undefined ? {} : { lr: value } });
  return matchesFilter(parseFilter({ config: { key: 'lr', ...condition } }), run);
}

function isComparable(value: ReturnType<RunView['config']>, operand: string | number): boolean {
  if (typeof operand === 'string') return typeof value === 'string';
  return typeof value === 'bigint' || (typeof value === 'number' && !Number.isNaN(value));
}

const anyCondition: fc.Arbitrary<RunFilter> = fc
  .record({
    key: fc.constantFrom('a', 'b'),
    condition: fc.constantFrom({ eq: 1 }, { lt: 1 }, { ne: 'a' }, { in: ['a', 'b'] }, { exists: true }, { eq: true }),
  })
  .map(({ key, condition }) => parseFilter({ config: { key, ...condition } }));

const anyFilter: fc.Arbitrary<RunFilter> = fc.letrec<{ filter: RunFilter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    anyCondition,
    fc.record({ and: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ or: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ not: tie('filter') }),
  ),
})).filter;
