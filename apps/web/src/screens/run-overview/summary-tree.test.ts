import { describe, expect, it } from 'vitest';
import { DELETED, LEFT_OUT, summaryTree } from './summary-tree.ts';
import type { TreeNode } from './value-tree.ts';

type Part = Parameters<typeof summaryTree>[0];

const definition = (name: string, summary: string[]) => ({
  name,
  summary,
  goal: null,
  stepMetric: null,
  stepSync: null,
  hidden: null,
});
const logged = (...keys: string[]) => keys.map((key) => ({ key, kind: 'NUMBER' as const }));
const entry = (key: string, value: unknown) =>
  ({ key, value, deleted: value === undefined, at: '2026-01-01T00:00:00Z', revision: 1, user: null }) as never;
const part = (document: unknown, more: Partial<Part> = {}, explicit: readonly unknown[] = []): Part => ({
  summary: { document: document as never, revision: 1, explicit: explicit as never },
  definitions: [],
  historyKeys: [],
  ...more,
});
const find = (nodes: readonly TreeNode[], key: string): TreeNode | undefined =>
  nodes.flatMap((node) => [node, find(node.children, key)]).find((node) => node?.key === key);

describe('summaryTree', () => {
  it('tells the statistics of a defined metric from keys below a key', () => {
    const { nodes, statistics } = summaryTree(
      part(
        { loss: { min: 0.1, max: 1 }, nested: { min: 2, max: 3 } },
        { definitions: [definition('l*', ['min', 'max'])], historyKeys: logged('loss', 'nested.min', 'nested.max') },
      ),
      'shown',
    );
    expect([find(nodes, 'loss')?.kind, find(nodes, 'nested')?.kind]).toEqual(['metric', 'group']);
    expect(statistics.get('loss.max')).toEqual({ metric: 'loss', statistic: 'max' });
    expect(statistics.has('nested.max')).toBe(false);
  });

  it('puts the only statistic of a metric into its row', () => {
    const { nodes, statistics } = summaryTree(
      part({ acc: { max: 0.9 } }, { definitions: [definition('acc', ['max'])], historyKeys: logged('acc') }),
      'shown',
    );
    expect(find(nodes, 'acc')).toMatchObject({ kind: 'value', value: 0.9 });
    expect(statistics.get('acc')).toEqual({ metric: 'acc', statistic: 'max' });
  });

  it('shows deleted marks where nothing else stands', () => {
    const { nodes } = summaryTree(
      part({ a: { b: 1 } }, {}, [entry('a.gone', undefined), entry('a.b', undefined)]),
      'shown',
    );
    expect([find(nodes, 'a.gone')?.value, find(nodes, 'a.b')?.value]).toEqual([DELETED, 1]);
  });

  it('shows only what was changed by hand', () => {
    const { nodes } = summaryTree(part({ a: 1, b: 2 }, {}, [entry('b', 2), entry('c', undefined)]), 'hand');
    expect(nodes.map((node) => node.key)).toEqual(['b', 'c']);
  });

  it('shows metrics that the summary leaves out when asked for', () => {
    const run = part({ a: 1 }, { definitions: [definition('b', ['none'])], historyKeys: logged('a', 'b') });
    expect(find(summaryTree(run, 'shown').nodes, 'b')).toBeUndefined();
    expect(find(summaryTree(run, 'all').nodes, 'b')?.value).toBe(LEFT_OUT);
  });

  it('reads NaN and the infinities as numbers', () => {
    const { nodes } = summaryTree(part({ loss: 'NaN', up: '-Infinity' }), 'shown');
    expect(nodes.map((node) => node.value)).toEqual([Number.NaN, Number.NEGATIVE_INFINITY]);
  });
});
