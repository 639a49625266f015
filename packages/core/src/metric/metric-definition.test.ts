import { describe, expect, it } from 'vitest';
import { addDefinition, MAX_DEFINITIONS } from './add-definition.ts';
import { type MetricDefinition, parseDefinition } from './metric-definition.ts';
import { resolveDefinitions } from './resolve-definitions.ts';
import { parseStatistics, quantileOf } from './statistic.ts';

const define = (...inputs: object[]) =>
  inputs.map(parseDefinition).reduce<MetricDefinition[]>((list, definition) => addDefinition(list, definition), []);
const invalid = (field: string, text: string) =>
  expect.objectContaining({ code: 'INVALID_DEFINITION', path: [field], message: expect.stringContaining(text) });

describe('a definition', () => {
  it('says nothing about what is not given', () => {
    expect(parseDefinition({ name: 'v', goal: null, summary: '', stepMetric: '' })).toEqual({
      name: 'v',
      summary: [],
      goal: null,
      stepMetric: null,
      stepSync: null,
      hidden: null,
      overwrite: false,
    });
  });

  it('has its words in any case and with spaces around them', () => {
    const given = { name: 'v', summary: [' Min ,MEDIAN', 'P05', 'p99.90', 'min'], goal: ' Max ' };
    expect(parseDefinition(given)).toMatchObject({ summary: ['min', 'median', 'p5', 'p99.9'], goal: 'maximize' });
  });

  it('takes objective for goal, and short words', () => {
    expect(parseDefinition({ name: 'v', objective: 'min' }).goal).toBe('minimize');
    expect(parseDefinition({ name: 'v', goal: 'min', objective: 'minimize' }).goal).toBe('minimize');
  });

  it('has one form of its name and its step metric', () => {
    expect(parseDefinition({ name: 'a\\\\b', stepMetric: 'c\\\\d' })).toMatchObject({
      name: 'a\\b',
      stepMetric: 'c\\d',
    });
  });

  it.each([
    ['name', {}, 'name is missing'],
    ['name', { name: '' }, 'name is empty'],
    ['name', { name: '  ' }, 'name is empty'],
    ['name', { name: 7 }, 'name is 7, not text'],
    ['name', { name: 'a\0' }, 'NUL'],
    ['name', { name: 'a'.repeat(513) }, 'shorten it'],
    ['summary', { summary: 'min,mode' }, 'unknown statistic "mode"'],
    ['summary', { summary: 'min,' }, 'unknown statistic ""'],
    ['summary', { summary: ',' }, 'unknown statistic ""'],
    ['summary', { summary: 'p101' }, 'unknown statistic "p101"'],
    ['summary', { summary: 'constructor' }, 'unknown statistic "constructor"'],
    ['summary', { summary: 5 }, 'neither a comma list nor an array'],
    ['summary', { summary: [1] }, 'neither a comma list nor an array'],
    ['goal', { goal: 'nothing' }, 'goal "nothing" is neither minimize nor maximize'],
    ['goal', { goal: 'minxyz' }, 'goal "minxyz"'],
    ['goal', { goal: 'constructor' }, 'goal "constructor"'],
    ['objective', { goal: 'min', objective: 'max' }, 'goal says minimize, but objective says maximize'],
    ['stepMetric', { stepMetric: 'b*' }, 'stepMetric "b*" is a glob'],
    ['stepSync', { stepSync: 'yes' }, 'stepSync is "yes", not true or false'],
    ['hidden', { hidden: 1 }, 'hidden is 1, not true or false'],
    ['overwrite', { overwrite: {} }, 'overwrite is an object, not true or false'],
    ['step_metric', { step_metric: 'x' }, 'unknown field "step_metric"'],
  ])('is refused for a bad %s: %j', (field, given, text) => {
    const input = field === 'name' ? given : { name: 'v', ...given };
    expect(() => parseDefinition(input)).toThrow(invalid(field, text));
  });

  it.each([null, 'v', [], 5])('is refused when it is %j', (input) => {
    expect(() => parseDefinition(input)).toThrow(expect.objectContaining({ code: 'INVALID_DEFINITION' }));
  });

  it('is refused with every bad thing named', () => {
    const given = { name: 'v', summary: 'mode,range', goal: 'up', hidden: 'no' };
    expect(() => parseDefinition(given)).toThrow(/"mode", "range".*"up".*hidden is "no"/);
  });
});

describe('definitions of one name', () => {
  it('add up, and the latest that is given replaces goal, step metric and flags', () => {
    const first = { name: 'v', summary: 'min', goal: 'min', stepMetric: 'epoch', hidden: true, stepSync: true };
    const list = define(first, { name: 'w' }, { name: 'v', summary: 'max', hidden: false, stepSync: false });
    expect(list.map((definition) => definition.name)).toEqual(['w', 'v']);
    expect(list[1]).toMatchObject({
      summary: ['min', 'max'],
      goal: 'minimize',
      stepMetric: 'epoch',
      hidden: false,
      stepSync: false,
    });
  });

  it('say the same when they are added up before they are resolved', () => {
    const inputs = [
      { name: 'a*', summary: 'min' },
      { name: 'v', summary: 'none' },
      { name: 'ab*', summary: 'mean' },
      { name: 'a*', summary: 'max' },
      { name: 'v', summary: 'last', overwrite: true },
    ];
    const [raw, added] = [resolveDefinitions(inputs.map(parseDefinition)), resolveDefinitions(define(...inputs))];
    for (const key of ['a', 'ab', 'v', 'x']) expect(added(key)).toEqual(raw(key));
    expect(added('a')?.statistics).toEqual(['min', 'max']);
  });

  it('are refused when best has no goal in any of them', () => {
    expect(() => define({ name: 'v', summary: 'best' })).toThrow(invalid('goal', 'best needs a goal'));
    expect(() => define({ name: 'w', goal: 'min' }, { name: 'v', summary: 'best' })).toThrow(invalid('goal', '"v"'));
    expect(define({ name: 'v', goal: 'min' }, { name: 'v', summary: 'best' })[0]?.goal).toBe('minimize');
  });

  it('are counted once against the limit', () => {
    const full = Array.from({ length: MAX_DEFINITIONS }, (_, i) => parseDefinition({ name: `m${i}` }));
    expect(addDefinition(full, parseDefinition({ name: 'm3' }))).toHaveLength(MAX_DEFINITIONS);
    expect(() => addDefinition(full, parseDefinition({ name: 'x' }))).toThrow(
      expect.objectContaining({ code: 'TOO_MANY_VALUES' }),
    );
  });
});

describe('what holds for a key', () => {
  it('is null when nothing is defined for it', () => {
    expect(resolveDefinitions([])('v')).toBeNull();
    expect(resolveDefinitions(define({ name: 'a*' }))('v')).toBeNull();
  });

  it('includes syncing with a step metric unless it is turned off', () => {
    const holds = resolveDefinitions(
      define({ name: 'a', stepMetric: 'e' }, { name: 'b', stepMetric: 'e', stepSync: false }),
    );
    expect([holds('a')?.stepSync, holds('b')?.stepSync]).toEqual([true, false]);
  });

  it.each([
    ['*', 'a', true],
    ['*', '_a', false],
    ['_*', '_a', false],
    ['*', 'system/cpu', false],
    ['system/*', 'system/cpu', false],
    ['*', 'a.system/cpu', true],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['a*b*c', 'abbc', true],
    ['a*b*c', 'acb', false],
    ['*b*b', 'b', false],
    ['**loss', 'val/loss', true],
    ['*.loss', 'val.loss', true],
    ['*.loss', 'val\\.loss', false],
    ['*ab*', 'aab', true],
  ])('the glob %s and the key %s: %s', (name, key, matches) => {
    expect(resolveDefinitions(define({ name }))(key) !== null).toBe(matches);
  });

  it('is found quickly for a glob of many stars', () => {
    const holds = resolveDefinitions(define({ name: `${'*a'.repeat(200)}*b` }));
    expect(holds('a'.repeat(500))).toBeNull();
  });
});

describe('statistics', () => {
  it('keep the order in which they are asked for, each once', () => {
    expect(parseStatistics('max,min,MAX')).toEqual(['max', 'min']);
    expect(parseStatistics(['', ' '])).toEqual([]);
  });

  it('name quantiles', () => {
    expect(['median', 'p0', 'p99.9', 'p100'].map((name) => quantileOf(parseStatistics(name)[0] ?? 'none'))).toEqual([
      0.5, 0, 0.999, 1,
    ]);
    expect(quantileOf('max')).toBeUndefined();
  });
});
