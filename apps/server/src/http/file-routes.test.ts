import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startS3Server } from '../testing/s3-server.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { openTestBlobStore, STORE_KINDS, TEST_PART_BYTES, type TestBlobStore } from '../testing/test-blob-stores.ts';

const HOUR_MS = 3_600_000;

const FILE =
  'query ($id: ID!, $path: String!) { node(id: $id) { ... on Run { file(path: $path) { size sha256 url } } } }';
const COMPLETE =
  'mutation ($id: ID!) { completeUpload(input: { uploadId: $id }) { file { path size sha256 contentType } } }';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
/** As a browser would send it: `fetch` does not let one set these headers. */
const rawGet = async (url: string, headers: Record<string, string>) => {
  const asking = request(url, { headers });
  asking.end();
  const [response] = await once(asking, 'response');
  return { status: response.statusCode, body: (await buffer(response)).toString() };
};
const codeOf = async (response: Response) =>
  [
    response.status,
    ((await response.json()) as { errors: [{ extensions: { code: string } }] }).errors[0].extensions.code,
  ] as const;

describe.each(STORE_KINDS)('files over HTTP (%s)', (kind) => {
  let blobs: TestBlobStore;
  let api: TestApi;
  let now: Date | undefined;
  const log: string[] = [];
  beforeAll(async () => {
    blobs = await openTestBlobStore(kind);
    api = await startTestApi({ blobs: blobs.store, log, clock: () => now ?? new Date() });
  });
  afterAll(async () => {
    await api.close();
    await blobs.close();
  });

  const fileAt = async (id: string, path: string) => (await api.ask(FILE, { id, path })).data.node.file;
  const put = (url: string, body: Uint8Array<ArrayBuffer> | string, headers = {}) =>
    fetch(url, { method: 'PUT', body, headers });
  /** Sends a body without saying its length, and breaks off where `end` is false. */
  const stream = async (url: string, chunks: readonly Buffer[], end = true) => {
    const sending = request(url, { method: 'PUT' });
    const answered = once(sending, 'response');
    answered.catch(() => undefined);
    for (const chunk of chunks) if (!sending.write(chunk)) await once(sending, 'drain');
    if (!end) {
      await sleep(50);
      return void sending.destroy();
    }
    sending.end();
    const [response] = await answered;
    const body = JSON.parse((await buffer(response)).toString());
    return [response.statusCode, body.errors?.[0].extensions.code];
  };

  it('shows a file when its upload is completed, not before, and gives back its bytes', async () => {
    const { id } = await api.startRun();
    const bytes = randomBytes(3 * TEST_PART_BYTES + 17);
    const upload = await api.createUpload(id, { path: 'a/b.bin', size: bytes.length, sha256: sha256(bytes) });
    expect((await put(upload.url, bytes)).status).toBe(200);
    expect(await fileAt(id, 'a/b.bin')).toBeNull();
    const completed = await api.ask(COMPLETE, { id: upload.id });
    const stored = {
      path: 'a/b.bin',
      size: bytes.length,
      sha256: sha256(bytes),
      contentType: 'application/octet-stream',
    };
    expect(completed.data.completeUpload.file).toEqual(stored);
    const response = await fetch((await fileAt(id, 'a/b.bin')).url);
    expect([response.status, response.headers.get('content-length')]).toEqual([200, String(bytes.length)]);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('keeps a file without bytes', async () => {
    const { id } = await api.startRun();
    await api.uploadFile(id, 'empty', '');
    const response = await fetch((await fileAt(id, 'empty')).url);
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it('stores equal bytes once in a project, and apart in another one', async () => {
    const bytes = randomBytes(5_000);
    const before = (await blobs.list()).length;
    const [one, two] = [await api.startRun(), await api.startRun()];
    await api.uploadFile(one.id, 'x', bytes);
    await api.uploadFile(one.id, 'y', bytes);
    await api.uploadFile(two.id, 'x', bytes);
    expect((await blobs.list()).length).toBe(before + 1);
    const elsewhere = await api.startRun({ project: 'another' });
    await api.uploadFile(elsewhere.id, 'x', bytes);
    expect((await blobs.list()).length).toBe(before + 2);
  });

  it('replaces the file at its path; the URL of the bytes before ends', async () => {
    const { id } = await api.startRun();
    await api.uploadFile(id, 'model', 'first');
    const old = await fileAt(id, 'model');
    await api.uploadFile(id, 'model', 'second');
    expect(await codeOf(await fetch(old.url))).toEqual([404, 'FILE_NOT_FOUND']);
    expect(await (await fetch((await fileAt(id, 'model')).url)).text()).toBe('second');
  });

  it.each([
    [
      'more bytes than announced, said at once',
      (url: string) => put(url, 'abcdef').then(codeOf),
      [400, 'SIZE_MISMATCH'],
    ],
    [
      'fewer bytes than announced, said at once',
      (url: string) => put(url, 'abcd').then(codeOf),
      [400, 'SIZE_MISMATCH'],
    ],
    [
      'more bytes than announced, unsaid',
      (url: string) => stream(url, [Buffer.from('abc'), Buffer.from('def')]),
      [400, 'SIZE_MISMATCH'],
    ],
    ['fewer bytes than announced, unsaid', (url: string) => stream(url, [Buffer.from('abc')]), [400, 'SIZE_MISMATCH']],
    ['other bytes than announced', (url: string) => put(url, 'abcdX').then(codeOf), [400, 'HASH_MISMATCH']],
    [
      'packed bytes',
      (url: string) => put(url, 'abcde', { 'content-encoding': 'gzip' }).then(codeOf),
      [415, 'UNSUPPORTED_ENCODING'],
    ],
  ])('refuses %s, keeps nothing, and takes the right ones after', async (_what, send, refused) => {
    const { id } = await api.startRun();
    const before = await blobs.list();
    const upload = await api.createUpload(id, { path: 'f', size: 5, sha256: sha256(Buffer.from('abcde')) });
    expect(await send(upload.url)).toEqual(refused);
    expect(await blobs.list()).toEqual(before);
    expect((await api.ask(COMPLETE, { id: upload.id })).errors?.[0]?.extensions.code).toBe('UPLOAD_INCOMPLETE');
    expect((await put(upload.url, 'abcde')).status).toBe(200);
  });

  it('keeps nothing of an upload that breaks off, and takes it again from the start', async () => {
    const { id } = await api.startRun();
    const before = await blobs.list();
    const bytes = randomBytes(6 * TEST_PART_BYTES);
    const upload = await api.createUpload(id, { path: 'big', size: bytes.length });
    await stream(upload.url, [bytes.subarray(0, 5 * TEST_PART_BYTES)], false);
    await expect.poll(() => blobs.list(), { timeout: 10_000 }).toEqual(before);
    expect(log.filter((line) => JSON.parse(line).level >= 40)).toEqual([]);
    expect((await put(upload.url, bytes)).status).toBe(200);
  });

  it('refuses bytes that come a second time, and changes nothing for them', async () => {
    const { id } = await api.startRun();
    const upload = await api.createUpload(id, { path: 'f', size: 5 });
    await put(upload.url, 'first');
    expect(await codeOf(await put(upload.url, 'other'))).toEqual([409, 'UPLOAD_RECEIVED']);
    await api.ask(COMPLETE, { id: upload.id });
    expect(await codeOf(await put(upload.url, 'other'))).toEqual([409, 'UPLOAD_RECEIVED']);
    expect(await (await fetch((await fileAt(id, 'f')).url)).text()).toBe('first');
  });

  it('lets exactly one of several senders of an upload win', async () => {
    const { id } = await api.startRun();
    const size = 2 * TEST_PART_BYTES;
    const upload = await api.createUpload(id, { path: 'f', size });
    const bodies = Array.from({ length: 4 }, () => randomBytes(size));
    const statuses = await Promise.all(bodies.map(async (body) => (await put(upload.url, body)).status));
    expect(statuses.toSorted()).toEqual([200, 409, 409, 409]);
    await api.ask(COMPLETE, { id: upload.id });
    const winner = bodies[statuses.indexOf(200)] ?? Buffer.alloc(0);
    expect((await fileAt(id, 'f')).sha256).toBe(sha256(winner));
    expect(Buffer.from(await (await fetch((await fileAt(id, 'f')).url)).arrayBuffer()).equals(winner)).toBe(true);
  });

  it('completes an upload again without changing what came after it', async () => {
    const { id } = await api.startRun();
    const first = await api.sendBytes(id, 'f', 'first');
    await api.ask(COMPLETE, { id: first.id });
    await api.uploadFile(id, 'f', 'second');
    const again = await api.ask(COMPLETE, { id: first.id });
    expect(again.data.completeUpload.file.sha256).toBe(sha256(Buffer.from('second')));
  });

  describe('a download', () => {
    const bytes = randomBytes(2 * TEST_PART_BYTES + 5);
    let url: string;
    beforeAll(async () => {
      const { id } = await api.startRun();
      await api.uploadFile(id, 'data.bin', bytes);
      url = (await fileAt(id, 'data.bin')).url;
    });
    const get = (headers: Record<string, string>, method = 'GET') => fetch(url, { method, headers });

    it('gives every range as a slice of the bytes', async () => {
      const place = fc.integer({ min: 0, max: bytes.length + 10 });
      const property = fc.asyncProperty(place, fc.option(place), async (from, to) => {
        const response = await get({ range: `bytes=${from}-${to ?? ''}` });
        const body = Buffer.from(await response.arrayBuffer());
        if (to !== null && to < from) {
          expect([response.status, body.length]).toEqual([200, bytes.length]);
        } else if (from >= bytes.length) {
          expect([response.status, response.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`]);
        } else {
          const slice = bytes.subarray(from, to === null ? undefined : to + 1);
          expect(response.status).toBe(206);
          expect(response.headers.get('content-range')).toBe(
            `bytes ${from}-${from + slice.length - 1}/${bytes.length}`,
          );
          expect(body.equals(slice)).toBe(true);
        }
      });
      await fc.assert(property, { numRuns: 60 });
    });

    it('gives the last bytes', async () => {
      const response = await get({ range: 'bytes=-7' });
      expect([response.status, Buffer.from(await response.arrayBuffer()).equals(bytes.subarray(-7))]).toEqual([
        206,
        true,
      ]);
    });

    it('gives a range only of the version that its sender thinks of', async () => {
      const etag = `"${sha256(bytes)}"`;
      expect((await get({ range: 'bytes=0-3', 'if-range': etag })).status).toBe(206);
      expect((await get({ range: 'bytes=0-3', 'if-range': '"another"' })).status).toBe(200);
    });

    it('says what it would be without giving it', async () => {
      const response = await get({}, 'HEAD');
      expect(response.status).toBe(200);
      expect(response.headers.get('content-length')).toBe(String(bytes.length));
      expect(response.headers.get('etag')).toBe(`"${sha256(bytes)}"`);
      expect(response.headers.get('accept-ranges')).toBe('bytes');
    });

    it.each([`"${sha256(bytes)}"`, `W/"${sha256(bytes)}"`, `"other", "${sha256(bytes)}"`, '*'])(
      'is not given again to whoever has it: %s',
      async (known) => {
        const response = await get({ 'if-none-match': known });
        expect([response.status, await response.text()]).toEqual([304, '']);
      },
    );

    it('does nothing in the name of the server, whatever it is', async () => {
      const { headers } = await get({}, 'HEAD');
      expect(headers.get('content-disposition')).toBe('attachment; filename="data.bin"');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    });

    it('that its reader breaks off is over', async () => {
      const stop = new AbortController();
      const response = await fetch(url, { signal: stop.signal });
      await response.body?.getReader().read();
      stop.abort();
      // All places must be free again: as many downloads as the server sends at once go through.
      const ends: (() => void)[] = [];
      await expect
        .poll(() => {
          try {
            while (ends.length < 512) ends.push(api.services.downloadsInFlight.begin());
            return ends.length;
          } catch {
            return ends.length;
          }
        })
        .toBe(512);
      for (const end of ends) end();
    });
  });

  describe('by names', () => {
    const pathTo = (...segments: string[]) => `${api.url}/files/${segments.map(encodeURIComponent).join('/')}`;
    const getAs = (url: string, key: string | null) =>
      fetch(url, { headers: key === null ? {} : { authorization: `Bearer ${key}` } });

    it('gives a file to whoever may read its run', async () => {
      const run = await api.startRun();
      await api.uploadFile(run.id, 'dir/ä b#?.txt', 'found');
      const url = pathTo(api.admin.name, 'vision', run.name, 'dir', 'ä b#?.txt');
      expect(await (await getAs(url, api.admin.key)).text()).toBe('found');
      const etag = `"${sha256(Buffer.from('found'))}"`;
      expect(
        (await fetch(url, { headers: { authorization: `Bearer ${api.admin.key}`, 'if-none-match': etag } })).status,
      ).toBe(304);
    });

    it('gives nothing to anybody else, and says the same as of a file that is not there', async () => {
      const run = await api.startRun();
      await api.uploadFile(run.id, 'secret.txt', 'secret');
      const url = pathTo(api.admin.name, 'vision', run.name, 'secret.txt');
      const stranger = await api.createUser(`stranger-${kind.toLowerCase()}`);
      expect(await codeOf(await getAs(url, null))).toEqual([401, 'UNAUTHENTICATED']);
      expect(await codeOf(await getAs(url, stranger.key))).toEqual([404, 'FILE_NOT_FOUND']);
      expect(await codeOf(await getAs(url, await api.createKey(['INGEST'])))).toEqual([403, 'FORBIDDEN']);
      expect(await codeOf(await getAs(pathTo(api.admin.name, 'vision', run.name, 'nothing'), api.admin.key))).toEqual([
        404,
        'FILE_NOT_FOUND',
      ]);
      for (const path of ['..%2F..%2Fetc', '%00', 'a%2F%2Fb', '.'.repeat(2_000)]) {
        const there = `${pathTo(api.admin.name, 'vision', run.name)}/${path}`;
        expect(await codeOf(await getAs(there, api.admin.key))).toEqual([404, 'FILE_NOT_FOUND']);
      }
    });
  });

  describe('a signed URL', () => {
    const change = (url: string, at: number) => {
      const letter = url.at(at) === 'A' ? 'B' : 'A';
      return url.slice(0, url.length + at) + letter + url.slice(url.length + at + 1);
    };

    it('that was changed in any place gives nothing', async () => {
      const { id } = await api.startRun();
      await api.uploadFile(id, 'f', 'bytes');
      const { url } = await fileAt(id, 'f');
      const token = url.slice(`${api.url}/files/`.length);
      for (let at = -token.length; at < 0; at += 5) {
        const response = await fetch(change(url, at));
        expect(response.status).not.toBe(200);
        await response.body?.cancel();
      }
      expect(await codeOf(await fetch(`${api.url}/files/x`))).toEqual([403, 'INVALID_URL']);
      expect(await codeOf(await fetch(`${url}=`))).toEqual([403, 'INVALID_URL']);
    });

    it('for one thing is worth nothing for another', async () => {
      const { id } = await api.startRun();
      const upload = await api.createUpload(id, { path: 'f', size: 1 });
      const uploadToken = upload.url.split('/').at(-1);
      expect(await codeOf(await fetch(`${api.url}/files/${uploadToken}`))).toEqual([403, 'INVALID_URL']);
      await api.uploadFile(id, 'g', 'bytes');
      const fileToken = (await fileAt(id, 'g')).url.split('/').at(-1);
      expect(await codeOf(await put(`${api.url}/files/uploads/${fileToken}`, 'x'))).toEqual([403, 'INVALID_URL']);
    });

    it('expires: an hour and a quarter for bytes, a day for an upload', async () => {
      const { id } = await api.startRun();
      await api.uploadFile(id, 'f', 'bytes');
      const { url } = await fileAt(id, 'f');
      const upload = await api.createUpload(id, { path: 'g', size: 1 });
      try {
        now = new Date(Date.now() + HOUR_MS);
        expect((await fetch(url)).status).toBe(200);
        now = new Date(Date.now() + 1.25 * HOUR_MS + 1);
        expect(await codeOf(await fetch(url))).toEqual([403, 'URL_EXPIRED']);
        now = new Date(Date.now() + 24 * HOUR_MS);
        expect(await codeOf(await put(upload.url, 'x'))).toEqual([403, 'URL_EXPIRED']);
        expect((await api.ask(COMPLETE, { id: upload.id })).errors?.[0]?.extensions.code).toBe('UPLOAD_NOT_FOUND');
      } finally {
        now = undefined;
      }
    });

    it('of an upload whose run was deleted is worth nothing', async () => {
      const { id } = await api.startRun();
      const upload = await api.createUpload(id, { path: 'f', size: 1 });
      await api.ask('mutation ($id: ID!) { deleteRun(input: { runId: $id }) { deletedRunId } }', { id });
      expect(await codeOf(await put(upload.url, 'x'))).toEqual([404, 'UPLOAD_NOT_FOUND']);
    });
  });
});

describe('downloads that the store gives itself', () => {
  it('are redirected to a URL of the store, with their name and type', async () => {
    const s3 = await startS3Server();
    const { openBlobStore } = await import('../file/open-blob-store.ts');
    const { parseConfig } = await import('../config.ts');
    const env = { ...s3.env, SUMMA_S3_REDIRECT: 'on' };
    const api = await startTestApi({ env, blobs: await openBlobStore(parseConfig(env)) });
    try {
      const { id } = await api.startRun();
      await api.uploadFile(id, 'plot.png', 'not really a picture', 'image/png');
      const { url } = (await api.ask(FILE, { id, path: 'plot.png' })).data.node.file;
      const redirect = await fetch(url, { redirect: 'manual' });
      expect(redirect.status).toBe(302);
      expect(redirect.headers.get('location')?.startsWith(s3.url)).toBe(true);
      const followed = await fetch(url);
      expect(await followed.text()).toBe('not really a picture');
      expect(followed.headers.get('content-type')).toBe('image/png');
      expect(followed.headers.get('content-disposition')).toBe('inline; filename="plot.png"');
      expect((await fetch(url, { method: 'HEAD', redirect: 'manual' })).status).toBe(200);
      // What a script of the web app reads comes from here: the store allows no other origin.
      const byPage = await rawGet(url, { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'empty' });
      expect(byPage).toEqual({ status: 200, body: 'not really a picture' });
      const byAnother = await rawGet(url, { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'empty' });
      const asPicture = await rawGet(url, { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'image' });
      expect([byAnother.status, asPicture.status]).toEqual([302, 302]);
    } finally {
      await api.close();
      await s3.close();
    }
  });
});
