import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { startS3 } from '../support/s3-process.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';

const MIB = 1024 * 1024;
/** The promise is 5 GB: `SUMMA_LARGE_FILE_BYTES=5368709120 npx vitest run --project tests bench/large-file.test.ts`. */
const SIZE = Number(process.env.SUMMA_LARGE_FILE_BYTES ?? 384 * MIB);
/** What the server may take more for a file, whatever its size. */
const MOST_GROWTH = 160 * MIB;

const CREATE = 'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { upload { id url } } }';
const COMPLETE = 'mutation ($id: ID!) { completeUpload(input: { uploadId: $id }) { file { size sha256 url } } }';

/** `SIZE` bytes, no two of their mebibytes alike. */
function* manyBytes(): Generator<Buffer> {
  const block = randomBytes(MIB);
  for (let at = 0, count = 0; at < SIZE; at += block.length, count++) {
    block.writeUInt32LE(count, 0);
    yield Buffer.from(block.subarray(0, Math.min(block.length, SIZE - at)));
  }
}

/** Sends the bytes. @returns their SHA-256 */
async function send(url: string): Promise<string> {
  const hash = createHash('sha256');
  const sending = request(url, { method: 'PUT', headers: { 'content-length': SIZE } });
  const answered = once(sending, 'response');
  await pipeline(
    Readable.from(manyBytes()),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    sending,
  );
  const [response] = await answered;
  expect(response.statusCode).toBe(200);
  response.resume();
  return hash.digest('hex');
}

async function fetchHash(url: string): Promise<string> {
  const hash = createHash('sha256');
  const response = await fetch(url);
  for await (const chunk of response.body ?? []) hash.update(chunk);
  return hash.digest('hex');
}

/** The most memory that a process has had so far. */
async function peakBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

async function roundTrip(summa: SummaProcess, store: string): Promise<void> {
  const { startRun } = await must(summa, 'mutation { startRun(input: { project: "large" }) { run { id } } }');
  const input = { runId: startRun.run.id, path: 'checkpoint.bin', size: SIZE };
  const { upload } = (await must(summa, CREATE, { input })).createUpload;
  const before = await peakBytes(summa.pid);
  const began = performance.now();
  const sent = await send(upload.url);
  const sentAt = performance.now();
  const { file } = (await must(summa, COMPLETE, { id: upload.id })).completeUpload;
  expect([file.size, file.sha256]).toEqual([SIZE, sent]);
  const up = await peakBytes(summa.pid);
  const fetchBegan = performance.now();
  expect(await fetchHash(file.url)).toBe(sent);
  const fetchedAt = performance.now();
  const peak = await peakBytes(summa.pid);
  const speed = (ms: number) => `${Math.round(SIZE / MIB / (ms / 1000))} MiB/s`;
  const memory = [before, up, peak].map((bytes) => Math.round(bytes / MIB)).join(' → ');
  console.info(
    `${store}: ${Math.round(SIZE / MIB)} MiB up ${speed(sentAt - began)}, down ${speed(fetchedAt - fetchBegan)}, peak memory ${memory} MiB`,
  );
  expect(peak - before).toBeLessThan(MOST_GROWTH);
}

describe.runIf(process.platform === 'linux')('a large file', () => {
  const timeout = 120_000 + (SIZE / MIB) * 100;

  it('goes through to a folder and back with flat memory', { timeout }, async () => {
    await using summa = await startSumma();
    await roundTrip(summa, 'folder');
  });

  it('goes through to S3 and back with flat memory', { timeout }, async () => {
    await using s3 = await startS3();
    await using summa = await startSumma({ env: s3.env });
    await roundTrip(summa, 'S3');
  });
});
