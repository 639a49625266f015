import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordStatements } from '../../testing/record-statements.ts';
import { startTestApi, type TestApi, type TestUser } from '../../testing/test-api.ts';

const RUNS = `query ($first: Int!) { project(name: "lists", entityName: "admin") { runCount runs(first: $first) {
  edges { node { projectId id tags name displayName state config group jobType commit readOnly createdAt heartbeatAt description
    notes systemMetrics summaryMetrics historyLineCount user { name username } historyKeys } cursor }
  pageInfo { endCursor hasNextPage } } } }`;

describe('the public API of the wandb door', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  async function ask(query: string, variables: object = {}, user: Pick<TestUser, 'key'> = api.admin) {
    const response = await fetch(`${api.url}/wandb/graphql`, {
      method: 'POST',
      body: JSON.stringify({ query, variables, operationName: '' }),
      headers: {
        authorization: `Basic ${Buffer.from(`api:${user.key}`).toString('base64')}`,
        'content-type': 'application/json',
      },
    });
    return { status: response.status, ...(await response.json()) };
  }

  it('reads any number of whole runs with the same number of statements', async () => {
    for (let i = 0; i < 12; i++)
      await api.log((await api.startRun({ project: 'lists' })).id, [{ step: 0, values: { m: i } }]);
    // What a write leaves for later is done now, so that it does not stand between the statements of a read.
    await api.services.fields.drain();
    const read = async (first: number) => {
      const statements = await recordStatements(api.services.database.pool, async () => {
        const { data, errors } = await ask(RUNS, { first });
        expect(errors).toBeUndefined();
        expect(data.project.runs.edges).toHaveLength(first);
      });
      return statements.filter((statement) => statement !== 'touchApiKey').sort();
    };
    await read(1);
    expect(await read(12)).toEqual(await read(2));
  });

  it('shows nothing of a project to whoever may not see it, and changes nothing for him', async () => {
    const run = await api.startRun({ project: 'hidden' });
    await api.uploadFile(run.id, 'f', 'x');
    const stranger = await api.createUser('stranger');
    const files =
      'query { project(name: "hidden", entityName: "admin") { runCount run(name: "x") { fileCount } } models(entityName: "admin") { edges { node { name } } } }';
    expect((await ask(files, {}, stranger)).data).toEqual({ project: null, models: { edges: [] } });
    for (const [mutation, input] of [
      ['deleteRun(input: $input) { clientMutationId }', { id: run.id }],
      ['upsertBucket(input: $input) { bucket { id } }', { id: run.id, summaryMetrics: '{"a":1}' }],
      ['updateRunState(input: $input) { success }', { id: run.id, state: 'failed' }],
    ] as const) {
      const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1, mutation.indexOf('('))}Input!`;
      await ask(`mutation ($input: ${type}) { ${mutation} }`, { input }, stranger);
    }
    const after = await api.ask('query ($id: ID!) { node(id: $id) { ... on Run { state summary { document } } } }', {
      id: run.id,
    });
    expect(after.data.node).toEqual({ state: 'RUNNING', summary: { document: {} } });
  });

  it('finds a file that is asked for with a dot before its path', async () => {
    const { id } = await api.startRun({ project: 'files', name: 'dotted' });
    await api.uploadFile(id, 'a b.txt', 'test');
    const query = `query ($names: [String]) { project(name: "files", entityName: "admin") { run(name: "dotted") {
      files(names: $names) { edges { node { name sizeBytes } } } } } }`;
    const { data } = await ask(query, { names: ['./a b.txt', 'none'] });
    expect(data.project.run.files.edges.map(({ node }: { node: { name: string } }) => node)).toMatchObject([
      { name: 'a b.txt', sizeBytes: 4 },
      { name: 'none' },
    ]);
  });

  it('names the operation that the door does not speak', async () => {
    const { data, errors, status } = await ask('mutation CreateSweep { upsertSweep(input: {}) { sweep { id } } }');
    expect({ status, data }).toEqual({ status: 200, data: null });
    expect(errors[0].message).toMatch(/^Summa does not support CreateSweep of the W&B client/);
  });

  it('writes numbers that JSON lacks as texts outside of texts, and bare within', async () => {
    const { id } = await api.startRun({ project: 'numbers', name: 'odd' });
    await api.log(id, [
      { step: 0, values: { v: 'NaN', w: 1 } },
      { step: 1, values: { v: '-Infinity', w: 2 } },
    ]);
    const { data } = await ask(
      `query ($specs: [JSONString!]!) { project(name: "numbers", entityName: "admin") { run(name: "odd") {
        history(samples: 10) sampledHistory(specs: $specs) historyKeys summaryMetrics } } }`,
      { specs: ['{"keys":["_step","v"],"samples":10}'] },
    );
    const { run } = data.project;
    expect(run.sampledHistory).toEqual([
      [
        { _step: 0, v: 'NaN' },
        { _step: 1, v: '-Infinity' },
      ],
    ]);
    expect(run.history.map((line: string) => line.replace(/"_timestamp":[^,]+,/, ''))).toEqual([
      '{"_step":0,"v":NaN,"w":1}',
      '{"_step":1,"v":-Infinity,"w":2}',
    ]);
    expect(run.historyKeys).toMatchObject({ lastStep: 1, keys: { v: { previousValue: '-Infinity' } } });
    expect(run.summaryMetrics).toBe('{"v":-Infinity,"w":2}');
  });

  it('gives rows before maxStep, and from minStep on', async () => {
    const { id } = await api.startRun({ project: 'numbers', name: 'range' });
    await api.log(
      id,
      [0, 1, 5, 9].map((step) => ({ step, values: { v: step } })),
    );
    const query = `query ($min: Int64, $max: Int64, $samples: Int) { project(name: "numbers", entityName: "admin") {
      run(name: "range") { history(minStep: $min, maxStep: $max, samples: $samples) } } }`;
    const steps = async (min: number | null, max: number | null, samples: number) => {
      const { data } = await ask(query, { min, max, samples });
      return data.project.run.history.map((line: string) => JSON.parse(line)._step);
    };
    expect(await steps(1, 9, 10)).toEqual([1, 5]);
    expect(await steps(null, null, 10)).toEqual([0, 1, 5, 9]);
    expect(await steps(null, null, 2)).toEqual([0, 9]);
    expect(await steps(2, 5, 10)).toEqual([]);
  });
});
