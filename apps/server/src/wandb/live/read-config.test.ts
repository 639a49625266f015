import { describe, expect, it } from 'vitest';
import { readBranchPoint, readConfig, writeConfig } from './read-config.ts';
import { changedDefinitions, readDefinitions } from './read-definitions.ts';

describe('readConfig', () => {
  it('takes values out of their entries and keeps what the client has there for itself apart', () => {
    const text =
      '{"lr":{"value":0.1,"desc":null},"inf":{"value":Infinity},"bare":{"x":1},"_wandb":{"value":{"t":{"1":[1]},"m":[]}},"wandb_version":1}';
    expect(readConfig(text)).toEqual({
      values: { lr: 0.1, inf: Number.POSITIVE_INFINITY, bare: { x: 1 } },
      own: { t: { 1: [1] }, m: [] },
    });
  });

  it('refuses a config that is no object', () => {
    expect(() => readConfig('[]')).toThrow('config must be a JSON object');
  });

  it('reads back what was written', () => {
    const config = { values: { lr: 0.1, nested: { value: 1 } }, own: { t: {} } };
    expect(readConfig(JSON.stringify(writeConfig(config)))).toEqual(config);
  });
});

describe('readDefinitions', () => {
  const nothing = { summary: [], goal: null, stepMetric: null, stepSync: false, hidden: false, overwrite: true };

  it.each([
    [
      'statistics by their numbers',
      [{ 1: 'acc', 6: [3], 7: [1, 2, 3, 5, 8, 7, 6] }],
      [{ ...nothing, name: 'acc', summary: ['min', 'max', 'mean', 'last', 'first', 'copy', 'none'] }],
    ],
    [
      'a step metric by its place in the list, counted from 1',
      [
        { 1: 'epoch', 6: [3] },
        { 1: 'acc', 5: 1, 6: [1, 3] },
      ],
      [
        { ...nothing, name: 'epoch' },
        { ...nothing, name: 'acc', stepMetric: 'epoch', stepSync: true },
      ],
    ],
    [
      'nothing of a metric that is there only as a step metric',
      [{ 1: 'acc', 5: 2, 6: [3] }, { 1: 'epoch' }],
      [{ ...nothing, name: 'acc', stepMetric: 'epoch' }],
    ],
    [
      'a metric that is its own step metric',
      [{ 1: 'epoch', 5: 1, 6: [1, 3], 7: [2] }],
      [{ ...nothing, name: 'epoch', summary: ['max'], stepMetric: 'epoch', stepSync: true }],
    ],
    [
      'a glob that asks for nothing, which masks wider ones',
      [{ 2: 'n.*', 6: [], 7: [] }],
      [{ ...nothing, name: 'n.*' }],
    ],
    ['a glob', [{ 2: 'val/*', 6: [2, 3], 7: [1] }], [{ ...nothing, name: 'val/*', summary: ['min'], hidden: true }]],
    [
      'best with its goal',
      [{ 1: 'acc', 6: [3], 7: [4], 8: 2 }],
      [{ ...nothing, name: 'acc', summary: ['best'], goal: 'maximize' }],
    ],
    ['best without a goal as nothing asked', [{ 1: 'acc', 6: [3], 7: [4] }], [{ ...nothing, name: 'acc' }]],
    ['a name with an escaped dot as it is', [{ 1: 'a\\.b', 6: [3] }], [{ ...nothing, name: 'a\\.b' }]],
    ['nothing of what is no entry', [null, 5, {}, { 1: '' }], []],
  ])('reads %s', (_title, m, expected) => {
    expect(readDefinitions({ m })).toEqual(expected);
  });

  it('has none where there is no list', () => {
    expect(readDefinitions({})).toEqual([]);
  });
});

describe('changedDefinitions', () => {
  it('is what is new or otherwise than before', () => {
    const [min] = readDefinitions({ m: [{ 1: 'a', 6: [3], 7: [1] }] });
    const both = readDefinitions({
      m: [
        { 1: 'a', 6: [3], 7: [1] },
        { 1: 'b', 6: [3] },
      ],
    });
    const max = readDefinitions({ m: [{ 1: 'a', 6: [3], 7: [1, 2] }] });
    expect(changedDefinitions(min ? [min] : [], both).map(({ name }) => name)).toEqual(['b']);
    expect(changedDefinitions(min ? [min] : [], max)).toEqual(max);
    expect(changedDefinitions(both, [])).toEqual([]);
  });
});

describe('readBranchPoint', () => {
  it.each([
    [{ branch_point: { run_id: 'parent', step: 4 } }, { run: 'parent', step: 4 }],
    [{ branch_point: { run_id: 'parent', step: -1 } }, null],
    [{ branch_point: { run_id: 'parent', step: 0.5 } }, null],
    [{ branch_point: { step: 4 } }, null],
    [{ branch_point: 'parent' }, null],
    [{}, null],
  ])('of %j is %j', (own, point) => {
    expect(readBranchPoint(own)).toEqual(point);
  });
});
