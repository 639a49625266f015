import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../database/in-transaction.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { openTestBlobStore, STORE_KINDS, type TestBlobStore } from '../testing/test-blob-stores.ts';
import { type BlobCursor, condemnBlobs, findUnusedBlobs, lockBlobs } from './blob-record-store.ts';
import { sweepBlobs } from './sweep-blobs.ts';

const HOUR_MS = 3_600_000;
const FILE = 'query ($id: ID!) { node(id: $id) { ... on Run { file(path: "f") { id sha256 url } } } }';
const DELETE_FILE = 'mutation ($id: ID!) { deleteFile(input: { fileId: $id }) { deletedFileId } }';
const COMPLETE = 'mutation ($id: ID!) { completeUpload(input: { uploadId: $id }) { file { sha256 } } }';

describe.each(STORE_KINDS)('the sweep (%s)', (kind) => {
  let blobs: TestBlobStore;
  let api: TestApi;
  let ahead = 0;
  beforeAll(async () => {
    blobs = await openTestBlobStore(kind);
    api = await startTestApi({ blobs: blobs.store, clock: () => new Date(Date.now() + ahead) });
  });
  afterAll(async () => {
    await api.close();
    await blobs.close();
  });

  /** As a server that comes by `hours` later. */
  const sweepIn = async (hours: number) => {
    ahead = hours * HOUR_MS;
    try {
      return await sweepBlobs(api.services);
    } finally {
      ahead = 0;
    }
  };
  const read = async (id: string) => {
    const { file } = (await api.ask(FILE, { id })).data.node;
    return file && (await fetch(file.url)).text();
  };

  it('takes the bytes of a deleted file after an hour, and those that another file has never', async () => {
    const before = await blobs.list();
    const [one, two, three] = [await api.startRun(), await api.startRun(), await api.startRun()];
    const fileId = await api.uploadFile(one.id, 'f', `alone ${kind}`);
    const shared = await api.uploadFile(two.id, 'f', `shared ${kind}`);
    await api.uploadFile(three.id, 'f', `shared ${kind}`);
    for (const id of [fileId, shared]) await api.ask(DELETE_FILE, { id });
    expect(await sweepIn(0.9)).toMatchObject({ blobs: 0, objects: 0 });
    expect(await sweepIn(1.1)).toMatchObject({ blobs: 1, objects: 1 });
    expect((await blobs.list()).length).toBe(before.length + 1);
    expect(await read(three.id)).toBe(`shared ${kind}`);
    await api.uploadFile(one.id, 'f', `alone ${kind}`);
    expect(await read(one.id)).toBe(`alone ${kind}`);
  });

  it('takes the files of deleted runs and projects', async () => {
    const before = await blobs.list();
    const run = await api.startRun({ project: 'doomed' });
    const other = await api.startRun({ project: 'spared' });
    await api.uploadFile(run.id, 'f', `doomed ${kind}`);
    await api.uploadFile(other.id, 'f', `spared ${kind}`);
    const project = (
      await api.ask('query ($id: ID!) { node(id: $id) { ... on Run { project { id } } } }', { id: run.id })
    ).data.node.project;
    await api.ask('mutation ($id: ID!) { deleteRun(input: { runId: $id }) { deletedRunId } }', { id: other.id });
    await api.ask('mutation ($id: ID!) { deleteProject(input: { projectId: $id }) { deletedProjectId } }', {
      id: project.id,
    });
    expect(await sweepIn(1.1)).toMatchObject({ blobs: 2, objects: 2 });
    expect(await blobs.list()).toEqual(before);
  });

  it('leaves the bytes of an upload until it expires', async () => {
    const run = await api.startRun();
    const upload = await api.sendBytes(run.id, 'f', `waiting ${kind}`);
    expect(await sweepIn(23.9)).toMatchObject({ uploads: 0, blobs: 0 });
    expect((await api.ask(COMPLETE, { id: upload.id })).errors).toBeUndefined();
    const late = await api.sendBytes(run.id, 'g', `forgotten ${kind}`);
    expect(await sweepIn(24.1)).toMatchObject({ blobs: 1, objects: 1 });
    expect((await api.ask(COMPLETE, { id: late.id })).errors?.[0]?.extensions.code).toBe('UPLOAD_NOT_FOUND');
    expect(await read(run.id)).toBe(`waiting ${kind}`);
  });

  it('takes what a process left behind that was killed while it wrote, and never what is being written', async () => {
    const before = await blobs.list();
    const run = await api.startRun();
    const upload = await api.createUpload(run.id, { path: 'f', size: 4_000_000 });
    let grow = () => {};
    const body = new ReadableStream({
      async pull(controller) {
        controller.enqueue(randomBytes(2_000_000));
        await new Promise<void>((resolve) => {
          grow = resolve;
        });
        controller.enqueue(randomBytes(2_000_000));
        controller.close();
      },
    });
    const sending = fetch(upload.url, { method: 'PUT', body, duplex: 'half' } as RequestInit);
    await expect.poll(async () => (await blobs.list()).length).toBe(before.length + 1);
    expect(await sweepIn(0.01)).toMatchObject({ objects: 0 });
    // To a sweep that comes when the lease has run out, the writer is dead; should it live, it is told.
    expect(await sweepIn(0.1)).toMatchObject({ objects: 1 });
    grow();
    expect((await sending).status).not.toBe(200);
    await expect.poll(() => blobs.list()).toEqual(before);
    expect((await api.ask(COMPLETE, { id: upload.id })).errors?.[0]?.extensions.code).toBe('UPLOAD_INCOMPLETE');
  });

  it('walks on where the sweep before it stopped', async () => {
    const { pool } = api.services.database;
    const run = await api.startRun();
    for (let i = 0; i < 5; i++) await api.uploadFile(run.id, `walk/${i}`, `walk ${i}`);
    const all = (await pool.query('SELECT count(*)::int AS count FROM blob')).rows[0].count;
    let [cursor, seen]: [BlobCursor, number] = [null, 0];
    do {
      const { next } = await findUnusedBlobs(pool, cursor, { size: 2, arrivedBefore: new Date() });
      seen += next ? 2 : all - seen;
      cursor = next;
      expect(seen).toBeLessThanOrEqual(all);
    } while (cursor);
    expect(seen).toBe(all);
  });

  it('does not take a blob that came into use between its look and its hold', async () => {
    const { pool } = api.services.database;
    const run = await api.startRun();
    const fileId = await api.uploadFile(run.id, 'f', `contended ${kind}`);
    const sha256 = (await api.ask(FILE, { id: run.id })).data.node.file.sha256;
    await api.ask(DELETE_FILE, { id: fileId });
    const soon = new Date(Date.now() + HOUR_MS);
    const { suspects } = await findUnusedBlobs(pool, null, { size: 1_000, arrivedBefore: soon });
    expect(suspects.map((blob) => blob.sha256)).toContain(sha256);
    const upload = await api.sendBytes(run.id, 'f', `contended ${kind}`);
    await inTransaction(pool, 'write', async (client) => {
      const locked = await lockBlobs(
        client,
        suspects.filter((blob) => blob.sha256 === sha256),
      );
      expect(locked.length).toBe(1);
      expect(await condemnBlobs(client, locked, soon)).toBe(0);
    });
    await api.ask(COMPLETE, { id: upload.id });
    expect(await read(run.id)).toBe(`contended ${kind}`);
  });

  it('makes an upload of the same bytes wait while it takes them, and then keep its own', async () => {
    const { pool } = api.services.database;
    const run = await api.startRun();
    const fileId = await api.uploadFile(run.id, 'f', `again ${kind}`);
    const sha256 = (await api.ask(FILE, { id: run.id })).data.node.file.sha256;
    await api.ask(DELETE_FILE, { id: fileId });
    const soon = new Date(Date.now() + HOUR_MS);
    const { suspects } = await findUnusedBlobs(pool, null, { size: 1_000, arrivedBefore: soon });
    let arrived = false;
    let sending: Promise<unknown> | undefined;
    await inTransaction(pool, 'write', async (client) => {
      const locked = await lockBlobs(
        client,
        suspects.filter((blob) => blob.sha256 === sha256),
      );
      sending = api.uploadFile(run.id, 'f', `again ${kind}`).then(() => {
        arrived = true;
      });
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(arrived).toBe(false);
      expect(await condemnBlobs(client, locked, soon)).toBe(1);
    });
    await sending;
    expect(await sweepIn(1.2)).toMatchObject({ objects: 1 });
    expect(await read(run.id)).toBe(`again ${kind}`);
  });

  it('loses nothing while files come and go and several sweeps run', async () => {
    const run = await api.startRun();
    const contents = Array.from({ length: 4 }, (_, i) => `churn ${kind} ${i}`);
    const done = new AbortController();
    ahead = 2 * HOUR_MS;
    const sweeping = Promise.all(
      [0, 1].map(async () => {
        while (!done.signal.aborted) await sweepBlobs(api.services);
      }),
    );
    const churn = async (writer: number) => {
      for (let round = 0; round < 15; round++) {
        const content = contents[(writer + round) % contents.length] ?? '';
        const path = `churn/${writer}`;
        const fileId = await api.uploadFile(run.id, path, content);
        const { data } = await api.ask('query ($id: ID!) { node(id: $id) { ... on File { url } } }', { id: fileId });
        expect(await (await fetch(data.node.url)).text()).toBe(content);
        if (round % 3 !== 0) await api.ask(DELETE_FILE, { id: fileId });
      }
    };
    try {
      await Promise.all([0, 1, 2, 3].map(churn));
    } finally {
      done.abort();
      await sweeping;
      ahead = 0;
    }
  });
});
