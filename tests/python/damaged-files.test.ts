import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { digitsFile } from '../support/digits.ts';
import { ask, must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { DAMAGES, damage, randomOf } from './damaged-files.ts';
import { runPython } from './python.ts';
import { peakMemoryMiB, startRun } from './tensor-server.ts';

const COUNT = 1_000;
/** Files under way at once, more than the server reads at once. */
const AT_ONCE = 6;
/** What two threads, their HDF5 libraries and the larger of what files claim may take beside the server. */
const MOST_GROWTH_MIB = 700;
const NAMED = ['CORRUPT_DATA', 'UNSUPPORTED_DTYPE', 'UNSUPPORTED_FILTER'];

const CREATE = 'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { upload { id url } } }';
const READ = `mutation ($id: ID!, $dataset: String) { completeUpload(input: { uploadId: $id }) {
  file { tensor(dataset: $dataset) { dtype shape size mean values(first: 10) } } } }`;

let folder: string;
let summa: SummaProcess;
let runId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'summa-damaged-'));
  [summa] = await Promise.all([startSumma(), runPython('make_datasets.py', folder)]);
  runId = await startRun(summa);
});
afterAll(async () => {
  await summa[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

interface Source {
  readonly name: string;
  readonly bytes: Buffer;
  readonly shape: readonly number[];
  readonly dataset: string | null;
}

async function readSources(): Promise<Source[]> {
  const npy = await readFile(digitsFile('adam-small.weights.npy'));
  const names = ['plain-earliest.h5', 'plain-latest.h5', 'gzip-earliest.h5', 'gzip-latest.h5'];
  const hdf5 = names.map(async (name) => {
    const bytes = await readFile(join(folder, name));
    return { name, bytes, shape: [40, 24], dataset: 'summary/weights' };
  });
  const weights = { name: 'weights.npy', bytes: npy, shape: [64, 32], dataset: null };
  // Half of the files are .npy files.
  return [weights, weights, weights, weights, ...(await Promise.all(hdf5))];
}

/** What came of a file: the code of the error, or `null` or `tensor` for an answer. */
async function outcomeOf({ name, dataset }: Source, bytes: Buffer, i: number): Promise<string> {
  const { createUpload } = await must(summa, CREATE, { input: { runId, path: `${i}-${name}`, size: bytes.length } });
  const sent = await fetch(createUpload.upload.url, { method: 'PUT', body: new Uint8Array(bytes) });
  expect(sent.ok).toBe(true);
  const { status, data, errors } = await ask(summa, READ, { id: createUpload.upload.id, dataset });
  expect(status).toBe(200);
  if (errors) return errors[0]?.extensions.code ?? 'no code';
  return data.completeUpload.file.tensor === null ? 'null' : 'tensor';
}

it(`has a named error or a legal value for ${COUNT} damaged files, with flat memory and no crash`, async () => {
  const sources = await readSources();
  const random = randomOf(20_261_123);
  for (const source of sources) expect(await outcomeOf(source, source.bytes, 0)).toBe('tensor');
  const before = await peakMemoryMiB(summa);
  const outcomes: Record<string, number> = {};
  const files = Array.from({ length: COUNT }, (_, i) => {
    const [source, kind] = [sources[i % sources.length], DAMAGES[Math.floor(i / sources.length) % DAMAGES.length]];
    if (!source || !kind) throw new Error('there is a source and a kind for every number');
    return { source, kind, bytes: damage(source.bytes, kind, { random, shape: source.shape }) };
  });
  const waiting = files.entries();
  const work = async () => {
    for (const [i, { source, kind, bytes }] of waiting) {
      const outcome = `${source.name.replace(/^.*\./, '')}, ${kind}: ${await outcomeOf(source, bytes, i + 1)}`;
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const after = await peakMemoryMiB(summa);
  console.info(outcomes, `peak memory ${before.toFixed(0)} MiB before, ${after.toFixed(0)} MiB after`);

  const found = new Set(Object.keys(outcomes).map((outcome) => outcome.replace(/^.*: /, '')));
  expect([...found].filter((one) => one !== 'tensor' && one !== 'null' && !NAMED.includes(one))).toEqual([]);
  for (const format of ['npy', 'h5']) {
    // No byte of a cut .npy file is spare; of an HDF5 file the end may be.
    if (format === 'npy') expect(outcomes['npy, cut: tensor']).toBeUndefined();
    for (const kind of ['cut', 'huge shape'])
      expect(outcomes[`${format}, ${kind}: null`] ?? 0, `${format}, ${kind}`).toBe(0);
    expect(outcomes[`${format}, huge shape: tensor`] ?? 0, `${format} of huge shapes`).toBe(0);
  }
  expect(after - before).toBeLessThan(MOST_GROWTH_MIB);
  // The same process still answers for a file that is whole.
  for (const source of sources) expect(await outcomeOf(source, source.bytes, COUNT + 1)).toBe('tensor');
});
