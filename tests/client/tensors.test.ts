import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createClient, type LiveRun, type StoredRun, type StoredTensor, type SummaClient } from '@summa/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { badLine } from '../support/bad-line.ts';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';

let server: SummaProcess;
let client: SummaClient;
beforeAll(async () => {
  server = await startSumma();
  client = createClient({ url: server.url, apiKey: server.apiKey });
});
afterAll(() => server?.[Symbol.asyncDispose]());

async function stored({ path }: LiveRun, through: SummaClient = client): Promise<StoredRun> {
  const [entity = '', project = '', name = ''] = path.split('/');
  const found = await through.run(entity, project, name);
  if (found === null) throw new Error(`there is no run ${path}`);
  return found;
}

async function tensorOf(run: LiveRun, ...where: Parameters<StoredRun['tensor']>): Promise<StoredTensor> {
  const tensor = await (await stored(run)).tensor(...where);
  if (tensor === null) throw new Error(`the run shows no tensor at ${where[0]}`);
  return tensor;
}

const ramp = (length: number, from = 0) => Float64Array.from({ length }, (_, i) => from + i);

/** The weights of recorded runs as numpy saved them: a header of 128 bytes, then float32. */
async function weightsOf(name: string, rows: number) {
  const file = await readFile(new URL(`../data/digits-mlp/${name}.weights.npy`, import.meta.url));
  const data = new Float32Array(new Uint8Array(file.subarray(128)).buffer);
  return { file, tensor: { dtype: 'float32', shape: [rows, 64], data } as const };
}

/** What numpy says of the finite weights as float64: min, max, mean, var, and the percentiles 10 and 99. */
const WEIGHTS = {
  'adam-small': {
    rows: 32,
    nan: 0,
    of: [
      -0.7133377194404602, 0.7840829491615295, 0.029971843211875182, 0.044433099322166464, -0.22911751270294187,
      0.5143620330095291,
    ],
  },
  'adam-wide': {
    rows: 128,
    nan: 0,
    of: [
      -0.37984970211982727, 0.331047922372818, 0.015707117238230983, 0.012675847888882954, -0.1282902702689171,
      0.2478763683140278,
    ],
  },
  'sgd-diverged': {
    rows: 64,
    nan: 768,
    of: [
      -1.640538865527685e17, 156917.421875, -7667772725019657.0, 3.886812818130588e32, -2.6059560093902436e16,
      52316.472890625,
    ],
  },
  'sgd-slow': {
    rows: 32,
    nan: 0,
    of: [
      -0.13005104660987854, 0.1408863216638565, -0.005265927978117091, 0.0052681700651577125, -0.10234209895133972,
      0.12240087017416953,
    ],
  },
  'sgd-small': {
    rows: 32,
    nan: 0,
    of: [
      -0.9011654257774353, 0.8555516004562378, 0.0108470471865445, 0.03420755819206199, -0.19122391939163208,
      0.5477436190843582,
    ],
  },
  'sgd-wide': {
    rows: 128,
    nan: 0,
    of: [
      -0.9674171805381775, 0.8334988951683044, -0.003400184232615455, 0.020691500966712736, -0.1494283363223076,
      0.409380408525467,
    ],
  },
};

describe('a tensor in a summary', () => {
  it.each(Object.entries(WEIGHTS))(
    'keeps the weights of %s byte by byte, and says what numpy says',
    async (name, expected) => {
      const { file, tensor } = await weightsOf(name, expected.rows);
      const run = await client.startRun({ project: 'tensors' });
      run.summary.set('weights', tensor);
      await run.finish();
      const found = await tensorOf(run, 'weights');
      const { files, summary } = await stored(run);
      const kept = await files.download(found.path ?? '');
      expect(Buffer.from(await kept.arrayBuffer()).equals(file)).toBe(true);
      expect(await found.values()).toEqual(tensor.data);
      const { min, max, mean, variance, percentiles, nan, posInf, negInf } = found.statistics;
      const percentile = (percent: number) => percentiles.find((one) => one.percent === percent)?.value;
      expect([found.dtype, found.shape, nan, posInf, negInf]).toEqual([
        'float32',
        [expected.rows, 64],
        expected.nan,
        0,
        0,
      ]);
      const said = [min, max, mean, variance, percentile(10), percentile(99)].map(Number);
      for (const [i, value] of said.entries()) {
        const exact = expected.of[i] ?? Number.NaN;
        expect(Math.abs(value - exact)).toBeLessThanOrEqual(1e-12 * Math.abs(exact));
      }
      expect(await summary.document()).toEqual(run.summary.document());
    },
  );

  it('is a typed value of the API, with its file', async () => {
    const { tensor } = await weightsOf('sgd-small', 32);
    const run = await client.startRun({ project: 'tensors' });
    run.summary.set('layer', { weights: tensor });
    run.log({ grads: tensor });
    await run.finish();
    const fields = '... on TensorValue { dtype shape size nanCount file { path sha256 contentType } }';
    const query = `query ($id: ID!) { node(id: $id) { ... on Run { summary {
      set: value(key: "layer.weights") { ${fields} } logged: value(key: "grads") { ${fields} } } } } }`;
    const { set, logged } = (await must(server, query, { id: run.id })).node.summary;
    for (const [value, key] of [
      [set, 'layer.weights'],
      [logged, 'grads'],
    ] as const) {
      const { path, statistics } = await tensorOf(run, key);
      expect(value).toMatchObject({ dtype: 'float32', shape: [32, 64], size: 2048, nanCount: 0 });
      expect(value.file).toMatchObject({ path, sha256: statistics.sha256 });
    }
  });

  it('is a list up to 32 numbers, and a tensor from 33', async () => {
    const run = await client.startRun({ project: 'tensors' });
    run.summary.set('list', ramp(32));
    run.summary.set('tensor', ramp(33));
    run.log({ whole: BigInt64Array.of(2n ** 62n, -1n), square: { dtype: 'uint8', shape: [2, 2], data: [1, 2, 3, 4] } });
    await run.finish();
    const { summary, files } = await stored(run);
    expect(await summary.document()).toEqual({
      list: [...ramp(32)],
      tensor: expect.objectContaining({ _type: 'tensor', dtype: 'float64', shape: [33], '25%': 8 }),
      whole: [2n ** 62n, -1],
      square: [
        [1, 2],
        [3, 4],
      ],
    });
    const paths: string[] = [];
    for await (const { path } of files.list()) paths.push(path);
    expect(paths).toEqual([(await tensorOf(run, 'tensor')).path]);
    expect(await (await stored(run)).tensor('list')).toBeNull();
  });

  it('may be set on a finished run', async () => {
    const run = await client.startRun({ project: 'tensors' });
    await run.finish();
    await (await stored(run)).summary.set('eval', { confusion: { dtype: 'int64', shape: [6, 6], data: ramp(36) } });
    const tensor = await tensorOf(run, 'eval.confusion');
    expect([tensor.shape, await tensor.values()]).toEqual([[6, 6], BigInt64Array.from(ramp(36), BigInt)]);
  });
});

describe('a tensor in a row', () => {
  it('is read back as it was at each step, though the buffer was used again at once', async () => {
    const run = await client.startRun({ project: 'tensors' });
    const buffer = new Float32Array(4_000);
    for (let step = 0; step < 10; step++) {
      for (let i = 0; i < buffer.length; i++) buffer[i] = step + i / 4;
      run.log({ loss: 1 / (step + 1), grads: { 'fc.w': buffer } });
    }
    buffer.fill(Number.NaN);
    await run.finish();
    for (const step of [0, 4, 9]) {
      const tensor = await tensorOf(run, 'grads.fc\\.w', { step });
      expect(await tensor.values()).toEqual(Float32Array.from({ length: 4_000 }, (_, i) => step + i / 4));
      expect([tensor.statistics.min, tensor.statistics.max]).toEqual([step, step + 999.75]);
    }
    expect((await tensorOf(run, 'grads.fc\\.w')).statistics.min).toBe(9);
    expect(await (await stored(run)).summary.document()).toEqual(run.summary.document());
  });

  it('leaves the memory of the client when it has been sent', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage: () => void = runInNewContext('gc');
    const held = () => {
      collectGarbage();
      return process.memoryUsage().arrayBuffers;
    };
    const run = await client.startRun({ project: 'tensors', delivery: { queueBytes: 4_000_000 } });
    const before = held();
    for (let step = 0; step < 40; step++) {
      await run.ready();
      run.log({ w: ramp(250_000, step) });
    }
    await run.flush();
    // All of them together are 80 MB.
    expect(held() - before).toBeLessThan(16_000_000);
    await run.finish();
    expect((await stored(run)).lastStep).toBe(39);
  });

  it('arrives over a line that breaks', async () => {
    await using line = await badLine(new URL(server.url), [2_000, 30_000, 90_000, 400_000]);
    // Signed URLs name the server itself; they are good for any way to it.
    const overBadLine: typeof fetch = (input, init) => fetch(String(input).replace(server.url, line.url), init);
    const patient = createClient({ url: line.url, apiKey: server.apiKey, fetch: overBadLine });
    const delivery = { backoff: { firstMs: 5, mostMs: 50 } };
    const run = await patient.startRun({ project: 'tensors', delivery });
    for (let step = 0; step < 10; step++) run.log({ w: ramp(10_000, step) });
    await run.finish();
    // Whether the fourth takes enough to break depends on how the uploads share the connections.
    expect(line.breaks()).toBeGreaterThanOrEqual(3);
    const rows: number[] = [];
    for await (const { step } of (await stored(run)).rows()) rows.push(step);
    expect(rows).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const step of rows) {
      const tensor = await tensorOf(run, 'w', { step });
      expect(await tensor.values()).toEqual(ramp(10_000, step));
    }
  });
});

describe('a tensor and kill -9 of the server', () => {
  it('is whole after the restart, when the server died in the middle of its upload', async () => {
    const killed = await startSumma();
    let isAlive = true;
    // The first upload stops half-way until the server is gone.
    const halting: typeof fetch = (input, init) => {
      if (init?.method !== 'PUT' || !isAlive) return fetch(input, init);
      const bytes = init.body as Uint8Array; // tensors are sent as bytes
      const half = new ReadableStream({
        start: (controller) => controller.enqueue(bytes.subarray(0, bytes.length / 2)),
      });
      return fetch(input, { ...init, body: half, duplex: 'half' });
    };
    const settings = { url: killed.url, apiKey: killed.apiKey };
    const delivery = { backoff: { firstMs: 50, mostMs: 200 } };
    const run = await createClient({ ...settings, fetch: halting }).startRun({ project: 'tensors', delivery });
    const values = ramp(2_000_000);
    run.log({ loss: 1, w: values });
    const blobs = () => readdir(join(killed.dataDir, 'blobs'), { recursive: true }).catch(() => []);
    await expect.poll(blobs, { timeout: 20_000 }).not.toEqual([]);
    isAlive = false;
    await killed.end('SIGKILL');
    await using restarted = await killed.restart();
    await run.finish();
    const after = await stored(run, createClient({ ...settings, url: restarted.url }));
    expect(after.lastStep).toBe(0);
    const tensor = await after.tensor('w');
    expect(await tensor?.values()).toEqual(values);
  });
});
