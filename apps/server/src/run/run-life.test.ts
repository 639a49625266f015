import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRunId } from '../graphql/node-id.ts';
import { recordStatements } from '../testing/record-statements.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { sweepCrashedRuns } from './sweep-crashed-runs.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const RUN =
  'run { id name displayName state exitCode finishedAt startedAt tags notes group jobType config metadata revision lastStep }';
const start = (input: object) =>
  api.ask(
    `mutation ($input: StartRunInput!) { startRun(input: $input) { resumed writers { writer acceptedRows } ${RUN} } }`,
    { input: { project: 'life', ...input } },
  );
const change = (name: string, input: object) =>
  api.ask(`mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${RUN} } }`, {
    input,
  });
/** As if nothing had been heard of the run for an hour. */
const silence = (id: string) => {
  const { projectId, runId } = parseRunId(id);
  return api.services.database.pool.query(
    `UPDATE run_summary SET heartbeat_at = now() - interval '1 hour' WHERE project_id = $1 AND run_id = $2`,
    [projectId, runId],
  );
};
const codeOf = async (answer: ReturnType<typeof start>) => (await answer).errors?.[0]?.extensions.code;
const read = async (id: string) =>
  (await api.ask(`query ($id: ID!) { node(id: $id) { ... on Run { ${RUN.slice(6, -2)} } } }`, { id })).data.node;

describe('starting a run', () => {
  it('makes up a name of eight letters and digits, and the project on the way', async () => {
    const { data } = await start({ project: 'made-by-the-run' });
    expect(data.startRun.run.name).toMatch(/^[0-9a-z]{8}$/);
    expect(data.startRun).toMatchObject({
      resumed: false,
      writers: [],
      run: { displayName: data.startRun.run.name, state: 'RUNNING', config: {}, metadata: {}, tags: [] },
    });
  });

  it('makes one run of twenty starts of one name at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => start({ project: 'race', name: 'same' })));
    const made = answers.filter((answer) => answer.data !== null);
    expect(made).toHaveLength(1);
    expect(answers.filter((answer) => answer.errors?.[0]?.extensions.code === 'RUN_EXISTS')).toHaveLength(19);
    const { data } = await api.ask(
      '{ project(entity: "admin", name: "race") { runCount } entity(name: "admin") { projects { nodes { name } } } }',
    );
    expect(data.project.runCount).toBe(1);
    expect(data.entity.projects.nodes.filter((project: { name: string }) => project.name === 'race')).toHaveLength(1);
  });

  it('gives all twenty resumes of a new name the same run', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => start({ project: 'race-2', name: 'same', resume: 'ALLOW' })),
    );
    expect(answers.flatMap((answer) => answer.errors ?? [])).toEqual([]);
    expect(new Set(answers.map((answer) => answer.data.startRun.run.id)).size).toBe(1);
    expect(answers.filter((answer) => answer.data.startRun.resumed === false)).toHaveLength(1);
  });

  it('refuses a name that is taken with NEVER, and one that is not there with MUST', async () => {
    await start({ name: 'once' });
    expect(await codeOf(start({ name: 'once' }))).toBe('RUN_EXISTS');
    expect(await codeOf(start({ name: 'never-was', resume: 'MUST' }))).toBe('RUN_NOT_FOUND');
    expect(await codeOf(start({ project: 'no-project-either', name: 'never-was', resume: 'MUST' }))).toBe(
      'RUN_NOT_FOUND',
    );
    expect((await api.ask('{ project(entity: "admin", name: "no-project-either") { id } }')).data.project).toBeNull();
  });
});

describe('taking a run back to a step', () => {
  it('removes every row beyond it, and the run goes on from there', async () => {
    const { id } = (await start({ name: 'taken-back' })).data.startRun.run;
    await api.log(
      id,
      [1, 2, 3, 4].map((loss) => ({ values: { loss } })),
    );
    const { data } = await change('rewindRun', { runId: id, step: 1 });
    expect(data.rewindRun.run).toMatchObject({ state: 'RUNNING', lastStep: 1 });
    const log = await api.ask(
      `mutation ($id: ID!) { log(input: { runId: $id, writer: "w", offset: 4, rows: [{ values: { loss: 9 } }] }) { acceptedRows lastStep } }`,
      { id },
    );
    expect(log.data.log).toEqual({ acceptedRows: 5, lastStep: 2 });
    const read = `query ($id: ID!) { node(id: $id) { ... on Run { history { rowCount } summary { metric(key: "loss") { count mean max } } } } }`;
    // 1, 2 and 9: the mean is 4.
    expect((await api.ask(read, { id })).data.node).toEqual({
      history: { rowCount: 3 },
      summary: { metric: { count: 3, mean: 4, max: 9 } },
    });
  });
});

describe('resuming a run', () => {
  it('keeps what it has, merges the config by top-level key, and tells each writer how far it came', async () => {
    const first = await start({
      name: 'resumed',
      config: { lr: 0.1, opt: { name: 'adam', eps: 1 } },
      metadata: { host: 'a' },
      tags: ['x'],
      notes: 'n',
      group: 'g',
    });
    const { id } = first.data.startRun.run;
    await api.log(id, [{ values: { loss: 1 } }, { values: { loss: 2 } }]);
    await change('finishRun', { runId: id, exitCode: 3 });
    const { data } = await start({
      name: 'resumed',
      resume: 'MUST',
      config: { opt: { name: 'sgd' }, seed: 7 },
      jobType: 'train',
    });
    expect(data.startRun).toMatchObject({
      resumed: true,
      writers: [{ writer: 'w', acceptedRows: 2 }],
      run: {
        id,
        state: 'RUNNING',
        exitCode: null,
        finishedAt: null,
        config: { lr: 0.1, opt: { name: 'sgd' }, seed: 7 },
        metadata: { host: 'a' },
        tags: ['x'],
        notes: 'n',
        group: 'g',
        jobType: 'train',
        lastStep: 1,
      },
    });
    await api.log(id, [{ values: { loss: 3 } }], 2);
    expect(await read(id)).toMatchObject({ lastStep: 2 });
    const counted = await api.ask(
      '{ project(entity: "admin", name: "life") { runCount(filter: { config: { key: "opt.name", eq: "sgd" } }) gone: runCount(filter: { config: { key: "opt.eps", exists: true } }) } }',
    );
    expect(counted.data.project).toEqual({ runCount: 1, gone: 0 });
  });

  it('tells only the writer that asks, 0 when it is new', async () => {
    const { data } = await start({ name: 'resumed', resume: 'ALLOW', writer: 'another' });
    expect(data.startRun.writers).toEqual([{ writer: 'another', acceptedRows: 0 }]);
  });
});

describe('changing a run', () => {
  it('replaces attributes, takes away what is null, merges and deletes config keys, and grows the revision', async () => {
    const before = (
      await start({ name: 'changed', group: 'g', tags: ['a'], config: { a: 1, b: 2 }, metadata: { x: 1 } })
    ).data.startRun.run;
    const { data } = await change('updateRun', {
      runId: before.id,
      displayName: 'New',
      tags: ['b', 'b'],
      group: null,
      config: { c: 3 },
      configDelete: ['a'],
      metadata: { y: 2 },
    });
    expect(data.updateRun.run).toMatchObject({
      displayName: 'New',
      tags: ['b'],
      group: null,
      config: { b: 2, c: 3 },
      metadata: { y: 2 },
    });
    expect(data.updateRun.run.revision).toBeGreaterThan(before.revision);
  });

  it('loses none of forty changes of different config keys at once', async () => {
    const { id } = (await start({ name: 'busy' })).data.startRun.run;
    const keys = Array.from({ length: 40 }, (_, i) => `k${i}`);
    const answers = await Promise.all(keys.map((key) => change('updateRun', { runId: id, config: { [key]: 1 } })));
    const refused = answers.filter((answer) => answer.errors).map((answer) => answer.errors?.[0]?.extensions.code);
    const kept = answers.length - refused.length;
    expect(new Set(refused)).toEqual(new Set(refused.length > 0 ? ['SERVER_BUSY'] : []));
    expect(Object.keys((await read(id)).config)).toHaveLength(kept);
  });
});

describe('the end of a run', () => {
  it('is FINISHED with exit code 0, the same when said twice, and an error with another code', async () => {
    const { id } = (await start({ name: 'ends' })).data.startRun.run;
    const first = (await change('finishRun', { runId: id })).data.finishRun.run;
    expect(first).toMatchObject({ state: 'FINISHED', exitCode: 0, finishedAt: expect.any(String) });
    expect((await change('finishRun', { runId: id })).data.finishRun.run).toEqual(first);
    expect(await codeOf(change('finishRun', { runId: id, exitCode: 1 }))).toBe('RUN_FINISHED');
  });

  it('refuses rows until the run is resumed, and keeps those from before', async () => {
    const { id } = (await start({ name: 'closed' })).data.startRun.run;
    await api.log(id, [{ values: { loss: 1 } }]);
    await change('finishRun', { runId: id });
    await expect(api.log(id, [{ values: { loss: 2 } }], 1)).rejects.toThrow('RUN_FINISHED');
    await start({ name: 'closed', resume: 'ALLOW' });
    await api.log(id, [{ values: { loss: 2 } }], 1);
    expect((await read(id)).lastStep).toBe(1);
  });

  it('is CRASHED after silence, dated when it was last heard of, until a heartbeat or a row', async () => {
    const { id } = (await start({ name: 'silent' })).data.startRun.run;
    await silence(id);
    expect(await sweepCrashedRuns(api.services)).toBe(1);
    const crashed = await read(id);
    expect(crashed.state).toBe('CRASHED');
    expect(Date.now() - Date.parse(crashed.finishedAt)).toBeGreaterThan(3_590_000);
    expect(await sweepCrashedRuns(api.services)).toBe(0);
    expect((await change('heartbeat', { runId: id })).data.heartbeat.run).toMatchObject({
      state: 'RUNNING',
      finishedAt: null,
    });
    await silence(id);
    await sweepCrashedRuns(api.services);
    await api.log(id, [{ values: { loss: 1 } }]);
    expect(await read(id)).toMatchObject({ state: 'RUNNING', finishedAt: null, lastStep: 0 });
  });

  it('comes to all that fell silent together, some in each statement', async () => {
    const ids: string[] = [];
    for (const name of ['1', '2', '3', '4', '5'])
      ids.push((await start({ name: `together-${name}` })).data.startRun.run.id);
    for (const id of ids) await silence(id);
    let count = 0;
    const statements = await recordStatements(api.services.database.pool, async () => {
      count = await sweepCrashedRuns(api.services, 2);
    });
    expect({ count, statements }).toEqual({ count: 5, statements: Array(3).fill('storeCrashes') });
    expect(await Promise.all(ids.map(async (id) => (await read(id)).state))).toEqual(Array(5).fill('CRASHED'));
  });

  it('leaves a run that has ended as it is when a late heartbeat comes', async () => {
    const { id } = (await start({ name: 'late' })).data.startRun.run;
    await change('finishRun', { runId: id, exitCode: 1 });
    expect((await change('heartbeat', { runId: id })).data.heartbeat.run).toMatchObject({
      state: 'FAILED',
      exitCode: 1,
    });
  });
});

describe('deleting', () => {
  it('takes a run away with everything, and frees its name', async () => {
    const { id } = (await start({ name: 'doomed', config: { a: 1 } })).data.startRun.run;
    await api.log(id, [{ values: { loss: 1 } }]);
    const { data } = await api.ask(
      `mutation { deleteRun(input: { runId: "${id}" }) { deletedRunId project { name } } }`,
    );
    expect(data.deleteRun).toEqual({ deletedRunId: id, project: { name: 'life' } });
    expect(await read(id)).toBeNull();
    expect((await start({ name: 'doomed' })).data.startRun.resumed).toBe(false);
  });

  it.each([
    ['run', 'deleteRun(input: { runId: "RUN" }) { deletedRunId }'],
    ['project', 'deleteProject(input: { projectId: "PROJECT" }) { deletedProjectId }'],
  ])('does not fail when the segments of a %s are being merged just then', async (what, mutation) => {
    const project = `merged-${what}`;
    const { id } = (await start({ project, name: 'r' })).data.startRun.run;
    await api.log(id, [{ values: { loss: 1 } }]);
    const projectId = (await api.ask(`{ project(entity: "admin", name: "${project}") { id } }`)).data.project.id;
    const { pool } = api.services.database;
    // What a merge does: it locks segments, then looks up the run of the chunks it writes, then changes the summary.
    const merging = await pool.connect();
    await merging.query('BEGIN');
    const segments = `FROM history_segment s JOIN run r ON r.project_id = s.project_id AND r.id = s.run_id
      JOIN project p ON p.id = r.project_id WHERE p.name = '${project}'`;
    const { rows } = await merging.query(`SELECT r.project_id, r.id ${segments} FOR UPDATE OF s`);
    const deleted = api.ask(`mutation { ${mutation.replace('RUN', id).replace('PROJECT', projectId)} }`);
    const waiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%remove${what === 'run' ? 'Run' : 'Project'}%'`;
    await expect.poll(async () => (await pool.query(waiting)).rowCount, { timeout: 10_000 }).toBe(1);
    const key = [rows[0].project_id, rows[0].id];
    // The database may give up the merge instead, which is tried again by itself.
    const merged = await merging
      .query('SELECT FROM run WHERE project_id = $1 AND id = $2 FOR KEY SHARE', key)
      .then(() =>
        merging.query('UPDATE run_summary SET state_seq = state_seq WHERE project_id = $1 AND run_id = $2', key),
      )
      .then(
        () => 'merged',
        (error: { code?: string }) => error.code,
      );
    await merging.query('ROLLBACK');
    merging.release();
    expect(['merged', '40P01']).toContain(merged);
    expect((await deleted).errors).toBeUndefined();
  });

  it('takes a project away with its runs, and frees its name', async () => {
    await start({ project: 'condemned', name: 'r' });
    const id = (await api.ask('{ project(entity: "admin", name: "condemned") { id } }')).data.project.id;
    const { data } = await api.ask(
      `mutation { deleteProject(input: { projectId: "${id}" }) { deletedProjectId entity { name } } }`,
    );
    expect(data.deleteProject).toEqual({ deletedProjectId: id, entity: { name: 'admin' } });
    expect((await api.ask(`{ node(id: "${id}") { id } }`)).data.node).toBeNull();
    expect((await start({ project: 'condemned', name: 'r' })).data.startRun.resumed).toBe(false);
  });
});
