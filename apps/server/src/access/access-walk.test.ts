import { isInterfaceType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatNodeId } from '../graphql/node-id.ts';
import { schema } from '../graphql/schema.ts';
import { ACCESS_CASES, ACTORS, type Actor, DOOR_CASES, type World } from '../testing/access-cases.ts';
import { npyOf } from '../testing/npy.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
let keys: Record<Actor, string | null>;
let made = 0;

beforeAll(async () => {
  api = await startTestApi();
  await api.ask('mutation { createTeam(input: { name: "lab" }) { entity { id } } }');
  await api.createUser('stranger2');
  const [stranger, outsider, reader] = [
    await api.createUser('stranger'),
    await api.createUser('outsider'),
    await api.createUser('reader'),
  ];
  await api.ask('mutation { createTeam(input: { name: "elsewhere" }) { entity { id } } }', {}, stranger.key);
  await api.ask(
    'mutation { setMember(input: { entity: "elsewhere", user: "outsider", role: WRITER }) { entity { id } } }',
    {},
    stranger.key,
  );
  await api.ask('mutation { setMember(input: { entity: "lab", user: "reader", role: READER }) { entity { id } } }');
  keys = {
    nobody: null,
    stranger: stranger.key,
    outsider: outsider.key,
    reader: reader.key,
    'ingest key': await api.createKey(['INGEST']),
    'read key': await api.createKey(['READ']),
    owner: api.admin.key,
  };
});
afterAll(() => api.close());

async function makeWorld(): Promise<World> {
  const unique = `w${made++}`;
  const { data } = await api.ask(
    `mutation ($project: String!) {
      startRun(input: { entity: "lab", project: $project, name: "r" }) { run { id project { id } entity { id } user { id } } }
      createApiKey(input: { name: "to revoke", scopes: [READ] }) { apiKey { id } }
    }`,
    { project: unique },
  );
  const { run } = data.startRun;
  await api.uploadFile(run.id, 'kept.npy', npyOf(Float64Array.of(1, 2, 3)));
  await api.ask(
    `mutation ($id: ID!) {
      updateSummary(input: { runId: $id, set: {
        weights: { _type: "tensor", size: 3, path: "kept.npy" }, image: { _type: "image-file", path: "kept.txt" } } }) { summary { revision } }
    }`,
    { id: run.id },
  );
  return {
    unique,
    runId: run.id,
    projectId: run.project.id,
    entityId: run.entity.id,
    ownerId: run.user.id,
    keyId: data.createApiKey.apiKey.id,
    fileId: await api.uploadFile(run.id, 'kept.txt', 'kept'),
    uploadId: (await api.sendBytes(run.id, 'arrived.txt', 'arrived')).id,
  };
}

async function attempt(actor: Actor, operation: string): Promise<string> {
  const answer = await api.ask(operation, {}, keys[actor]);
  if (answer.errors) return answer.errors[0]?.extensions.code ?? 'no code';
  return answer.data.it === null ? 'null' : 'ok';
}

describe('the access walk', () => {
  it('has a case for every query, every mutation, every node type and every field with a rule of its own', () => {
    const types = Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .filter((type) => !type.name.startsWith('__'));
    const roots = [schema.getQueryType(), schema.getMutationType()];
    const node = schema.getType('Node');
    const wanted = types.flatMap((type) => [
      ...Object.values(type.getFields())
        .filter((field) => roots.includes(type) || field.extensions.scope !== undefined)
        .map((field) => `${type.name}.${field.name}`),
      ...(isInterfaceType(node) && type.getInterfaces().includes(node) ? [`Node ${type.name}`] : []),
    ]);
    expect(Object.keys(ACCESS_CASES).sort()).toEqual(wanted.sort());
  });

  for (const [name, { operation, outcomes }] of Object.entries(ACCESS_CASES)) {
    it(`${name}: ${ACTORS.map((actor, i) => `${actor} ${outcomes[i]}`).join(', ')}`, async () => {
      const world = await makeWorld();
      const found: string[] = [];
      for (const actor of ACTORS) found.push(await attempt(actor, operation(world)));
      expect(found).toEqual(outcomes);
    });
  }
});

async function knock(path: string, headers: Record<string, string>): Promise<{ outcome: string; text: string }> {
  const response = await fetch(`${api.url}${path}`, { headers });
  const text = await response.text();
  return { outcome: response.ok ? 'ok' : JSON.parse(text).errors[0].extensions.code, text };
}

describe('the doors beside GraphQL', () => {
  const bearer = (actor: Actor): Record<string, string> =>
    keys[actor] === null ? {} : { authorization: `Bearer ${keys[actor]}` };

  for (const [name, { path, outcomes }] of Object.entries(DOOR_CASES)) {
    it(`${name}: ${ACTORS.map((actor, i) => `${actor} ${outcomes[i]}`).join(', ')}`, async () => {
      const world = await makeWorld();
      const found: string[] = [];
      for (const actor of ACTORS) found.push((await knock(path(world), bearer(actor))).outcome);
      expect(found).toEqual(outcomes);
    });

    it(`${name}: a session allows what its key allows`, async () => {
      const world = await makeWorld();
      for (const [i, actor] of ACTORS.entries()) {
        if (keys[actor] === null) continue;
        const signedIn = await fetch(`${api.url}/api/session`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ apiKey: keys[actor] }),
        });
        const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
        expect([actor, (await knock(path(world), { cookie })).outcome]).toEqual([actor, outcomes[i]]);
      }
    });

    it(`${name}: answers a stranger exactly as what does not exist`, async () => {
      const world = await makeWorld();
      const headers = { ...bearer('stranger'), 'x-request-id': 'same' };
      const [there, absent] = [path(world), path({ ...world, unique: 'no-such-project' })];
      expect((await knock(there, headers)).text).toBe((await knock(absent, headers)).text);
    });
  }
});

describe('a key that may only write', () => {
  const nested = Object.entries(ACCESS_CASES).filter(([name]) => !/^(Query|Mutation|Node)/.test(name));
  for (const [name, { operation }] of nested) {
    it(`does not reach ${name} through the run that it writes`, async () => {
      const world = await makeWorld();
      const selection = operation(world).replace(/^.*?\.\.\. on Run \{(.*)\} \} \}$/, '$1');
      expect(
        await attempt(
          'ingest key',
          `mutation { it: heartbeat(input: { runId: "${world.runId}" }) { run { ${selection} } } }`,
        ),
      ).toBe('FORBIDDEN');
      expect(
        await attempt(
          'owner',
          `mutation { it: heartbeat(input: { runId: "${world.runId}" }) { run { ${selection} } } }`,
        ),
      ).toBe('ok');
    });
  }
});

describe('what is private', () => {
  it('answers a stranger exactly as what does not exist', async () => {
    const world = await makeWorld();
    const absentRun = formatNodeId(
      'Run',
      '01990000-0000-7000-8000-000000000000',
      '01990000-0000-7000-8000-000000000001',
    );
    const absentProject = formatNodeId('Project', '01990000-0000-7000-8000-000000000000');
    for (const [there, absent] of [
      [world.runId, absentRun],
      [world.projectId, absentProject],
    ]) {
      const query = 'query ($id: ID!) { node(id: $id) { id } }';
      expect((await api.ask(query, { id: there }, keys.stranger)).text).toBe(
        (await api.ask(query, { id: absent }, keys.stranger)).text,
      );
    }
    for (const [name, field] of [
      ['heartbeat', 'runId'],
      ['finishRun', 'runId'],
      ['deleteRun', 'runId'],
      ['deleteProject', 'projectId'],
      ['updateProject', 'projectId'],
    ] as const) {
      const answer = (id: string) =>
        api.ask(`mutation { ${name}(input: { ${field}: "${id}" }) { __typename } }`, {}, keys.stranger);
      const [there, absent] = field === 'runId' ? [world.runId, absentRun] : [world.projectId, absentProject];
      expect((await answer(there)).text).toBe((await answer(absent)).text);
    }
    const log = (id: string) =>
      api.ask(
        `mutation { log(input: { runId: "${id}", writer: "w", offset: 0, rows: [] }) { revision } }`,
        {},
        keys.stranger,
      );
    expect((await log(world.runId)).text).toBe((await log(absentRun)).text);
    const byName = (project: string) =>
      api.ask(`{ run(entity: "lab", project: "${project}", name: "r") { id } }`, {}, keys.stranger);
    expect((await byName(world.unique)).text).toBe((await byName('no-such-project')).text);
  });

  it('is not reached through an id that pairs its run with a project that one may see', async () => {
    const world = await makeWorld();
    const own = await api.startRun({ project: 'mine' }, keys.stranger ?? '');
    const [, , secretRun] = Buffer.from(world.runId, 'base64url').toString().split(':');
    const [, ownProject] = Buffer.from(own.id, 'base64url').toString().split(':');
    const forged = formatNodeId('Run', ownProject ?? '', secretRun ?? '');
    expect(await attempt('stranger', `{ it: node(id: "${forged}") { id } }`)).toBe('null');
    expect(
      await attempt(
        'stranger',
        `mutation { it: log(input: { runId: "${forged}", writer: "w", offset: 0, rows: [{ values: { a: 1 } }] }) { revision } }`,
      ),
    ).toBe('RUN_NOT_FOUND');
    expect(
      await attempt(
        'stranger',
        `mutation { it: updateSummary(input: { runId: "${forged}", set: { a: 1 } }) { summary { revision } } }`,
      ),
    ).toBe('RUN_NOT_FOUND');
  });
});

describe('a public project', () => {
  it('is read by everybody with a key, written by its writers only, and does not show who they are', async () => {
    await api.ask(
      'mutation { createProject(input: { entity: "lab", name: "open", visibility: PUBLIC }) { project { id } } }',
    );
    const run = await api.startRun({ entity: 'lab', project: 'open', name: 'r' });
    const query = `{ run(entity: "lab", project: "open", name: "r") { readOnly user { name email } entity { name viewerRole members { role } projects { nodes { name } totalCount } } } }`;
    const { data } = await api.ask(query, {}, keys.stranger);
    expect(data.run).toEqual({
      readOnly: true,
      user: { name: 'admin', email: null },
      entity: { name: 'lab', viewerRole: null, members: [], projects: { nodes: [{ name: 'open' }], totalCount: 1 } },
    });
    expect(await attempt('stranger', `mutation { it: heartbeat(input: { runId: "${run.id}" }) { run { id } } }`)).toBe(
      'FORBIDDEN',
    );
    expect(
      await attempt(
        'stranger',
        `mutation { it: log(input: { runId: "${run.id}", writer: "w", offset: 0, rows: [] }) { revision } }`,
      ),
    ).toBe('FORBIDDEN');
    expect(
      await attempt('stranger', `mutation { it: startRun(input: { entity: "lab", project: "open" }) { run { id } } }`),
    ).toBe('FORBIDDEN');
    expect(
      await attempt('stranger', `mutation { it: deleteRun(input: { runId: "${run.id}" }) { deletedRunId } }`),
    ).toBe('FORBIDDEN');
  });
});
