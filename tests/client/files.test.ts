import { createHash, randomBytes } from 'node:crypto';
import { createClient, type LiveRun, type StoredRun, type SummaClient } from '@summa/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { badLine } from '../support/bad-line.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';

let server: SummaProcess;
let client: SummaClient;
let entity: string;
beforeAll(async () => {
  server = await startSumma();
  client = createClient({ url: server.url, apiKey: server.apiKey });
  entity = (await client.viewer()).entity.name;
});
afterAll(() => server?.[Symbol.asyncDispose]());

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function startRun(): Promise<{ live: LiveRun; stored: StoredRun }> {
  const live = await client.startRun({ project: 'files' });
  const stored = await client.run(entity, 'files', live.name);
  if (!stored) throw new Error('the run is not there');
  return { live, stored };
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('run.files', () => {
  const bytes = randomBytes(3_000_000);
  const streamed = {
    size: bytes.length,
    stream: () => ReadableStream.from([bytes.subarray(0, 1_000_000), bytes.subarray(1_000_000)]),
  };
  it.each([
    ['bytes', bytes],
    ['a buffer', bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer],
    ['a blob', new Blob([bytes])],
    ['streams', streamed],
  ])('uploads %s and gives them back', async (_what, source) => {
    const { live, stored } = await startRun();
    const file = await live.files.upload('checkpoints/1.bin', source, { sha256: sha256(bytes) });
    expect(file).toMatchObject({ path: 'checkpoints/1.bin', name: '1.bin', size: bytes.length, sha256: sha256(bytes) });
    const back = Buffer.from(await (await stored.files.download('checkpoints/1.bin')).arrayBuffer());
    expect(back.equals(bytes)).toBe(true);
  });

  it('uploads a text as UTF-8, with the type of its extension or the one given', async () => {
    const { live } = await startRun();
    expect(await live.files.upload('a.txt', 'größer')).toMatchObject({
      size: 8,
      contentType: 'text/plain; charset=utf-8',
    });
    expect(await live.files.upload('a.txt', '{}', { contentType: 'application/json' })).toMatchObject({
      size: 2,
      contentType: 'application/json',
    });
  });

  it('lists what matches, downloads a part, and deletes', async () => {
    const { live, stored } = await startRun();
    for (const path of ['plots/b.png', 'plots/a.png', 'log.txt']) await live.files.upload(path, `bytes of ${path}`);
    expect((await collect(stored.files.list())).map((file) => file.path)).toEqual([
      'log.txt',
      'plots/a.png',
      'plots/b.png',
    ]);
    expect((await collect(stored.files.list({ prefix: 'plots/' }))).map((file) => file.name)).toEqual([
      'a.png',
      'b.png',
    ]);
    expect(await (await stored.files.download('log.txt', { range: { start: 9 } })).text()).toBe('log.txt');
    await stored.files.delete('log.txt');
    expect(await stored.files.get('log.txt')).toBeNull();
    await expect(stored.files.download('log.txt')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });

  it('rejects with the code of the server, and with ABORTED', async () => {
    const { live } = await startRun();
    await expect(live.files.upload('../x', 'x')).rejects.toMatchObject({ code: 'INVALID_PATH' });
    await expect(live.files.upload('x', 'x', { sha256: '0'.repeat(64) })).rejects.toMatchObject({
      code: 'HASH_MISMATCH',
    });
    const stop = new AbortController();
    stop.abort();
    await expect(live.files.upload('x', 'x', { signal: stop.signal })).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

describe('an upload over a bad line', () => {
  it('arrives whole when connections break in the middle of it', async () => {
    await using line = await badLine(new URL(server.url), [700_000, 1_500_000]);
    const { live, stored } = await startRun();
    const bytes = randomBytes(2_500_000);
    // Only the bytes go over the bad line: signed URLs are good for any way to the server.
    const overBadLine: typeof fetch = (input, init) =>
      fetch(init?.method === 'PUT' ? String(input).replace(server.url, line.url) : input, init);
    const patient = createClient({ url: server.url, apiKey: server.apiKey, fetch: overBadLine });
    const run = await patient.run(entity, 'files', live.name);
    await run?.files.upload('big.bin', bytes);
    expect(line.breaks()).toBe(2);
    expect((await stored.files.get('big.bin'))?.sha256).toBe(sha256(bytes));
  });
});
