import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const ROWS = [0.9, 0.4, 0.6].map((loss, step) => ({
  step,
  timestamp: 1_700_000_000.25 + step,
  values: { loss, val: { acc: step / 4 } },
}));

describe('a run from start to finish', () => {
  it('answers for its summary, its statistics and its history', async () => {
    const run = await api.startRun({
      name: 'first',
      config: { lr: 0.1, optimizer: { name: 'adam' } },
      tags: ['a', 'a', 'b'],
    });
    await api.log(run.id, ROWS);
    await api.ask(
      `mutation ($id: ID!) { defineMetric(input: { runId: $id, name: "loss", summary: ["min", "max", "median"], goal: MINIMIZE }) { run { id } } }`,
      { id: run.id },
    );
    await api.ask(`mutation ($id: ID!) { finishRun(input: { runId: $id }) { run { state } } }`, { id: run.id });
    const { data, errors } = await api.ask(
      `query ($id: ID!) { node(id: $id) { ... on Run {
        name displayName state exitCode path url readOnly tags config(keys: ["optimizer.name"]) lastStep user { name } entity { name } project { path runCount }
        definitions { name summary goal } historyKeys { key kind count lastStep }
        summary { document metric(key: "loss") { min minStep max mean median best bestStep lastTime percentile(p: 25) percentiles(ps: [0, 100]) count }
          value(key: "loss") { __typename ... on StatisticsValue { document } } acc: value(key: "val.acc") { ... on NumberValue { number exact explicit { key } } } none: value(key: "nothing") { __typename } }
        history { rowCount rows(first: 2) { totalCount nodes { step time timestamp values } pageInfo { hasNextPage } } series(keys: ["loss", "absent"]) { key exact steps min } points(keys: ["loss"], first: 2) { steps times values hasNextPage } row(step: 2) { values } }
      } } }`,
      { id: run.id },
    );
    expect(errors).toBeUndefined();
    expect(data.node).toEqual({
      name: 'first',
      displayName: 'first',
      state: 'FINISHED',
      exitCode: 0,
      path: 'admin/vision/first',
      url: `${api.url}/admin/vision/runs/first`,
      readOnly: false,
      tags: ['a', 'b'],
      config: { optimizer: { name: 'adam' } },
      lastStep: 2,
      user: { name: 'admin' },
      entity: { name: 'admin' },
      project: { path: 'admin/vision', runCount: 1 },
      definitions: [{ name: 'loss', summary: ['min', 'max', 'median'], goal: 'MINIMIZE' }],
      historyKeys: [
        { key: 'loss', kind: 'NUMBER', count: 3, lastStep: 2 },
        { key: 'val.acc', kind: 'NUMBER', count: 3, lastStep: 2 },
      ],
      summary: {
        document: { loss: { min: 0.4, max: 0.9, median: 0.6 }, val: { acc: 0.5 } },
        metric: {
          min: 0.4,
          minStep: 1,
          max: 0.9,
          mean: expect.closeTo(1.9 / 3, 12),
          median: 0.6,
          best: 0.4,
          bestStep: 1,
          lastTime: '2023-11-14T22:13:22.250Z',
          percentile: 0.5,
          percentiles: [0.4, 0.9],
          count: 3,
        },
        value: { __typename: 'StatisticsValue', document: { min: 0.4, max: 0.9, median: 0.6 } },
        acc: { number: 0.5, exact: '0.5', explicit: null },
        none: null,
      },
      history: {
        rowCount: 3,
        rows: {
          totalCount: 3,
          nodes: [
            {
              step: 0,
              time: '2023-11-14T22:13:20.250Z',
              timestamp: 1_700_000_000.25,
              values: { loss: 0.9, val: { acc: 0 } },
            },
            {
              step: 1,
              time: '2023-11-14T22:13:21.250Z',
              timestamp: 1_700_000_001.25,
              values: { loss: 0.4, val: { acc: 0.25 } },
            },
          ],
          pageInfo: { hasNextPage: true },
        },
        series: [
          { key: 'loss', exact: true, steps: [0, 1, 2], min: [0.9, 0.4, 0.6] },
          { key: 'absent', exact: true, steps: [], min: [] },
        ],
        points: [{ steps: [0, 1], times: [1_700_000_000.25, 1_700_000_001.25], values: [0.9, 0.4], hasNextPage: true }],
        row: { values: { loss: 0.6, val: { acc: 0.5 } } },
      },
    });
  });

  it('shows what was set by hand, who set it, and every change of it', async () => {
    const run = await api.startRun({ name: 'by-hand' });
    await api.log(run.id, ROWS);
    const update = `mutation ($input: UpdateSummaryInput!) { updateSummary(input: $input) {
      summary { revision document value(key: "best") { ... on NumberValue { number explicit { user { name } revision } } } } revisions { key cause before beforeExists after } } }`;
    const first = await api.ask(update, { input: { runId: run.id, set: { best: 0.97 }, delete: ['loss'] } });
    expect(first.data.updateSummary).toEqual({
      summary: {
        revision: 1,
        document: { val: { acc: 0.5 }, best: 0.97 },
        value: { number: 0.97, explicit: { user: { name: 'admin' }, revision: 1 } },
      },
      revisions: [
        { key: 'loss', cause: 'DELETE', before: 0.6, beforeExists: true, after: null },
        { key: 'best', cause: 'SET', before: null, beforeExists: false, after: 0.97 },
      ],
    });
    const stale = await api.ask(update, { input: { runId: run.id, set: { best: 1 }, expectedRevision: 0 } });
    expect(stale.errors?.[0]?.extensions).toEqual({
      code: 'REVISION_CONFLICT',
      argumentPath: ['input', 'expectedRevision'],
    });
    const { data } = await api.ask(
      `query ($id: ID!) { node(id: $id) { ... on Run { summary { revisions(first: 1) { totalCount nodes { key revision cause user { name } } pageInfo { hasNextPage endCursor } } } } } }`,
      { id: run.id },
    );
    expect(data.node.summary.revisions).toMatchObject({
      totalCount: 2,
      nodes: [{ key: 'best', revision: 1, cause: 'SET', user: { name: 'admin' } }],
      pageInfo: { hasNextPage: true },
    });
    const next = await api.ask(
      `query ($id: ID!, $after: String) { node(id: $id) { ... on Run { summary { revisions(after: $after) { nodes { key } pageInfo { hasNextPage } } } } } }`,
      { id: run.id, after: data.node.summary.revisions.pageInfo.endCursor },
    );
    expect(next.data.node.summary.revisions).toEqual({ nodes: [{ key: 'loss' }], pageInfo: { hasNextPage: false } });
  });
});
