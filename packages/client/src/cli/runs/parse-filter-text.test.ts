import { parseFilter } from '@summa/core/query/parse-filter';
import type { RunTarget } from '@summa/core/query/run-target';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../command-error.ts';
import { parseFilterText } from './parse-filter-text.ts';
import { parseNames, parseOrderText } from './parse-names.ts';
import { formatTarget, parseTargetName, type TargetName } from './target-name.ts';
import { toRunFilter } from './to-run-filter.ts';

/** As if every key of unknown section were one of the config. */
function resolve(name: TargetName): RunTarget {
  return name.section === 'unknown' ? { section: 'config', key: name.key } : name;
}

function filterOf(text: string) {
  return toRunFilter(parseFilterText(text), resolve);
}

function filterUnlessUsageError(text: string) {
  try {
    return filterOf(text);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return null;
  }
}

describe('a filter', () => {
  it.each([
    ['lr<0.1', { config: { key: 'lr', lt: 0.1 } }],
    ['lr <= -1e-3', { config: { key: 'lr', le: -0.001 } }],
    ['lr == .5', { config: { key: 'lr', eq: 0.5 } }],
    ['val/acc:max >= 0.9', { summary: { key: 'val/acc', statistic: 'MAX', ge: 0.9 } }],
    ['summary.loss > inf', { summary: { key: 'loss', statistic: 'VALUE', gt: Number.POSITIVE_INFINITY } }],
    ['config.loss:x != 1', { config: { key: 'loss:x', ne: 1 } }],
    ['loss:max:value = 1', { summary: { key: 'loss:max', statistic: 'VALUE', eq: 1 } }],
    ['optimizer = sgd', { config: { key: 'optimizer', eq: 'sgd' } }],
    ['seed = "1"', { config: { key: 'seed', eq: '1' } }],
    ['nesterov = true', { config: { key: 'nesterov', eq: true } }],
    ['"my key" = "a \\"b\\" c"', { config: { key: 'my key', eq: 'a "b" c' } }],
    ['state=finished', { field: { name: 'STATE', eq: 'FINISHED' } }],
    ['state in (running, FAILED)', { field: { name: 'STATE', in: ['RUNNING', 'FAILED'] } }],
    ['batch not in (32, 64)', { config: { key: 'batch', notIn: [32, 64] } }],
    ['name = 7', { field: { name: 'NAME', eq: '7' } }],
    ['tags contains draft', { field: { name: 'TAGS', contains: 'draft' } }],
    ["name ~ '^sgd-[0-9]+$'", { field: { name: 'NAME', matches: '^sgd-[0-9]+$' } }],
    ['optimizer exists', { config: { key: 'optimizer', exists: true } }],
    ['createdAt >= 2026-03-01', { field: { name: 'CREATED_AT', ge: '2026-03-01' } }],
    ['lastStep > 100', { field: { name: 'LAST_STEP', gt: 100 } }],
  ])('%s is that of the API', (text, filter) => {
    expect(filterOf(text)).toEqual(filter);
  });

  it('binds and before or, not before both, and brackets before all', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((key) => ({ config: { key, eq: 1 } }));
    expect(filterOf('a=1 or b=1 and not c=1')).toEqual({ or: [a, { and: [b, { not: c }] }] });
    expect(filterOf('(a=1 or b=1) and c=1')).toEqual({ and: [{ or: [a, b] }, c] });
    expect(filterOf('not (a=1 or not b=1)')).toEqual({ not: { or: [a, { not: b }] } });
  });

  it.each([
    ['lr<', 'expected a value behind "<"\n  lr<\n     ^'],
    ['lr', 'expected a comparison behind "lr": = != < <= > >= ~ contains in exists\n  lr\n    ^'],
    ['lr ! 1', '"!" is no comparison; did you mean "!="?\n  lr ! 1\n     ^'],
    ['lr < 1 lr > 0', 'expected "and", "or" or the end, not "lr"\n  lr < 1 lr > 0\n         ^^'],
    ['(lr < 1', 'a ")" is missing\n  (lr < 1\n         ^'],
    ['lr < 1 and', 'expected a field or a key, such as state or lr\n  lr < 1 and\n            ^'],
    ['', 'expected a field or a key, such as state or lr\n  \n  ^'],
    ['name = "x', 'a quote is not closed\n  name = "x\n         ^^'],
    ['lr in 1', 'expected "(" behind "in", as in: in (a, b)\n  lr in 1\n        ^'],
    ['lr in (1 2)', 'expected "," or ")" in the list\n  lr in (1 2)\n           ^'],
    [
      'lr not 1',
      'expected "in" behind "not"; to negate a comparison write "not" in front of it\n  lr not 1\n         ^',
    ],
    ['run.stat = x', 'a run has no field "stat"; did you mean "state"?'],
    ['config. = 1', '"config." names no key'],
    ['state = finishd', 'in "state = finishd": there is no state "finishd"; did you mean "finished"?'],
    ['a=1 and lastStep = x', 'in "lastStep = x": "x" is not a number'],
    ['lr > true', 'in "lr > true": booleans have no order; use eq'],
    ['loss = nan', 'in "loss = nan": nothing compares with NaN; ask for the statistic NAN_COUNT above 0'],
    ['lr in (1, a)', 'in "lr in (1, a)": another type than the values before it; use one list a type'],
    ['createdAt > yesterday', 'in "createdAt > yesterday": "yesterday" is not a time such as 2026-03-01'],
  ])('%s is refused with the place of what is wrong', (text, message) => {
    expect(() => filterOf(text)).toThrow(UsageError);
    expect(() => filterOf(text)).toThrow(expect.objectContaining({ message: expect.stringContaining(message) }));
  });

  it('made of anything is a filter that the API takes, or a usage error', () => {
    const piece = fc.constantFrom(
      'lr',
      'state',
      'a:max',
      '<',
      '>=',
      '=',
      '~',
      '(',
      ')',
      'and',
      'or',
      'not',
      'in',
      ',',
      '1',
      '"x"',
      "'",
      'exists',
    );
    const law = fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const filter = filterUnlessUsageError(pieces.join(' '));
      if (filter !== null) expect(() => parseFilter(filter)).not.toThrow();
    });
    fc.assert(law, { numRuns: 2000 });
  });
});

describe('names', () => {
  it('are parted by commas, and quotes keep one together', () => {
    const names = parseNames('name, lr ,"a,b":max,config.x');
    expect(names.map(({ name }) => name)).toEqual([
      { section: 'field', field: 'NAME' },
      { section: 'unknown', key: 'lr' },
      { section: 'summary', key: 'a,b', statistic: 'MAX' },
      { section: 'config', key: 'x' },
    ]);
    expect(names[2]?.text).toBe('a,b:max');
  });

  it.each([
    ['', 'a name is missing'],
    ['a,', 'a name is missing'],
    ['a b', 'expected "," between names'],
  ])('%j are refused', (text, message) => {
    expect(() => parseNames(text)).toThrow(message);
  });

  it('of an order have a minus in front for the greatest first', () => {
    expect(parseOrderText('-val/acc:max,+lr,name').map(({ name, direction }) => [name, direction])).toEqual([
      [{ section: 'summary', key: 'val/acc', statistic: 'MAX' }, 'DESC'],
      [{ section: 'unknown', key: 'lr' }, 'ASC'],
      [{ section: 'field', field: 'NAME' }, 'ASC'],
    ]);
  });

  it('of targets are read as the same target again', () => {
    const targets: RunTarget[] = [
      { section: 'field', field: 'CREATED_AT' },
      { section: 'config', key: 'state' },
      { section: 'config', key: 'a:max' },
      { section: 'summary', key: 'loss', statistic: 'VALUE' },
      { section: 'summary', key: 'loss', statistic: 'NAN_COUNT' },
    ];
    expect(targets.map((target) => parseTargetName(formatTarget(target)))).toEqual(targets);
  });
});
