import { readFile } from 'node:fs/promises';
import { createClient, histogram, type SummaClient } from '@summa/client';
import { digitsFile, digitsRows } from '../../support/digits.ts';
import type { SummaProcess } from '../../support/summa-process.ts';

/** What W&B's client sends of a process. */
export const METADATA = {
  os: 'Linux-6.1.0-x86_64-with-glibc2.36',
  python: '3.11.9',
  host: 'gpu-node-07',
  program: 'train_digits.py',
  args: ['--lr', '0.5', '--note', 'too high'],
  git: { remote: 'git@git.example.org:vision/digits.git', commit: '4f2c1a9be07d5c83f6a1b2c3d4e5f60718293a4b' },
  gpu: 'NVIDIA A100-SXM4-80GB',
  gpu_count: 8,
  cpu_count: 64,
  disk: { '/': { total: 1000, used: 412.5 } },
};

const LONG = `a name that somebody made of everything there is: ${'lr-0.5 batch-32 layers-12 '.repeat(6)}`.slice(
  0,
  200,
);

/** A client of the server's first user. */
export function clientOf(server: SummaProcess): SummaClient {
  return createClient({ url: server.url, apiKey: server.apiKey });
}

/** Logs what W&B's page about summaries logs: `loss` and `acc`, of which the summary shows min and max. */
export async function logExample(server: SummaProcess): Promise<void> {
  const run = await clientOf(server).startRun({ project: 'summaries', name: 'example', displayName: 'glad-otter-1' });
  run.defineMetric('loss', { summary: ['min', 'max'] });
  run.defineMetric('acc', { summary: ['min', 'max'] });
  for (let step = 0; step < 10; step++) run.log({ loss: 1 / (step + 1), acc: 1 - 0.9 ** (step + 1) });
  await run.finish();
}

/** Logs a recorded run with everything that a run may have: its weights, a picture, a table, a histogram, notes and tags. */
export async function logDigitsRun(server: SummaProcess, name: string): Promise<void> {
  const config = JSON.parse(await readFile(digitsFile(`${name}.config.json`), 'utf8'));
  const run = await clientOf(server).startRun({
    project: 'digits',
    name,
    displayName: name,
    config: { ...config, optimizer: { name: 'sgd', lr: 0.5, betas: [0.9, 0.999] }, seed: 17, note: null },
    metadata: METADATA,
    tags: ['baseline', 'digits'],
    notes: 'The learning rate is far too high.\nKept to see what diverging looks like.',
    group: 'sweep-3',
    jobType: 'train',
  });
  run.defineMetric('train/loss', { summary: ['min', 'max', 'mean'], goal: 'minimize' });
  run.defineMetric('val/*', { summary: 'best', goal: 'maximize' });
  for (const { _step, _timestamp, ...values } of await digitsRows(name)) run.log(values as never, { step: _step });
  const weights = await weightsOf(name);
  run.summary.set('weights', weights);
  run.summary.set('spread', histogram(weights.data));
  run.summary.set('report', `It diverged. ${'The gradients grew without end. '.repeat(80)}`);
  run.summary.set('is_best', false);
  run.summary.set(
    'classes',
    Array.from({ length: 10 }, (_, digit) => `digit ${digit}`),
  );
  await run.files.upload('media/weights.png', PICTURE);
  run.summary.set('picture', {
    _type: 'image-file',
    path: 'media/weights.png',
    width: 2,
    height: 2,
    caption: 'Four pixels',
  });
  await run.files.upload('media/worst.table.json', JSON.stringify(TABLE));
  run.summary.set('worst', { _type: 'table-file', path: 'media/worst.table.json', ncols: 2, nrows: 3 });
  await run.finish(1);
}

/** Logs a run with long names, 5,000 metrics, values that are no number, one point, and nothing. */
export async function logAwkward(server: SummaProcess): Promise<void> {
  const client = clientOf(server);
  const run = await client.startRun({ project: 'awkward', name: 'many', displayName: LONG, tags: [LONG.slice(0, 64)] });
  const many = Object.fromEntries(
    Array.from({ length: 5_000 }, (_, i) => [`layer${i % 50}/block${Math.floor(i / 50)}.weight norm`, i / 7]),
  );
  run.log({ ...many, [LONG]: 1, never: Number.NaN, 'a.very.deep.key.of.many.parts': 'text', whole: 123_456_789 });
  run.log({ never: Number.NaN, up: Number.POSITIVE_INFINITY });
  await run.finish();
  await (await client.startRun({ project: 'awkward', name: 'nothing' })).finish();
}

/** The weights of a recorded run as numpy saved them: a header of 128 bytes, then float32 in rows of 64. */
async function weightsOf(name: string) {
  const file = await readFile(digitsFile(`${name}.weights.npy`));
  const data = new Float32Array(new Uint8Array(file.subarray(128)).buffer);
  return { dtype: 'float32', shape: [data.length / 64, 64], data } as const;
}

/** A picture of two by two pixels. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGPQCDjxrEKD4cMJG5sFeQApvAYFu4rKWgAAAABJRU5ErkJggg==',
  'base64',
);

const TABLE = {
  columns: ['predicted', 'loss'],
  data: [
    ['3 for 8', 4.25],
    ['9 for 4', 3.5],
    ['1 for 7', 2.125],
  ],
};
