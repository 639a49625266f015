import { describe, expect, it } from 'vitest';
import { chartRows, chartSections, columnsIn } from './chart-sections.ts';

const metric = (...path: string[]) => ({ key: path.join('.'), path });

describe('chartSections', () => {
  it('groups by the first part of the key, those without parts first, numbers in their order', () => {
    const metrics = ['val/loss', 'loss', 'layer/10', 'layer/9', 'a/b/c', 'odd/', '/odd'].map((key) => metric(key));
    expect(chartSections([...metrics, metric('grad', 'norm')], '')).toEqual([
      { name: '', keys: ['/odd', 'loss', 'odd/'] },
      { name: 'a', keys: ['a/b/c'] },
      { name: 'grad', keys: ['grad.norm'] },
      { name: 'layer', keys: ['layer/9', 'layer/10'] },
      { name: 'val', keys: ['val/loss'] },
    ]);
  });

  it('keeps what contains the text, whatever the case', () => {
    expect(chartSections([metric('val/Loss'), metric('val/acc')], ' LOSS ')).toEqual([
      { name: 'val', keys: ['val/Loss'] },
    ]);
    expect(chartSections([metric('val/acc')], 'loss')).toEqual([]);
  });
});

it('lays sections out in rows, and shows only the head of a closed one', () => {
  const sections = [
    { name: '', keys: ['a'] },
    { name: 'val', keys: ['v1', 'v2', 'v3'] },
  ];
  const shape = (closed: string[]) =>
    chartRows(sections, closed, 2).map((row) => (row.kind === 'head' ? `# ${row.section.name}` : row.keys.join()));
  expect(shape([])).toEqual(['# ', 'a', '# val', 'v1,v2', 'v3']);
  expect(shape(['val', '-'])).toEqual(['# ', '# val']);
});

it('puts three charts beside the runs at 1440, two at 1280, one on a phone', () => {
  // 280 px for the runs and 32 px of edges.
  expect([1440, 1280, 1920, 2560].map((page) => columnsIn(page - 312))).toEqual([3, 2, 4, 6]);
  expect(columnsIn(390 - 32)).toBe(1);
  expect(columnsIn(0)).toBe(1);
});
