import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type LiveRun, type SummaClient } from '@summa/client';
import { downloadFileTo, uploadFileFrom } from '@summa/client/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { badLine } from '../support/bad-line.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';

let server: SummaProcess;
let client: SummaClient;
let run: LiveRun;
let folder: string;
beforeAll(async () => {
  server = await startSumma();
  folder = await mkdtemp(join(tmpdir(), 'summa-files-'));
  client = createClient({ url: server.url, apiKey: server.apiKey });
  run = await client.startRun({ project: 'files' });
});
afterAll(async () => {
  await run?.finish();
  await server?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const local = (name: string) => join(folder, name);

describe('files from and to disk', () => {
  it('come back as they were, and leave nothing else behind', async () => {
    const bytes = randomBytes(5_000_000);
    await writeFile(local('sent'), bytes);
    const file = await uploadFileFrom(run, { path: 'a/b.bin', local: local('sent') });
    expect(file).toMatchObject({ path: 'a/b.bin', size: bytes.length });
    await downloadFileTo(run, { path: 'a/b.bin', local: local('got') });
    expect((await readFile(local('got'))).equals(bytes)).toBe(true);
    expect((await readdir(folder)).sort()).toEqual(['got', 'sent']);
  });

  it('may be empty', async () => {
    await writeFile(local('empty'), '');
    await uploadFileFrom(run, { path: 'empty', local: local('empty') });
    await downloadFileTo(run, { path: 'empty', local: local('empty-again') });
    expect(await readFile(local('empty-again'), 'utf8')).toBe('');
  });

  it('go on where the connection broke', async () => {
    const bytes = randomBytes(4_000_000);
    await run.files.upload('broken.bin', bytes);
    await using line = await badLine(new URL(server.url), [1_000_000, 1_500_000]);
    const asked: (string | undefined)[] = [];
    const overBadLine: typeof fetch = (input, init) => {
      if (init?.method !== 'GET') return fetch(input, init);
      asked.push((init.headers as Record<string, string>).range);
      return fetch(String(input).replace(server.url, line.url), init);
    };
    const [entity = '', project = '', name = ''] = run.path.split('/');
    const patient = createClient({ url: server.url, apiKey: server.apiKey, fetch: overBadLine });
    const stored = await patient.run(entity, project, name);
    if (stored === null) throw new Error('the run is not there');
    await downloadFileTo(stored, { path: 'broken.bin', local: local('mended') });
    expect((await readFile(local('mended'))).equals(bytes)).toBe(true);
    expect([line.breaks(), asked.length, asked[0]]).toEqual([2, 3, undefined]);
    expect(asked.slice(1)).toEqual([expect.stringMatching(/^bytes=\d+-$/), expect.stringMatching(/^bytes=\d+-$/)]);
  });

  it('leave what was there when the file does not exist', async () => {
    await writeFile(local('old'), 'old');
    const missing = downloadFileTo(run, { path: 'nowhere', local: local('old') });
    await expect(missing).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    expect(await readFile(local('old'), 'utf8')).toBe('old');
  });
});

describe('a stream that can be read only once', () => {
  async function* chunks() {
    yield new Uint8Array([1, 2]);
    yield new Uint8Array([3]);
  }

  it('is uploaded when its size is said', async () => {
    const file = await run.files.upload('once.bin', { size: 3, data: chunks() });
    expect(file).toMatchObject({ size: 3 });
    const back = await (await run.files.download('once.bin')).arrayBuffer();
    expect(new Uint8Array(back)).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('is refused without a size, and kept out when the size is wrong', async () => {
    await expect(run.files.upload('once.bin', { data: chunks() } as never)).rejects.toMatchObject({
      code: 'INVALID_OPTION',
    });
    await expect(run.files.upload('twice.bin', { size: 4, data: chunks() })).rejects.toMatchObject({
      code: 'SIZE_MISMATCH',
    });
    expect(await run.files.get('twice.bin')).toBeNull();
  });
});
