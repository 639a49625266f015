import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';

const CREATE = 'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { upload { id url } } }';
const COMPLETE = 'mutation ($id: ID!) { completeUpload(input: { uploadId: $id }) { file { sha256 url } } }';
const FILES = 'query ($id: ID!) { node(id: $id) { ... on Run { files { nodes { path } } } } }';

async function startRun(summa: SummaProcess): Promise<string> {
  const started = await must(summa, 'mutation { startRun(input: { project: "files" }) { run { id } } }');
  return started.startRun.run.id;
}

async function announce(summa: SummaProcess, runId: string, bytes: Buffer) {
  const input = { runId, path: 'weights.bin', size: bytes.length };
  return (await must(summa, CREATE, { input })).createUpload.upload as { id: string; url: string };
}

const put = (url: string, body: Buffer<ArrayBuffer>) => fetch(url, { method: 'PUT', body });
const shown = async (summa: SummaProcess, id: string) => (await must(summa, FILES, { id })).node.files.nodes;

async function blobsOf(summa: SummaProcess): Promise<string[]> {
  const entries = await readdir(join(summa.dataDir, 'blobs'), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

/** Sends half of the bytes and waits until some of them have reached the disk. */
async function sendHalf(summa: SummaProcess, url: string, bytes: Buffer): Promise<void> {
  const sending = request(url, { method: 'PUT', headers: { 'content-length': bytes.length } });
  sending.on('error', () => undefined);
  if (!sending.write(bytes.subarray(0, bytes.length / 2))) await once(sending, 'drain');
  await expect.poll(() => blobsOf(summa), { timeout: 10_000 }).not.toEqual([]);
}

describe('an upload and kill -9 of the server', () => {
  it('shows nothing of what was cut off, and takes it again after the restart', async () => {
    const killed = await startSumma();
    const runId = await startRun(killed);
    const bytes = randomBytes(32 * 1024 * 1024);
    const upload = await announce(killed, runId, bytes);
    await sendHalf(killed, upload.url, bytes);
    expect(await killed.end('SIGKILL')).toBeNull();
    await using summa = await killed.restart();
    expect(await shown(summa, runId)).toEqual([]);
    expect((await put(upload.url, bytes)).status).toBe(200);
    const { file } = (await must(summa, COMPLETE, { id: upload.id })).completeUpload;
    expect(file.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(Buffer.from(await (await fetch(file.url)).arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('keeps bytes that were acknowledged, and their file', async () => {
    const first = await startSumma();
    const runId = await startRun(first);
    const bytes = randomBytes(3 * 1024 * 1024);
    const upload = await announce(first, runId, bytes);
    expect((await put(upload.url, bytes)).status).toBe(200);
    await first.end('SIGKILL');
    const second = await first.restart();
    await must(second, COMPLETE, { id: upload.id });
    await second.end('SIGKILL');
    await using third = await second.restart();
    expect(await shown(third, runId)).toEqual([{ path: 'weights.bin' }]);
    const { file } = (await must(third, COMPLETE, { id: upload.id })).completeUpload;
    expect(Buffer.from(await (await fetch(file.url)).arrayBuffer()).equals(bytes)).toBe(true);
  });
});
