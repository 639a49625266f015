import type { JsonObject } from '@summa/core/json/json-value';
import { describe, expect, it } from 'vitest';
import { type ComparedRun, chosenName, compareRows, numberMetrics } from './compare-rows.ts';
import { parseCompareSearch } from './compare-search.ts';
import { compareCsv, compareMarkdown } from './compare-text.ts';
import { moveItem } from './move-item.ts';

const run = (name: string, config: JsonObject, document: JsonObject, more: Partial<ComparedRun> = {}): ComparedRun => ({
  id: name,
  name,
  displayName: name,
  state: 'FINISHED',
  revision: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  config,
  definitions: [],
  historyKeys: ['loss', 'acc'].map((key) => ({ key, kind: 'NUMBER' as const })),
  summary: { document },
  ...more,
});
const lowLoss: Partial<ComparedRun> = {
  definitions: [
    { name: 'loss', summary: ['min'], goal: 'MINIMIZE', overwrite: false },
    { name: 'a*', summary: [], goal: 'MAXIMIZE', overwrite: false },
  ],
};
const a = run('a', { lr: 0.1, net: { depth: 2, kind: 'mlp' } }, { loss: { min: 0.5 }, acc: 0.9 }, lowLoss);
const b = run('b', { lr: 0.01, net: { depth: 2 }, seed: 7 }, { loss: { min: 0.25 }, acc: 'NaN' });
const rows = compareRows([a, b], new Map(), {});
const row = (id: string) => rows.find((each) => each.id === id);

describe('rows', () => {
  it('are every key of the config, then of the summary, in the order of the keys', () => {
    expect(rows.map(({ section, id }) => `${section} ${id}`)).toEqual([
      'config lr',
      'config net.depth',
      'config net.kind',
      'config seed',
      'summary acc',
      'summary loss.min',
    ]);
  });

  it('differ where a value does, or where one run has none', () => {
    expect(rows.filter(({ differs }) => !differs).map(({ id }) => id)).toEqual(['net.depth']);
    expect(row('seed')?.values).toEqual([undefined, 7]);
    expect(compareRows([a, b], new Map(), { diff: true }).map(({ id }) => id)).not.toContain('net.depth');
  });

  it('have the best where the goal of the metric says so, one run saying it being enough; NaN is never best', () => {
    expect([...(row('loss.min')?.best ?? [])]).toEqual([1]);
    expect([...(row('acc')?.best ?? [])]).toEqual([]);
    expect([...(row('lr')?.best ?? [])]).toEqual([]);
  });

  it('have no best when runs disagree about the goal, or when all are equal', () => {
    const other = { definitions: [{ name: 'loss', summary: [], goal: 'MAXIMIZE' as const, overwrite: false }] };
    const bestOf = (second: ComparedRun) =>
      compareRows([a, second], new Map(), { q: 'loss' }).map(({ best }) => best.size);
    expect(bestOf(run('c', {}, { loss: { min: 0.1 } }, other))).toEqual([0]);
    expect(bestOf(run('c', {}, { loss: { min: 0.5 } }))).toEqual([0]);
  });

  it('show a statistic as one of its metric, and another when that is chosen', () => {
    expect(row('loss.min')).toMatchObject({ key: 'loss', metric: 'loss', ownStatistic: 'min', chosen: null });
    const chosen = new Map([[chosenName('loss', 'MAX'), new Map([['a', 3]])]]);
    expect(compareRows([a, b], chosen, { stats: { 'loss.min': 'MAX' }, q: 'loss' })).toMatchObject([
      { id: 'loss.min', chosen: 'MAX', values: [3, undefined] },
    ]);
  });

  it('take a value below a metric that is no statistic for a value of its own', () => {
    const named = run('c', {}, { loss: { note: 'x' } });
    expect(compareRows([named], new Map(), {})).toMatchObject([{ id: 'loss.note', key: 'loss.note', metric: null }]);
  });

  it('may have keys that no row may have', () => {
    expect(compareRows([run('c', { '': 1, 'a.b': 2, empty: {} }, {})], new Map(), {}).map(({ id }) => id)).toEqual([
      '',
      'a\\.b',
      'empty',
    ]);
  });
});

it('lists the metrics of numbers once', () => {
  expect(numberMetrics([a, run('t', {}, {}, { historyKeys: [{ key: 'note', kind: 'TEXT' }] })])).toEqual([
    'acc',
    'loss',
  ]);
});

describe('copies', () => {
  const some = compareRows([a, b], new Map(), { q: 's' });

  it('are CSV with all digits', () => {
    expect(compareCsv(['a', '=b'], some)).toBe(
      "section,key,a,'=b\r\nconfig,seed,,7\r\nsummary,loss · min,0.5,0.25\r\n",
    );
  });

  it('are Markdown with the best in bold', () => {
    expect(compareMarkdown(['a', 'b|c'], some)).toBe(
      '| section | key | a | b\\|c |\n| --- | --- | ---: | ---: |\n| config | seed |  | 7 |\n| summary | loss · min | 0.5 | **0.25** |\n',
    );
  });
});

it('reads the address, and leaves out what makes no sense', () => {
  expect(
    parseCompareSearch({ runs: 'a,b,a', diff: true, q: 'l', stats: { x: 'MAX', y: 'NO' }, charts: ['k', 1] }),
  ).toEqual({
    runs: ['a', 'b'],
    diff: true,
    q: 'l',
    stats: { x: 'MAX' },
    charts: ['k', '1'],
  });
  expect(parseCompareSearch({ runs: [], diff: 'yes', q: '', stats: null, charts: {} })).toEqual({});
});

it('moves a column', () => {
  expect([moveItem(['a', 'b', 'c'], 2, 0), moveItem(['a', 'b', 'c'], 0, 1)]).toEqual([
    ['c', 'a', 'b'],
    ['b', 'a', 'c'],
  ]);
});
