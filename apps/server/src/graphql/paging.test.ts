import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
let runId: string;
beforeAll(async () => {
  api = await startTestApi();
  const run = await api.startRun({ project: 'p0', name: 'r', config: { b: 1, a: { c: 2 } } });
  runId = run.id;
  for (const i of [1, 2, 3, 4]) await api.startRun({ project: `p${i}`, name: 'r' });
  await api.log(
    runId,
    [0, 1, 2, 3, 4].map((step) => ({ values: { [`m${step}`]: step, every: step, 'system/cpu': 1 } })),
  );
});
afterAll(() => api.close());

const PAGE =
  'edges { cursor } nodes { name } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const projects = async (args: string) => {
  const { data, errors } = await api.ask(`{ entity(name: "admin") { projects(${args}) { ${PAGE} } } }`);
  if (errors) return errors[0]?.extensions.code;
  const { nodes, pageInfo, totalCount } = data.entity.projects;
  return { names: nodes.map((node: { name: string }) => node.name), ...pageInfo, totalCount };
};

describe('a list in pages', () => {
  it('is walked forward and backward by its cursors, and knows its length', async () => {
    const first = await projects('first: 2');
    expect(first).toMatchObject({ names: ['p0', 'p1'], hasNextPage: true, hasPreviousPage: false, totalCount: 5 });
    const second = await projects(`first: 2, after: "${first.endCursor}"`);
    expect(second).toMatchObject({ names: ['p2', 'p3'], hasNextPage: true, hasPreviousPage: true });
    expect(await projects(`first: 2, after: "${second.endCursor}"`)).toMatchObject({
      names: ['p4'],
      hasNextPage: false,
    });
    expect(await projects('last: 2')).toMatchObject({ names: ['p3', 'p4'], hasNextPage: false, hasPreviousPage: true });
    expect(await projects(`last: 1, before: "${second.startCursor}"`)).toMatchObject({
      names: ['p1'],
      hasNextPage: true,
      hasPreviousPage: true,
    });
    expect(await projects('first: 0')).toMatchObject({ names: [], hasNextPage: true, totalCount: 5 });
  });

  it('refuses pages that contradict themselves and cursors of another list', async () => {
    expect(await projects('first: 1, last: 1')).toBe('INVALID_INPUT');
    expect(await projects('first: -1')).toBe('INVALID_INPUT');
    expect(await projects('last: 1001')).toBe('PAGE_TOO_LARGE');
    const { data } = await api.ask(
      'query ($id: ID!) { node(id: $id) { ... on Run { summary { metrics(first: 1) { pageInfo { endCursor } } } } } }',
      { id: runId },
    );
    expect(await projects(`after: "${data.node.summary.metrics.pageInfo.endCursor}"`)).toBe('INVALID_CURSOR');
  });

  it('is the metrics of a run, the keys of a project and the rows of a history', async () => {
    const { data, errors } = await api.ask(
      `query ($id: ID!) { node(id: $id) { ... on Run {
        summary { all: metrics { totalCount nodes { key } } some: metrics(prefix: "m", first: 2) { totalCount nodes { key } pageInfo { hasNextPage } } system: metrics(prefix: "system/") { nodes { key } } named: metrics(keys: ["every", "absent"]) { nodes { key } } }
        systemMetrics
        project { config: keys(section: CONFIG) { totalCount nodes { key path kind section } } summary: keys(section: SUMMARY, prefix: "m", first: 1) { totalCount nodes { key } } }
        history { rows(keys: ["m1", "m3"], first: 1) { totalCount nodes { step values } pageInfo { hasNextPage endCursor } } ranged: rows(range: { from: 1, to: 3 }) { totalCount nodes { step } } } } } }`,
      { id: runId },
    );
    expect(errors).toBeUndefined();
    expect(data.node.summary).toEqual({
      all: { totalCount: 6, nodes: ['every', 'm0', 'm1', 'm2', 'm3', 'm4'].map((key) => ({ key })) },
      some: { totalCount: 5, nodes: [{ key: 'm0' }, { key: 'm1' }], pageInfo: { hasNextPage: true } },
      system: { nodes: [{ key: 'system/cpu' }] },
      named: { nodes: [{ key: 'every' }] },
    });
    expect(data.node.systemMetrics).toEqual({ 'system/cpu': 1 });
    expect(data.node.project).toEqual({
      config: {
        totalCount: 2,
        nodes: [
          { key: 'a.c', path: ['a', 'c'], kind: 'NUMBER', section: 'CONFIG' },
          { key: 'b', path: ['b'], kind: 'NUMBER', section: 'CONFIG' },
        ],
      },
      summary: { totalCount: 5, nodes: [{ key: 'm0' }] },
    });
    expect(data.node.history.rows).toMatchObject({
      totalCount: 2,
      nodes: [{ step: 1, values: { m1: 1 } }],
      pageInfo: { hasNextPage: true },
    });
    expect(data.node.history.ranged).toEqual({ totalCount: 3, nodes: [{ step: 1 }, { step: 2 }, { step: 3 }] });
    const next = await api.ask(
      'query ($id: ID!, $after: String) { node(id: $id) { ... on Run { history { rows(keys: ["m1", "m3"], first: 1, after: $after) { nodes { step } pageInfo { hasNextPage } } points(keys: ["every"], after: $after, first: 2) { steps } } } } }',
      {
        id: runId,
        after: data.node.history.rows.pageInfo.endCursor,
      },
    );
    expect(next.data.node.history).toEqual({
      rows: { nodes: [{ step: 3 }], pageInfo: { hasNextPage: false } },
      points: [{ steps: [2, 3] }],
    });
  });
});
