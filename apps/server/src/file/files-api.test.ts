import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ env: { SUMMA_MAX_FILE_BYTES: '1000', SUMMA_MAX_RUN_FILE_BYTES: '2500' } });
});
afterAll(() => api.close());

const CREATE =
  'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { upload { path size contentType method } } }';
const LIST = `query ($id: ID!, $filter: FileFilter, $first: Int, $after: String) { node(id: $id) { ... on Run {
  files(filter: $filter, first: $first, after: $after) { nodes { path } totalCount pageInfo { hasNextPage endCursor } } } } }`;

const errorOf = async (input: object) => {
  const { errors } = await api.ask(CREATE, { input });
  return [errors?.[0]?.extensions.code, errors?.[0]?.extensions.argumentPath];
};
const runWith = async (...paths: string[]) => {
  const run = await api.startRun();
  for (const path of paths) await api.uploadFile(run.id, path, path);
  return run;
};
const list = async (id: string, args: object = {}) => (await api.ask(LIST, { id, ...args })).data.node.files;
const pathsOf = (files: { nodes: { path: string }[] }) => files.nodes.map((node) => node.path);

describe('an upload', () => {
  it('tells what is to be done', async () => {
    const { id } = await api.startRun();
    const { data } = await api.ask(CREATE, { input: { runId: id, path: 'a/plot.png', size: 5 } });
    expect(data.createUpload.upload).toEqual({ path: 'a/plot.png', size: 5, contentType: 'image/png', method: 'PUT' });
  });

  it.each([
    [{ path: '../x', size: 1 }, 'INVALID_PATH', 'path'],
    [{ path: 'x', size: 1_001 }, 'FILE_TOO_LARGE', 'size'],
    [{ path: 'x', size: 1, sha256: 'abc' }, 'INVALID_INPUT', 'sha256'],
    [{ path: 'x', size: 1, contentType: 'text' }, 'INVALID_CONTENT_TYPE', 'contentType'],
  ])('is refused for %o with %s', async (input, code, argument) => {
    const { id } = await api.startRun();
    expect(await errorOf({ runId: id, ...input })).toEqual([code, ['input', argument]]);
  });

  it('is refused where the files of the run, and what is announced, would be too large together', async () => {
    const { id } = await api.startRun();
    await api.uploadFile(id, 'a', 'x'.repeat(1_000));
    await api.createUpload(id, { path: 'b', size: 1_000 });
    expect(await errorOf({ runId: id, path: 'c', size: 501 })).toEqual(['RUN_FILES_TOO_LARGE', ['input', 'size']]);
    expect(await errorOf({ runId: id, path: 'c', size: 500 })).toEqual([undefined, undefined]);
  });

  it('has room again when a file was replaced by a smaller one, or deleted', async () => {
    const { id } = await api.startRun();
    const fileId = await api.uploadFile(id, 'a', 'x'.repeat(1_000));
    await api.uploadFile(id, 'b', 'x'.repeat(1_000));
    expect((await errorOf({ runId: id, path: 'c', size: 1_000 }))[0]).toBe('RUN_FILES_TOO_LARGE');
    await api.uploadFile(id, 'a', 'x');
    await api.uploadFile(id, 'c', 'x'.repeat(1_000));
    expect((await errorOf({ runId: id, path: 'd', size: 500 }))[0]).toBe('RUN_FILES_TOO_LARGE');
    await api.ask('mutation ($id: ID!) { deleteFile(input: { fileId: $id }) { deletedFileId } }', { id: fileId });
    expect((await errorOf({ runId: id, path: 'd', size: 500 }))[0]).toBeUndefined();
  });

  it('is refused when the run has as many open ones, or as many files, as it may have', async () => {
    const { id } = await api.startRun();
    const { pool } = api.services.database;
    const { id: upload } = await api.createUpload(id, { path: 'kept', size: 4 });
    await pool.query(
      `INSERT INTO upload (project_id, id, run_id, path, size, content_type, user_id, created_at, expires_at)
       SELECT u.project_id, gen_random_uuid(), u.run_id, 'open/' || n, 0, 'x/y', u.user_id, u.created_at, u.expires_at
       FROM upload u, generate_series(1, 999) n WHERE u.path = 'kept'`,
    );
    expect((await errorOf({ runId: id, path: 'x', size: 1 }))[0]).toBe('TOO_MANY_UPLOADS');
    await pool.query("DELETE FROM upload WHERE path LIKE 'open/%'");
    await pool.query(
      'UPDATE run_file_totals SET files = 100000 WHERE run_id = (SELECT run_id FROM upload WHERE path = $1)',
      ['kept'],
    );
    expect((await errorOf({ runId: id, path: 'x', size: 1 }))[0]).toBe('TOO_MANY_FILES');
    expect(upload).toBeDefined();
  });
});

describe('the files of a run', () => {
  it('stand in the order of their code points, page by page', async () => {
    const paths = ['B', 'a', 'a/1', 'a/10', 'a/2', 'ä', 'z'];
    const { id } = await runWith(...paths.toReversed());
    const first = await list(id, { first: 4 });
    expect([pathsOf(first), first.totalCount, first.pageInfo.hasNextPage]).toEqual([
      ['B', 'a', 'a/1', 'a/10'],
      7,
      true,
    ]);
    const second = await list(id, { first: 4, after: first.pageInfo.endCursor });
    expect([pathsOf(second), second.pageInfo.hasNextPage]).toEqual([['a/2', 'z', 'ä'], false]);
  });

  it('are those with a prefix, taken literally', async () => {
    const { id } = await runWith('a_b/1', 'aXb/2', 'a_b/3', 'a%/4');
    expect(pathsOf(await list(id, { filter: { prefix: 'a_b/' } }))).toEqual(['a_b/1', 'a_b/3']);
    expect(pathsOf(await list(id, { filter: { prefix: 'a%' } }))).toEqual(['a%/4']);
    expect((await list(id, { filter: { prefix: 'a_' } })).totalCount).toBe(2);
  });

  it('are those of a content type, or of a kind', async () => {
    const { id } = await runWith('1.png', '2.jpg', '3.txt', '4.html', '5.bin');
    expect(pathsOf(await list(id, { filter: { contentType: 'image/*' } }))).toEqual(['1.png', '2.jpg']);
    expect(pathsOf(await list(id, { filter: { contentType: 'Text/Plain' } }))).toEqual(['3.txt']);
    expect(pathsOf(await list(id, { filter: { contentType: 'text/*', prefix: '4' } }))).toEqual(['4.html']);
  });

  it('are read in as many statements for many runs as for one', async () => {
    for (let i = 0; i < 6; i++) {
      const run = await api.startRun({ project: 'many' });
      await api.uploadFile(run.id, 'a', `a${i}`);
      await api.uploadFile(run.id, 'b', `b${i}`);
    }
    const query = `query ($runs: Int!, $entity: String!) { project(entity: $entity, name: "many") { runs(first: $runs) { nodes {
      a: file(path: "a") { size url run { name } user { name } } b: file(path: "b") { sha256 }
      files(first: 1) { nodes { path url } totalCount } } } } }`;
    const statementsFor = async (runs: number) => {
      const spy = vi.spyOn(api.services.database.pool, 'query');
      const { data } = await api.ask(query, { runs, entity: api.admin.name });
      expect(data.project.runs.nodes.map((run: { files: object }) => run.files)).toHaveLength(runs);
      const count = spy.mock.calls.length;
      spy.mockRestore();
      return count;
    };
    await statementsFor(6);
    expect(await statementsFor(6)).toBe(await statementsFor(1));
  });

  it('are found again by their id, which a new upload to the path keeps', async () => {
    const { id } = await api.startRun();
    const fileId = await api.uploadFile(id, 'a/b: c', 'one');
    expect(await api.uploadFile(id, 'a/b: c', 'two')).toBe(fileId);
    const { data } = await api.ask(
      'query ($id: ID!) { node(id: $id) { ... on File { id path name size createdAt updatedAt } } }',
      { id: fileId },
    );
    expect(data.node).toMatchObject({ id: fileId, path: 'a/b: c', name: 'b: c', size: 3 });
    expect(data.node.updatedAt > data.node.createdAt).toBe(true);
  });

  it('are not reached with a key that may only write, not even the one just uploaded', async () => {
    const { id } = await api.startRun();
    const key = await api.createKey(['INGEST']);
    const upload = await api.sendBytes(id, 'f', 'x');
    const complete = (selection: string) =>
      api.ask(
        `mutation ($id: ID!) { completeUpload(input: { uploadId: $id }) { file { ${selection} } } }`,
        { id: upload.id },
        key,
      );
    expect((await complete('path sha256')).errors).toBeUndefined();
    expect((await complete('url')).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('say so when one of them is not there to be deleted', async () => {
    const { id } = await api.startRun();
    const fileId = await api.uploadFile(id, 'f', 'x');
    const remove = () =>
      api.ask('mutation ($id: ID!) { deleteFile(input: { fileId: $id }) { deletedFileId run { id } } }', {
        id: fileId,
      });
    expect((await remove()).data.deleteFile).toEqual({ deletedFileId: fileId, run: { id } });
    expect((await remove()).errors?.[0]?.extensions.code).toBe('FILE_NOT_FOUND');
  });

  it('say that a cursor, an id or a path is not theirs', async () => {
    const { id } = await runWith('a');
    const codeOf = async (document: string) => (await api.ask(document)).errors?.[0]?.extensions.code;
    expect(await codeOf(`{ node(id: "${id}") { ... on Run { files(after: "x") { totalCount } } } }`)).toBe(
      'INVALID_CURSOR',
    );
    expect(await codeOf(`mutation { deleteFile(input: { fileId: "${id}" }) { deletedFileId } }`)).toBe('INVALID_ID');
    expect(await codeOf(`mutation { completeUpload(input: { uploadId: "${id}" }) { file { id } } }`)).toBe(
      'INVALID_ID',
    );
  });
});
