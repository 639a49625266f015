import { describe, expect, it } from 'vitest';
import { csvLine } from '../../format/csv-line.ts';
import { readCell, valueText, widestRest } from './cell-text.ts';
import { changeTags } from './change-tags.ts';
import { configColumns } from './config-columns.ts';
import { bestEnd, columnLabels, defaultColumns, type MetricFacts } from './default-columns.ts';
import { nextCell } from './grid-keys.ts';
import { groupWords } from './group-words.ts';
import { shownColumn } from './runs-view.ts';
import { searchColumns } from './search-columns.ts';

const metric = (key: string, more: Partial<MetricFacts> = {}): MetricFacts => ({
  key,
  kind: 'NUMBER',
  goal: null,
  hidden: false,
  definition: null,
  ...more,
});

describe('defaultColumns', () => {
  it('shows what the summary document shows: min and max where they are defined, nothing that is left out and no media', () => {
    const metrics = [
      metric('_runtime'),
      metric('acc', { definition: { summary: ['min', 'max'] } }),
      metric('debug', { definition: { summary: ['none'] } }),
      metric('loss', { definition: { summary: ['min', 'max', 'p95'] } }),
      metric('lr'),
      metric('samples', { kind: 'OBJECT' }),
      metric('sizes', { kind: 'LIST' }),
    ];
    expect(defaultColumns([metrics, [metric('only/here')]]).map(({ id }) => id)).toEqual([
      '@name',
      '@state',
      '@created',
      '@runtime',
      '@tags',
      'acc:min',
      'acc:max',
      'loss:min',
      'loss:max',
      'lr',
      'only/here',
      '_runtime',
    ]);
  });

  it('shows plain values of the configs, those in which the runs differ first and seeds last', () => {
    const configs = [
      { seed: 1, data: { name: 'digits', size: [8, 8] }, lr: 0.1, none: null, note: 'x'.repeat(61) },
      { seed: 2, data: { name: 'digits', size: [8, 8] }, lr: 0.01, optimizer: 'adam' },
    ];
    const columns = configColumns(configs);
    expect(columns.map((column) => column.kind === 'config' && column.key)).toEqual(['lr', 'optimizer', 'data.name']);
    expect(configColumns([{ data: { name: 'digits', size: [8, 8] } }])).toEqual([{ kind: 'config', key: 'data.name' }]);
    expect(configColumns([])).toEqual([]);
    const ids = defaultColumns([[metric('loss')]], columns).map(({ id }) => id);
    expect(ids.slice(4)).toEqual(['@tags', 'config.lr', 'config.optimizer', 'config.data.name', 'loss']);
  });

  it('tells a value of the config from a metric of the same key', () => {
    const labelOf = columnLabels([[metric('lr')]]);
    expect(labelOf({ kind: 'config', key: 'lr' })).toBe('config.lr');
    expect(labelOf({ kind: 'config', key: 'batch' })).toBe('batch');
    expect(labelOf({ kind: 'summary', key: 'lr', statistic: 'VALUE' })).toBe('lr');
  });

  it('names a statistic that the document shows as it stands there', () => {
    const labelOf = columnLabels([[metric('loss', { definition: { summary: ['min'] } })]]);
    expect(labelOf({ kind: 'summary', key: 'loss', statistic: 'MIN' })).toBe('loss.min');
    expect(labelOf({ kind: 'summary', key: 'loss', statistic: 'MAX' })).toBe('loss · max');
  });
});

describe('bestEnd', () => {
  const column = (statistic: 'VALUE' | 'MIN' | 'COUNT') => shownColumn({ kind: 'summary', key: 'loss', statistic });
  it('is what was chosen, else what the goal or the statistic says', () => {
    expect(bestEnd(column('MIN'), new Map())).toBe('low');
    expect(bestEnd(column('VALUE'), new Map())).toBe('none');
    expect(bestEnd(column('VALUE'), new Map([['loss', 'MINIMIZE']]))).toBe('low');
    expect(bestEnd(column('COUNT'), new Map([['loss', 'MAXIMIZE']]))).toBe('none');
    expect(bestEnd({ ...column('MIN'), best: 'high' }, new Map())).toBe('high');
  });
});

describe('readCell', () => {
  it('tells numbers, texts, what is missing and what is nested', () => {
    expect([0.5, 'NaN', '-Infinity', 'adam', false, null, [1, 2]].map(readCell)).toEqual([
      { kind: 'number', value: 0.5 },
      { kind: 'number', value: 'NaN' },
      { kind: 'number', value: '-Infinity' },
      { kind: 'text', text: 'adam' },
      { kind: 'text', text: 'false' },
      { kind: 'missing' },
      { kind: 'json', text: '[1,2]' },
    ]);
  });

  it('is written with all digits', () => {
    expect([0.123456789, 'Infinity', null].map(valueText)).toEqual(['0.123456789', 'Infinity', '']);
  });
});

describe('widestRest', () => {
  it('counts what stands right of the point as it is shown', () => {
    expect(widestRest([1, 27, null, 'adam'])).toBe(0);
    expect(widestRest([0.9778, 12, 1.2036e-5])).toBe('.204e-5'.length);
  });
});

describe('csvLine', () => {
  it('quotes where it must, and gives no formula to a spreadsheet', () => {
    expect(csvLine(['a,b', 'say "x"', '-0.5', '=1+1', '-Infinity', '-x'])).toBe(
      '"a,b","say ""x""",-0.5,\'=1+1,-Infinity,\'-x\r\n',
    );
  });
});

describe('searchColumns', () => {
  it('finds every word anywhere, what begins with it first, under headings', () => {
    const columns = ['val/loss', 'loss', 'acc'].map((key) => ({ kind: 'summary', key, statistic: 'VALUE' }) as const);
    const found = searchColumns([...columns, { kind: 'config', key: 'loss_scale' }], 'LOSS');
    expect(
      found.map((item) => (item.kind === 'heading' ? item.text : item.column.kind === 'field' || item.column.key)),
    ).toEqual(['Summary', 'loss', 'val/loss', 'Config', 'loss_scale']);
    expect(searchColumns(columns, 'nothing')).toEqual([]);
  });
});

describe('nextCell', () => {
  const size = { rows: 100, columns: 8, page: 20 };
  it('moves within the grid, over the header, and no further', () => {
    expect(nextCell({ row: 0, column: 1 }, 'ArrowUp', size)).toEqual({ row: -1, column: 1 });
    expect(nextCell({ row: -1, column: 1 }, 'ArrowUp', size)).toEqual({ row: -1, column: 1 });
    expect(nextCell({ row: 95, column: 7 }, 'PageDown', size)).toEqual({ row: 99, column: 7 });
    expect(nextCell({ row: 5, column: 3 }, 'Home', size)).toEqual({ row: 5, column: 0 });
    expect(nextCell({ row: 5, column: 3 }, 'mod+End', size)).toEqual({ row: 99, column: 3 });
    expect(nextCell({ row: 5, column: 3 }, 'q', size)).toBeNull();
  });
});

describe('groupWords', () => {
  it('says what runs of a group have, and that they have nothing', () => {
    const values = [
      { value: 'adam', exists: true },
      { value: 0.001, exists: true },
      { value: null, exists: false },
      { value: null, exists: true },
      { value: '', exists: true },
    ];
    expect(groupWords(values)).toBe('adam · 0.001 · none · other values · empty text');
  });
});

describe('changeTags', () => {
  it('adds at the end and takes away, and is nothing when that changes nothing', () => {
    expect(changeTags(['a'], { add: 'b' })).toEqual(['a', 'b']);
    expect(changeTags(['a', 'b'], { remove: 'a' })).toEqual(['b']);
    expect(changeTags(['a'], { add: 'a' })).toBeNull();
    expect(changeTags(['a'], { remove: 'b' })).toBeNull();
  });
});
