import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
let projectId: string;
beforeAll(async () => {
  api = await startTestApi();
  const { data } = await api.ask(
    'mutation ($entity: String!) { createProject(input: { entity: $entity, name: "vision", description: "first" }) { project { id } } }',
    { entity: api.admin.name },
  );
  projectId = data.createProject.project.id;
});
afterAll(() => api.close());

const update = (input: object) =>
  api.ask(
    'mutation ($input: UpdateProjectInput!) { updateProject(input: $input) { project { description visibility } } }',
    { input: { projectId, ...input } },
  );
const stored = async () =>
  (await api.ask('query ($id: ID!) { node(id: $id) { ... on Project { description visibility } } }', { id: projectId }))
    .data.node;

describe('changing a project', () => {
  it('changes what is given and keeps the rest', async () => {
    expect((await update({ visibility: 'PUBLIC' })).data.updateProject.project).toEqual({
      description: 'first',
      visibility: 'PUBLIC',
    });
    expect((await update({ description: 'second' })).data.updateProject.project).toEqual({
      description: 'second',
      visibility: 'PUBLIC',
    });
    expect(await stored()).toEqual({ description: 'second', visibility: 'PUBLIC' });
  });

  it('keeps everything for null and for nothing, and takes the description away for an empty text', async () => {
    await update({ description: 'third', visibility: 'PRIVATE' });
    await update({ description: null, visibility: null });
    await update({});
    expect(await stored()).toEqual({ description: 'third', visibility: 'PRIVATE' });
    await update({ description: '' });
    expect((await stored()).description).toBe('');
  });

  it('lets everybody see it from the moment that it is public, and nobody else when it is private again', async () => {
    const stranger = await api.createUser('stranger');
    const seen = async () =>
      (
        await api.ask(
          'query ($entity: String!) { project(entity: $entity, name: "vision") { name } }',
          { entity: api.admin.name },
          stranger.key,
        )
      ).data.project;
    await update({ visibility: 'PRIVATE' });
    expect(await seen()).toBeNull();
    await update({ visibility: 'PUBLIC' });
    expect(await seen()).toEqual({ name: 'vision' });
    await update({ visibility: 'PRIVATE' });
    expect(await seen()).toBeNull();
  });

  it('refuses a description that is too long, and changes nothing', async () => {
    await update({ description: 'kept' });
    const { errors } = await update({ description: 'x'.repeat(100_001), visibility: 'PUBLIC' });
    expect(errors?.[0]?.extensions.code).toBe('TEXT_TOO_LONG');
    expect(await stored()).toEqual({ description: 'kept', visibility: 'PRIVATE' });
  });
});
