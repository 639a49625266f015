import { expect, it } from 'vitest';
import { parseChartSearch } from './chart-search.ts';
import { parseNames, writeNames } from './names-param.ts';

it('reads everything that an address may say of the charts', () => {
  const search = {
    charts: 'loss',
    x: 'time',
    over: 'epoch',
    smooth: 0.6,
    logX: true,
    logY: true,
    outliers: 'clipped',
    band: 'off',
    from: 10,
    to: 20.5,
    zoomed: 'over:epoch',
    closed: 'train,val',
    full: 'val/loss',
  };
  expect(parseChartSearch(search)).toEqual(search);
});

it('leaves out what it does not understand, and what is as it is anyway', () => {
  const search = {
    charts: '',
    x: 'moon',
    smooth: 'much',
    logX: 'yes',
    outliers: 1,
    band: 'on',
    from: 20,
    to: 10,
    closed: 3,
  };
  expect(parseChartSearch(search)).toEqual({ closed: '3' });
  expect(parseChartSearch({ smooth: 0, from: 1 })).toEqual({});
  expect(parseChartSearch({ smooth: 5 })).toEqual({ smooth: 0.99 });
});

it('takes a key that looks like a number for a text', () => {
  expect(parseChartSearch({ full: 12, over: 3 })).toEqual({ full: '12', over: '3' });
});

it('writes names so that they can be read, and as a list only where a name has a comma', () => {
  expect(writeNames(['a', 'b'])).toBe('a,b');
  expect(writeNames([])).toBeUndefined();
  for (const names of [['a', 'b'], ['a,b', 'c'], ['12']]) expect(parseNames(writeNames(names))).toEqual(names);
  expect(parseNames(12)).toEqual(['12']);
  expect(parseNames({ no: 'list' })).toEqual([]);
});
