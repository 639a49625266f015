import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  const { id } = await api.startRun({ name: 'a' });
  await api.log(id, [
    { step: 0, values: { m: 1, note: 'x' } },
    { step: 1, values: { m: 'NaN', note: 2 } },
    { step: 2, values: { m: '-Infinity' } },
    { step: 5, values: { m: -0.5 } },
  ]);
});
afterAll(() => api.close());

it('stand where they were asked for, by whatever name and in whatever list', async () => {
  const answer = await api.ask(`query { runs: project(entity: "admin", name: "vision") { runs(first: 5) {
    nodes { history {
      line: series(keys: ["m", "none"], buckets: 10) { ...Line }
      again: series(keys: ["m"], buckets: 1) { ...Line } } }
    columns(summary: [{ key: "m", statistic: COUNT }, { key: "m", statistic: LAST }, { key: "note", statistic: VALUE }]) { values } } } }
  fragment Line on Series { steps counts least: min max mean first last xValues }`);
  const { nodes, columns } = answer.data.runs.runs;
  expect(nodes[0].history).toEqual({
    line: [
      {
        steps: [0, 1, 2, 5],
        counts: [1, 1, 1, 1],
        least: [1, null, null, -0.5],
        max: [1, null, null, -0.5],
        mean: [1, null, null, -0.5],
        first: [1, 'NaN', '-Infinity', -0.5],
        last: [1, 'NaN', '-Infinity', -0.5],
        xValues: null,
      },
      { steps: [], counts: [], least: [], max: [], mean: [], first: [], last: [], xValues: null },
    ],
    again: [
      { steps: [0], counts: [4], least: [-0.5], max: [1], mean: [0.25], first: [1], last: [-0.5], xValues: null },
    ],
  });
  expect(columns).toEqual([{ values: [4] }, { values: [-0.5] }, { values: [2] }]);
});

it('hold points of any kind', async () => {
  const answer = await api.ask(`{ run(entity: "admin", project: "vision", name: "a") { history {
    points(keys: ["m", "note", "none"], first: 9) { steps values } } } }`);
  expect(answer.data.run.history.points).toEqual([
    { steps: [0, 1, 2, 5], values: [1, 'NaN', '-Infinity', -0.5] },
    { steps: [0, 1], values: ['x', 2] },
    { steps: [], values: [] },
  ]);
});

it('go down with what they stand in, when a field beside them fails', async () => {
  const answer = await api.ask(`{ run(entity: "admin", project: "vision", name: "a") { name history {
    series(keys: ["m"], buckets: 2) { steps } bad: series(keys: ["m"], buckets: 0) { steps } } } }`);
  expect(answer.data).toEqual({ run: null });
  expect(answer.errors).toHaveLength(1);
});
