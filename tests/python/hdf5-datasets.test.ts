import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { type ExpectedStatistics, expectClose, numberOf, PERCENTS } from './expected-statistics.ts';
import { runPython } from './python.ts';
import { askFile, startRun, upload } from './tensor-server.ts';

let folder: string;
let summa: SummaProcess;
let runId: string;
let expected: ReadonlyMap<string, ExpectedStatistics>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'summa-datasets-'));
  [summa] = await Promise.all([startSumma(), runPython('make_datasets.py', folder)]);
  expected = new Map(Object.entries(JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8'))));
  runId = await startRun(summa);
  await upload(summa, runId, 'wandb.h5', await readFile(join(folder, 'datasets.h5')));
});
afterAll(async () => {
  await summa[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const askDataset = (dataset: string, selection: string) =>
  askFile(summa, runId, 'wandb.h5', `tensor(dataset: ${JSON.stringify(dataset)}) { ${selection} }`);

describe('an HDF5 file that h5py wrote', () => {
  it('lists its datasets with dtype and shape, those that are no tensors without a dtype', async () => {
    const { data } = await askFile(summa, runId, 'wandb.h5', 'datasets { hasMore nodes { path dtype shape } }');
    const nodes: { path: string; dtype: string | null; shape: number[] }[] = data.node.file.datasets.nodes;
    const found = new Map(nodes.map((node) => [node.path, node]));
    for (const [path, { dtype, shape }] of expected) expect(found.get(path)).toEqual({ path, dtype, shape });
    expect(found.get('complex')?.dtype).toBeNull();
    expect(found.get('text')?.dtype).toBeNull();
    expect([...found.keys()].filter((path) => !expected.has(path)).sort()).toEqual([
      'complex',
      'external',
      'lzf',
      'text',
    ]);
  });

  it('has the values and the statistics that h5py and numpy find in each dataset', async () => {
    expect(expected.size).toBeGreaterThan(80);
    for (const [path, wanted] of expected) {
      const selection = `dtype shape size nanCount posInfCount negInfCount zeroCount min max mean variance percentiles(ps: [${PERCENTS}]) values(first: 2000)`;
      const { data, errors } = await askDataset(path, selection);
      expect(errors, path).toBeUndefined();
      compare(data.node.file.tensor, wanted, path);
    }
  });

  it('reads a slice from within, without the rest', async () => {
    const whole = (await askDataset('large', 'values(first: 10000)')).data.node.file.tensor.values;
    const slice = (await askDataset('large', 'values(offset: 1234, first: 2000)')).data.node.file.tensor.values;
    expect(slice).toEqual(whole.slice(1234, 3234));
  });

  it('has no tensor at a path where there is no dataset, and none without a path when there are several', async () => {
    for (const path of ['nothing', 'summary', 'summary/weights/x', 'link', 'link/x', '']) {
      expect((await askDataset(path, 'dtype')).data.node.file, path).toEqual({ tensor: null });
    }
    expect((await askFile(summa, runId, 'wandb.h5', 'tensor { dtype }')).data.node.file.tensor).toBeNull();
  });

  it('names what it cannot read, and never reads another file', async () => {
    const codes: Record<string, string | undefined> = {};
    for (const path of ['lzf', 'complex', 'text', 'external'])
      codes[path] = (await askDataset(path, 'mean')).errors?.[0]?.extensions.code;
    expect(codes).toEqual({
      lzf: 'UNSUPPORTED_FILTER',
      complex: 'UNSUPPORTED_DTYPE',
      text: 'UNSUPPORTED_DTYPE',
      external: 'CORRUPT_DATA',
    });
  });
});

// biome-ignore lint/suspicious/noExplicitAny: what the operation above selects
function compare(found: any, wanted: ExpectedStatistics, path: string): void {
  const { dtype, shape, size, nan, posInf, negInf, zeros } = wanted;
  const counts = { nanCount: nan, posInfCount: posInf, negInfCount: negInf, zeroCount: zeros };
  expect(found, path).toMatchObject({ dtype, shape, size, ...counts });
  const values = wanted.sample.map((text) => (dtype.startsWith('float') ? numberOf(text) : whole(text)));
  expect(found.values.map(readValue), path).toEqual(values);
  for (const name of ['min', 'max', 'mean', 'variance'] as const) {
    if (wanted[name] === undefined) expect(found[name], `${path} ${name}`).toBeNull();
    else expectClose(Number(found[name]), wanted[name], { what: `${path} ${name}` });
  }
  for (const [i, percent] of PERCENTS.entries()) {
    const percentile = wanted.percentiles?.[i];
    if (percentile === undefined) expect(found.percentiles[i], path).toBeNull();
    else expectClose(found.percentiles[i], percentile, { what: `${path} p${percent}` });
  }
}

/** A whole number as the answer has it: a bigint beyond 2^53. */
function whole(text: string): number | bigint {
  if (text === 'True' || text === 'False') return text === 'True' ? 1 : 0;
  return Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text);
}

function readValue(value: unknown): unknown {
  return typeof value === 'string' ? numberOf(value) : value;
}
