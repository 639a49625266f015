import { once } from 'node:events';
import { readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import S3rver from 's3rver';
import { createTestFolder } from './test-folder.ts';

/** A server of the S3 protocol with one bucket, which ends with the test. */
export interface S3Server {
  readonly url: string;
  /** The settings `SUMMA_S3_*` that lead to its bucket. */
  readonly env: Readonly<Record<string, string>>;
  /** What it keeps: the keys of objects, and of parts of uploads that are neither completed nor aborted. */
  list(): Promise<string[]>;
  close(): Promise<void>;
}

const BUCKET = 'files';
const OBJECT = '._S3rver_object';
const UPLOADS = '._S3rver_uploads';

/**
 * Starts s3rver in a temporary folder, completed by the two requests that it lacks (listing and aborting multipart uploads)
 * and with one fault mended.
 */
export async function startS3Server(): Promise<S3Server> {
  const directory = await createTestFolder('s3');
  const s3rver = new S3rver({ directory, silent: true, configureBuckets: [{ name: BUCKET, configs: [] }] });
  await s3rver.configureBuckets();
  giveFirstByteAlone(s3rver);
  const uploads = join(directory, BUCKET, UPLOADS);
  const handle = s3rver.callback();
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://s3');
    const uploadId = searchParams.get('uploadId');
    if (request.method === 'DELETE' && uploadId !== null) void abortUpload(uploads, uploadId, response);
    else if (request.method === 'GET' && searchParams.has('uploads')) void listUploads(uploads, request, response);
    else handle(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    env: {
      SUMMA_S3_BUCKET: BUCKET,
      SUMMA_S3_ENDPOINT: url,
      // What s3rver takes.
      SUMMA_S3_ACCESS_KEY_ID: 'S3RVER',
      SUMMA_S3_SECRET_ACCESS_KEY: 'S3RVER',
    },
    list: async () => [...(await listObjects(join(directory, BUCKET))), ...(await idsOf(uploads))],
    async close() {
      server.closeAllConnections();
      server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

interface S3Object {
  content: Readable | null;
  range: { start: number; end: number };
}

interface S3Store {
  getObject(bucket: string, key: string, options: { start?: number; end?: number }): Promise<S3Object | null>;
}

/** It takes the end 0 of `bytes=0-0` for no end at all. */
function giveFirstByteAlone(s3rver: S3rver): void {
  // The types leave out the store, which is there.
  const { store } = s3rver as unknown as { store: S3Store };
  const getObject = store.getObject.bind(store);
  store.getObject = async (bucket, key, options) => {
    if (options.end !== 0) return getObject(bucket, key, options);
    const object = await getObject(bucket, key, { start: 0, end: 1 });
    if (!object?.content) return object;
    const start = await buffer(object.content);
    return Object.assign(object, { content: Readable.from([start.subarray(0, 1)]), range: { start: 0, end: 0 } });
  };
}

async function listObjects(bucket: string): Promise<string[]> {
  const entries = await readdir(bucket, { recursive: true });
  return entries.filter((entry) => entry.endsWith(OBJECT)).map((entry) => entry.slice(0, -OBJECT.length));
}

async function idsOf(uploads: string): Promise<string[]> {
  return readdir(uploads).catch(() => []);
}

async function abortUpload(uploads: string, uploadId: string, response: ServerResponse): Promise<void> {
  await rm(join(uploads, uploadId), { recursive: true, force: true });
  response.writeHead(204).end();
}

async function listUploads(uploads: string, { url }: IncomingMessage, response: ServerResponse): Promise<void> {
  const prefix = new URL(url ?? '/', 'http://s3').searchParams.get('prefix') ?? '';
  const listed = await Promise.all(
    (await idsOf(uploads)).map(async (id) => {
      // Empty for one that ended while this listed it.
      const key = await readFile(join(uploads, id, 'key'), 'utf8').catch(() => '');
      return { id, key };
    }),
  );
  const items = listed.filter(({ key }) => key !== '' && key.startsWith(prefix));
  const xml = items.map(({ id, key }) => `<Upload><Key>${key}</Key><UploadId>${id}</UploadId></Upload>`).join('');
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0"?><ListMultipartUploadsResult>${xml}</ListMultipartUploadsResult>`);
}
