import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordStatements } from '../../testing/record-statements.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';

const METRIC = `query ($name: String!) { run(entity: "admin", project: "vision", name: $name) { state exitCode lastStep heartbeatAt
  history { rowCount } systemMetrics summary { document metric(key: "v") { count min max first last } revisions { totalCount } } } }`;

describe('the file stream', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  const authorization = () => `Basic ${Buffer.from(`api:${api.admin.key}`).toString('base64')}`;

  async function graphql(query: string, variables: object = {}) {
    const response = await fetch(`${api.url}/wandb/graphql`, {
      method: 'POST',
      body: JSON.stringify({ query, variables, operationName: '' }),
      headers: { authorization: authorization(), 'content-type': 'application/json' },
    });
    return { status: response.status, ...(await response.json()) };
  }

  async function upsert(input: object) {
    const answer = await graphql(
      'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { bucket { id name historyLineCount } inserted } }',
      { input: { modelName: 'vision', host: 'h', ...input } },
    );
    return answer.data.upsertBucket;
  }

  async function stream(name: string, body: object, headers: Record<string, string> = {}) {
    const text = JSON.stringify(body);
    const response = await fetch(`${api.url}/wandb/files/admin/vision/${name}/file_stream`, {
      method: 'POST',
      body: headers['content-encoding'] === 'gzip' ? gzipSync(text) : text,
      headers: { authorization: authorization(), 'content-type': 'application/json', ...headers },
    });
    return { status: response.status, body: await response.json() };
  }

  const history = (offset: number, ...content: string[]) => ({ files: { 'wandb-history.jsonl': { offset, content } } });
  const row = (step: number) => `{"v":${step + 1},"_step":${step},"_timestamp":${1000 + step}}`;
  const read = async (name: string) => (await api.ask(METRIC, { name })).data.run;

  it('counts lines once, however often and in whatever pieces they are sent', async () => {
    await upsert({ name: 'repeats' });
    for (const body of [
      history(0, row(0), row(1)),
      history(0, row(0), row(1)),
      history(1, row(1), row(2)),
      history(2, row(2)),
    ]) {
      expect(await stream('repeats', body)).toEqual({ status: 200, body: { stopped: false } });
    }
    expect(await read('repeats')).toMatchObject({
      lastStep: 2,
      history: { rowCount: 3 },
      summary: { metric: { count: 3, min: 1, max: 3 } },
    });
    expect((await upsert({ name: 'repeats' })).bucket.historyLineCount).toBe(3);
  });

  it('keeps lines that come before those ahead of them until these have come', async () => {
    await upsert({ name: 'disorder' });
    await stream('disorder', history(2, row(2), row(3)));
    await stream('disorder', history(5, row(5)));
    expect(await read('disorder')).toMatchObject({ history: { rowCount: 0 } });
    await stream('disorder', history(0, row(0), row(1)));
    expect(await read('disorder')).toMatchObject({ history: { rowCount: 4 }, lastStep: 3 });
    await stream('disorder', history(4, row(4)));
    expect(await read('disorder')).toMatchObject({
      history: { rowCount: 6 },
      summary: { metric: { count: 6, max: 6 } },
    });
  });

  it('keeps lines when a run ends although lines before them never came', async () => {
    await upsert({ name: 'gap' });
    await stream('gap', history(0, row(0)));
    await stream('gap', history(3, row(3)));
    await stream('gap', { complete: true, exitcode: 0 });
    expect(await read('gap')).toMatchObject({
      state: 'FINISHED',
      history: { rowCount: 2 },
      lastStep: 3,
      summary: { metric: { count: 2 } },
    });
  });

  it('takes three statements for lines: who may, the rows, and what waits', async () => {
    await upsert({ name: 'hot' });
    await stream('hot', history(0, row(0)));
    // The refresh that follows the writes in the background would be counted with whatever runs beside it.
    await api.services.fields.drain();
    const more = () => stream('hot', history(1, ...Array.from({ length: 100 }, (_, i) => row(1 + i))));
    expect(await recordStatements(api.services.database.pool, more)).toEqual([
      'findRunStanding',
      'storeAppend',
      'findStreamedRun',
    ]);
    expect(await read('hot')).toMatchObject({ history: { rowCount: 101 } });
  });

  it('takes lines only from those who may write, and tells a stranger nothing', async () => {
    await upsert({ name: 'closed' });
    const [grace, ada] = [(await api.createUser('grace')).key, (await api.createUser('ada')).key];
    await api.ask('mutation { createTeam(input: { name: "lab" }) { entity { id } } }');
    await api.ask('mutation { setMember(input: { entity: "lab", user: "grace", role: READER }) { entity { id } } }');
    await api.startRun({ entity: 'lab', name: 'theirs' });
    const sendAs = async (key: string, path: string) => {
      const answer = await fetch(`${api.url}/wandb/files/${path}/file_stream`, {
        method: 'POST',
        body: JSON.stringify(history(0, row(0))),
        headers: { authorization: `Bearer ${key}` },
      });
      return answer.text();
    };
    expect(await sendAs(grace, 'lab/vision/theirs')).toContain('needs the role WRITER');
    for (const path of ['lab/vision/theirs', 'admin/vision/closed', 'admin/vision/nobody']) {
      expect(await sendAs(ada, path)).toContain('or you may not see it');
    }
    expect(await read('closed')).toMatchObject({ history: { rowCount: 0 } });
  });

  it('understands gzip', async () => {
    await upsert({ name: 'zipped' });
    expect(await stream('zipped', history(0, row(0)), { 'content-encoding': 'gzip' })).toMatchObject({ status: 200 });
    expect(await read('zipped')).toMatchObject({ history: { rowCount: 1 } });
  });

  it('ends a run with its exit code, and the last request sent again changes nothing', async () => {
    await upsert({ name: 'ending' });
    const last = { ...history(0, row(0)), complete: true, exitcode: 3 };
    for (let i = 0; i < 2; i++) expect(await stream('ending', last)).toMatchObject({ status: 200 });
    expect(await read('ending')).toMatchObject({ state: 'FAILED', exitCode: 3, history: { rowCount: 1 } });
  });

  it('makes a run that has ended running again when new lines come', async () => {
    await upsert({ name: 'revived' });
    await stream('revived', { ...history(0, row(0)), complete: true, exitcode: 0 });
    await stream('revived', history(1, row(1)));
    expect(await read('revived')).toMatchObject({ state: 'RUNNING', history: { rowCount: 2 } });
  });

  it('logs system metrics at the step of the run, and changes neither its rows nor their times', async () => {
    await upsert({ name: 'system' });
    const events = (offset: number, ...values: number[]) => ({
      files: {
        'wandb-events.jsonl': { offset, content: values.map((value) => `{"system.cpu":${value},"_timestamp":5}`) },
      },
    });
    await stream('system', events(0, 10));
    expect(await read('system')).toMatchObject({ history: { rowCount: 0 }, systemMetrics: {} });
    await stream('system', { files: { ...history(0, row(0), row(1)).files, ...events(1, 20, 30).files } });
    await stream('system', events(1, 20, 30));
    expect(await read('system')).toMatchObject({
      history: { rowCount: 2 },
      lastStep: 1,
      systemMetrics: { 'system/cpu': 30 },
    });
    const { data } = await api.ask(
      `{ run(entity: "admin", project: "vision", name: "system") { history { rows(first: 5) { nodes { step time } } } } }`,
    );
    expect(data.run.history.rows.nodes.map((each: { time: string }) => each.time)).toEqual([
      '1970-01-01T00:16:40.000Z',
      '1970-01-01T00:16:41.000Z',
    ]);
  });

  it('waits with what a summary says of rows that have not come', async () => {
    await upsert({ name: 'ahead' });
    const summary = (text: string) => ({ files: { 'wandb-summary.json': { offset: 0, content: [text] } } });
    await stream('ahead', { files: { ...history(0, row(0)).files, ...summary('{"v":2,"best":9,"_step":1}').files } });
    expect((await read('ahead')).summary).toMatchObject({ document: { v: 1 }, revisions: { totalCount: 0 } });
    await stream('ahead', history(1, row(1)));
    expect((await read('ahead')).summary).toMatchObject({ document: { v: 2, best: 9 }, revisions: { totalCount: 1 } });
    await stream('ahead', summary('{"v":2,"_step":1}'));
    expect((await read('ahead')).summary.document).not.toHaveProperty('best');
  });

  it('tells the client to stop, and the next process no longer', async () => {
    const { bucket } = await upsert({ name: 'stopped' });
    await graphql('mutation ($id: ID!) { stopRun(input: { id: $id }) { success } }', { id: bucket.id });
    expect((await stream('stopped', {})).body).toEqual({ stopped: true });
    await upsert({ name: 'stopped' });
    expect((await stream('stopped', {})).body).toEqual({ stopped: false });
  });

  it('gives the client its summary back as it wrote it, with what our own API set over it', async () => {
    const { bucket } = await upsert({ name: 'summary' });
    const text = '{"z":NaN,"big":1152921504606846977,"a":{"b.c":1},"_wandb":{"runtime":3}}';
    await stream('summary', { files: { 'wandb-summary.json': { offset: 0, content: [text] } } });
    const ask = () => graphql('{ project(name: "vision") { run(name: "summary") { summaryMetrics } } }');
    await api.ask(
      'mutation ($id: ID!) { updateSummary(input: { runId: $id, set: { mine: 1 } }) { summary { revision } } }',
      { id: bucket.id },
    );
    expect((await ask()).data.project.run.summaryMetrics).toBe(`${text.slice(0, -1)},"mine":1}`);
  });

  it('refuses a run that is not there as 404, 401 without a key, and 200 with errors for what it does not speak', async () => {
    expect((await stream('nobody', {})).status).toBe(404);
    const refused = await fetch(`${api.url}/wandb/graphql`, { method: 'POST', body: '{}' });
    expect({ status: refused.status, body: await refused.json() }).toMatchObject({
      status: 401,
      body: { errors: [{}] },
    });
    expect(await graphql('{ artifactType { id } }')).toMatchObject({ status: 200, data: null, errors: [{}] });
  });

  it('refuses a run with a bad name as 400, so that the client shows why', async () => {
    const query = 'mutation { upsertBucket(input: { name: "a/b", modelName: "vision" }) { bucket { id } } }';
    expect(await graphql(query)).toMatchObject({
      status: 400,
      errors: [{ message: expect.stringContaining('"a/b" cannot be the name of a run') }],
    });
  });
});
