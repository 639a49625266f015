import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseNpyHeader } from '@summa/core/tensor/npy-header';
import { sliceTensor } from '@summa/core/tensor/slice-tensor';
import { TensorScan } from '@summa/core/tensor/tensor-scan';
import type { TensorStatistics } from '@summa/core/tensor/tensor-statistics';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ExpectedStatistics, expectClose, PERCENTS } from './expected-statistics.ts';
import { runPython } from './python.ts';

const COUNT = 1_000;

interface ExpectedTensor extends ExpectedStatistics {
  readonly version: number;
  readonly order: string;
}

let folder: string;
let expected: readonly ExpectedTensor[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'summa-tensors-'));
  await runPython('make_tensors.py', folder, String(COUNT));
  expected = JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function statisticsOf(file: Buffer, header: ReturnType<typeof parseNpyHeader>): TensorStatistics {
  const scan = new TensorScan({ ...header, percentiles: PERCENTS });
  for (let pass = scan.nextPass(); pass !== null; pass = scan.nextPass()) {
    pass.push(file.subarray(header.dataOffset));
    pass.end();
  }
  return scan.statistics();
}

function compare(found: TensorStatistics, wanted: ExpectedTensor, what: string): void {
  const { size, nan, posInf, negInf, zeros } = wanted;
  expect(found, what).toMatchObject({ size, nan, posInf, negInf, zeros });
  if (wanted.min === undefined || wanted.max === undefined) {
    expect(found, what).toMatchObject({ min: null, max: null, mean: null, variance: null, percentiles: [] });
    return;
  }
  const isWhole = !wanted.dtype.startsWith('float');
  const exact = (text: string) => (isWhole ? BigInt(text) : Number(text));
  const same = (value: number | bigint | null) => (isWhole ? BigInt(value ?? 0) : Number(value) + 0);
  expect(same(found.min), `${what} min`).toBe(exact(wanted.min));
  expect(same(found.max), `${what} max`).toBe(exact(wanted.max));
  const size0 = Math.max(Math.abs(Number(wanted.min)), Math.abs(Number(wanted.max)));
  expectClose(found.mean, wanted.mean ?? 0, { what: `${what} mean`, scale: size0 * 1e-6 });
  expectClose(found.variance, wanted.variance ?? 0, { what: `${what} variance` });
  for (const [i, percent] of PERCENTS.entries()) {
    expectClose(found.percentiles[i]?.value ?? null, wanted.percentiles?.[i] ?? 0, { what: `${what} p${percent}` });
  }
  if (wanted.counts === undefined) return;
  expect(found.histogram?.counts, `${what} histogram`).toEqual(wanted.counts);
  for (const [i, edge] of (wanted.edges ?? []).entries())
    expectClose(found.histogram?.edges[i] ?? null, edge, { what: `${what} edge ${i}`, scale: size0 });
}

it(`has the statistics that numpy has, of ${COUNT} random tensors`, async () => {
  expect(expected).toHaveLength(COUNT);
  for (const [i, wanted] of expected.entries()) {
    const file = await readFile(join(folder, `${i}.npy`));
    const header = parseNpyHeader(file, file.length);
    expect(header, String(i)).toMatchObject({ dtype: wanted.dtype, shape: wanted.shape, count: wanted.size });
    compare(statisticsOf(file, header), wanted, `tensor ${i}, ${wanted.order}${wanted.dtype} [${wanted.shape}],`);
  }
});

it('reads their values in C order, however they lie in the file', async () => {
  for (const [i, { sample, dtype }] of expected.entries()) {
    const file = await readFile(join(folder, `${i}.npy`));
    const header = parseNpyHeader(file, file.length);
    const values = await sliceTensor(header, { from: 0, to: 50 }, async (start, end) => file.subarray(start, end));
    const isWhole = !dtype.startsWith('float');
    const wanted = sample.map((text) => (isWhole ? BigInt(text) : Number(text.replace('inf', 'Infinity'))));
    expect(isWhole ? values.map(BigInt) : values, `tensor ${i}`).toEqual(wanted);
  }
});

it('covers every dtype, byte order, order of axes and version of the header', async () => {
  const dtypes = new Set(expected.map((one) => one.dtype));
  expect([...dtypes].sort()).toHaveLength(12);
  expect(new Set(expected.map((one) => one.version))).toEqual(new Set([1, 2, 3]));
  expect(new Set(expected.map((one) => one.order))).toEqual(new Set(['|', '<', '>']));
  expect(expected.filter((one) => one.nan > 0 && one.posInf > 0 && one.negInf > 0).length).toBeGreaterThan(20);
});
