import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SummaError } from '../summa-error.ts';
import { FILTER_LIMITS, parseFilter } from './parse-filter.ts';

describe('parseFilter', () => {
  it('reads a tree', () => {
    const filter = {
      and: [
        { field: { name: 'STATE', eq: 'FINISHED' } },
        {
          or: [{ config: { key: 'lr', lt: 0.1 } }, { not: { summary: { key: 'val/loss', statistic: 'MIN', ge: 1 } } }],
        },
        { summary: { key: 'acc', exists: true } },
      ],
    };
    expect(parseFilter(filter)).toEqual({
      and: [
        { target: { section: 'field', field: 'STATE' }, operator: 'eq', operand: 'FINISHED' },
        {
          or: [
            { target: { section: 'config', key: 'lr' }, operator: 'lt', operand: 0.1 },
            { not: { target: { section: 'summary', key: 'val/loss', statistic: 'MIN' }, operator: 'ge', operand: 1 } },
          ],
        },
        { target: { section: 'summary', key: 'acc', statistic: 'VALUE' }, operator: 'exists', operand: true },
      ],
    });
  });

  it('takes null and undefined as not given, as typed clients send them', () => {
    const filter = { and: null, or: undefined, config: { key: 'lr', eq: 1, ne: null, in: undefined } };
    expect(parseFilter(filter)).toEqual({ target: { section: 'config', key: 'lr' }, operator: 'eq', operand: 1 });
  });

  it('reads the wire words for infinities as numbers, but not where text stands', () => {
    expect(parseFilter({ config: { key: 'a', le: 'Infinity' } })).toMatchObject({ operand: Infinity });
    expect(parseFilter({ config: { key: 'a', in: ['-Infinity', 1] } })).toMatchObject({ operand: [-Infinity, 1] });
    expect(parseFilter({ field: { name: 'GROUP', eq: 'Infinity' } })).toMatchObject({ operand: 'Infinity' });
  });

  it('reads times as seconds since 1970', () => {
    const seconds = (eq: unknown) => parseFilter({ field: { name: 'CREATED_AT', eq } });
    expect(seconds('2026-03-01T12:00:00.25Z')).toMatchObject({ operand: 1772366400.25 });
    expect(seconds('2026-03-01T14:00:00+02:00')).toMatchObject({ operand: 1772366400 });
    expect(seconds('2026-03-01')).toMatchObject({ operand: 1772323200 });
    expect(seconds(1772366400.25)).toMatchObject({ operand: 1772366400.25 });
  });

  it('brings keys to their stored form', () => {
    expect(parseFilter({ config: { key: 'a\\\\b\\.c', eq: 1 } })).toMatchObject({ target: { key: 'a\\b\\.c' } });
  });

  it('turns empty lists into filters that need no type', () => {
    expect(parseFilter({ config: { key: 'lr', in: [] } })).toEqual({ or: [] });
    expect(parseFilter({ config: { key: 'lr', notIn: [] } })).toMatchObject({ operator: 'exists', operand: true });
  });

  it.each<[input: unknown, path: (string | number)[], problem: string]>([
    [null, [], 'expected an object'],
    [[], [], 'expected an object'],
    [{}, [], 'give one of and, or, not'],
    [{ and: [], or: [] }, [], 'either and or or'],
    [{ nand: [] }, [], 'nand is unknown'],
    [{ and: {} }, ['and'], 'expected a list'],
    [{ and: [null] }, ['and', 0], 'expected an object'],
    [{ not: [] }, ['not'], 'expected an object'],
    [{ field: { eq: 1 } }, ['field', 'name'], 'is unknown; use one of NAME'],
    [{ field: { name: 'COLOUR', eq: 1 } }, ['field', 'name'], '"COLOUR" is unknown'],
    [{ field: { name: 'NAME', eq: 1 } }, ['field', 'eq'], '1 is not a text'],
    [{ field: { name: 'NAME', key: 'x', eq: 'x' } }, ['field'], 'key is unknown'],
    [{ field: { name: 'LAST_STEP', eq: 'x' } }, ['field', 'eq'], '"x" is not a number'],
    [{ field: { name: 'LAST_STEP', contains: 'x' } }, ['field', 'contains'], 'does not apply here'],
    [{ field: { name: 'TAGS', eq: 'x' } }, ['field', 'eq'], 'use one of contains, matches, exists'],
    [{ field: { name: 'CREATED_AT', gt: 'yesterday' } }, ['field', 'gt'], '"yesterday" is not a time'],
    [{ field: { name: 'CREATED_AT', gt: '2026-02-30' } }, ['field', 'gt'], 'is not a time'],
    [{ field: { name: 'CREATED_AT', gt: '2026-03-01T12:00:00' } }, ['field', 'gt'], 'is not a time'],
    [{ config: { eq: 1 } }, ['config', 'key'], 'undefined is not a text'],
    [{ config: { key: '', eq: 1 } }, ['config', 'key'], 'an empty key'],
    [{ config: { key: 'lr' } }, ['config'], 'exists: false'],
    [{ config: { key: 'lr', eq: null } }, ['config'], 'exists: false'],
    [{ config: { key: 'lr', gt: 1, lt: 2 } }, ['config'], 'either lt or gt'],
    [{ config: { key: 'lr', lt: true } }, ['config', 'lt'], 'booleans have no order'],
    [{ config: { key: 'lr', eq: [1] } }, ['config', 'eq'], 'a list cannot be compared'],
    [{ config: { key: 'lr', eq: 'NaN' } }, ['config', 'eq'], 'NAN_COUNT'],
    [{ config: { key: 'lr', in: 'a' } }, ['config', 'in'], '"a" is not a list'],
    [{ config: { key: 'lr', in: [1, null] } }, ['config', 'in', 1], 'null cannot be compared'],
    [{ config: { key: 'lr', in: [1, 'a'] } }, ['config', 'in', 1], 'another type'],
    [{ config: { key: 'lr', exists: 'yes' } }, ['config', 'exists'], '"yes" is not true or false'],
    [{ config: { key: 'lr', matches: 'a(' } }, ['config', 'matches'], 'the pattern "a(" has a ( without its )'],
    [{ field: { name: 'LAST_STEP', matches: 'a' } }, ['field', 'matches'], 'does not apply here'],
    [{ config: { key: 'lr', contains: 'a\0b' } }, ['config', 'contains'], 'NUL'],
    [{ config: { key: 'lr', eq: '\ud800' } }, ['config', 'eq'], 'surrogate'],
    [{ summary: { key: 'loss', statistic: 'P95', eq: 1 } }, ['summary', 'statistic'], '"P95" is unknown'],
  ])('refuses %j and names the place', (input, path, problem) => {
    expect(() => parseFilter(input)).toThrow(
      expect.objectContaining({ code: 'INVALID_FILTER', path, message: expect.stringContaining(problem) }),
    );
  });

  it('writes the place into the message', () => {
    const filter = { and: [{ or: [{ config: { key: 'lr', in: [1, 'a'] } }] }] };
    expect(() => parseFilter(filter)).toThrow('filter.and[0].or[0].config.in[1]: ');
  });

  it('holds its limits of depth, parts, list and text, and takes what just fits', () => {
    const condition = { config: { key: 'a', eq: 1 } };
    const nested = (levels: number): object => (levels === 1 ? condition : { not: nested(levels - 1) });
    const wide = (parts: number) => ({ and: Array.from({ length: parts - 1 }, () => condition) });
    const list = (length: number) => ({ config: { key: 'a', in: Array.from({ length }, () => 1) } });
    const text = (length: number) => ({ config: { key: 'a', eq: 'x'.repeat(length) } });
    const { depth, nodes, listLength, textLength } = FILTER_LIMITS;
    const cases: [(size: number) => object, number][] = [
      [nested, depth],
      [wide, nodes],
      [list, listLength],
      [text, textLength],
    ];
    for (const [make, limit] of cases) {
      expect(() => parseFilter(make(limit))).not.toThrow();
      expect(() => parseFilter(make(limit + 1))).toThrow(expect.objectContaining({ code: 'INVALID_FILTER' }));
    }
  });

  it('answers anything with a filter or INVALID_FILTER', () => {
    const names = fc.constantFrom(
      'and',
      'or',
      'not',
      'field',
      'config',
      'summary',
      'name',
      'key',
      'eq',
      'in',
      'exists',
    );
    const input = fc.letrec<{ any: unknown }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue(),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(names, tie('any')),
      ),
    })).any;
    const answered = fc.property(input, (value) => {
      try {
        parseFilter(value);
      } catch (error) {
        expect(error).toBeInstanceOf(SummaError);
        expect(error).toMatchObject({ code: 'INVALID_FILTER' });
      }
    });
    fc.assert(answered, { numRuns: 500 });
  });
});
