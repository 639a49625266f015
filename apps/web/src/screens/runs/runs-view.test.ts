import { describe, expect, it } from 'vitest';
import type { Column } from './column.ts';
import { columnId, columnWords, parseColumnId } from './column.ts';
import {
  moveColumn,
  nextSort,
  orderInput,
  parseRunsView,
  replaceColumn,
  runsSearch,
  shownColumn,
} from './runs-view.ts';

const loss: Column = { kind: 'summary', key: 'val/loss', statistic: 'MIN' };
const lr: Column = { kind: 'config', key: 'lr' };
const state: Column = { kind: 'field', field: 'state' };

describe('columnId', () => {
  it.each<[string, Column]>([
    ['@state', state],
    ['config.optimizer.lr', { kind: 'config', key: 'optimizer.lr' }],
    ['val/loss', { kind: 'summary', key: 'val/loss', statistic: 'VALUE' }],
    ['val/loss:min', loss],
    ['acc:nan_count', { kind: 'summary', key: 'acc', statistic: 'NAN_COUNT' }],
    ['"a:min"', { kind: 'summary', key: 'a:min', statistic: 'VALUE' }],
    ['"a:min":max', { kind: 'summary', key: 'a:min', statistic: 'MAX' }],
    ['"config.lr":max', { kind: 'summary', key: 'config.lr', statistic: 'MAX' }],
    ['"@state"', { kind: 'summary', key: '@state', statistic: 'VALUE' }],
    ['"-1, \\"x\\""', { kind: 'summary', key: '-1, "x"', statistic: 'VALUE' }],
    ['config."a b"', { kind: 'config', key: 'a b' }],
    ['größe/損失', { kind: 'summary', key: 'größe/損失', statistic: 'VALUE' }],
  ])('is %s, and is read back', (id, column) => {
    expect(columnId(column)).toBe(id);
    expect(parseColumnId(id)).toEqual(column);
  });

  it.each(['', '@nothing', '@toString', 'loss:', 'loss:worst', '"open', 'a b', 'config.'])('is not %j', (text) => {
    expect(parseColumnId(text)).toBeNull();
  });
});

describe('columnWords', () => {
  it('names the statistic beside the key', () => {
    expect([loss, lr, state].map(columnWords)).toEqual(['val/loss · min', 'lr', 'State']);
  });
});

describe('a view in the address', () => {
  it('is read and written alike', () => {
    const search = {
      cols: '*@name,*val/loss:min!140!low,@state,config.lr',
      sort: '-val/loss:min,@created',
      filter: 'val/acc:max>=0.9,or(@state=RUNNING,config.opt~"^adam")',
      group: '@state,config.lr',
    };
    expect(runsSearch(parseRunsView(search))).toEqual(search);
  });

  it('is empty for the view that a project has by itself', () => {
    expect(runsSearch(parseRunsView({}))).toEqual({});
  });

  it('leaves out what it cannot read, keeps the name, and puts what is pinned first', () => {
    const view = parseRunsView({
      cols: 'nonsense here,@state,*loss,@state',
      sort: '@tags,-lr',
      group: 'loss,config.lr',
    });
    expect(view.columns?.map(({ id, pinned }) => [id, pinned])).toEqual([
      ['@name', true],
      ['loss', true],
      ['@state', false],
    ]);
    expect(view.sort.map(({ column }) => columnId(column))).toEqual(['lr']);
    expect(view.groupBy).toEqual([lr]);
  });

  it('keeps widths within what can be read', () => {
    const widths = parseRunsView({ cols: '*@name!5,@state!99999' }).columns?.map(({ width }) => width);
    expect(widths).toEqual([56, 1200]);
  });
});

describe('nextSort', () => {
  it('goes up, down and away with clicks on one header', () => {
    const up = nextSort([], loss, { adds: false });
    const down = nextSort(up, loss, { adds: false });
    expect(up).toEqual([{ column: loss, direction: 'ASC' }]);
    expect(down).toEqual([{ column: loss, direction: 'DESC' }]);
    expect(nextSort(down, loss, { adds: false })).toEqual([]);
  });

  it('adds a level with Shift, and replaces the order without', () => {
    const first = nextSort([], loss, { adds: false });
    const both = nextSort(first, lr, { adds: true });
    expect(both.map(({ column }) => column)).toEqual([loss, lr]);
    expect(nextSort(both, loss, { adds: true })[0]).toEqual({ column: loss, direction: 'DESC' });
    expect(nextSort(both, state, { adds: false })).toEqual([{ column: state, direction: 'ASC' }]);
  });
});

describe('orderInput', () => {
  it('says to the API what decides', () => {
    const { sort } = parseRunsView({ sort: '-val/loss:min,config.lr,@created' });
    expect(orderInput(sort)).toEqual([
      { summary: { key: 'val/loss', statistic: 'MIN' }, direction: 'DESC' },
      { config: 'lr', direction: 'ASC' },
      { field: 'CREATED_AT', direction: 'ASC' },
    ]);
  });
});

describe('moving and replacing columns', () => {
  const columns = [
    shownColumn({ kind: 'field', field: 'name' }, true),
    ...[state, lr, loss].map((each) => shownColumn(each)),
  ];

  it('puts a column where another is, and pins it there when that one is pinned', () => {
    expect(moveColumn(columns, 'val/loss:min', '@state').map(({ id }) => id)).toEqual([
      '@name',
      'val/loss:min',
      '@state',
      'config.lr',
    ]);
    expect(moveColumn(columns, 'config.lr', '@name').map(({ id, pinned }) => [id, pinned])).toEqual([
      ['config.lr', true],
      ['@name', true],
      ['@state', false],
      ['val/loss:min', false],
    ]);
  });

  it('changes the statistic in place, and shows none twice', () => {
    const max: Column = { ...loss, statistic: 'MAX' };
    const twice = [...columns, shownColumn(max)];
    expect(replaceColumn(twice, 'val/loss:min', max).map(({ id }) => id)).toEqual([
      '@name',
      '@state',
      'config.lr',
      'val/loss:max',
    ]);
  });
});
