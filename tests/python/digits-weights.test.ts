import { readFile } from 'node:fs/promises';
import { parseNpyHeader } from '@summa/core/tensor/npy-header';
import { tensorStatistics } from '@summa/core/tensor/scan-bytes';
import { toTensorDocument } from '@summa/core/tensor/tensor-value';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIGITS_RUNS, digitsFile } from '../support/digits.ts';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { type ExpectedStatistics, expectClose, PERCENTS } from './expected-statistics.ts';
import { runPython } from './python.ts';
import { sha256Of, startRun, upload } from './tensor-server.ts';

const STATISTICS = `dtype shape size min max mean variance nanCount posInfCount negInfCount zeroCount
  percentiles(ps: [${PERCENTS}]) histogram { counts edges }`;
const VALUE = `query ($id: ID!) { node(id: $id) { ... on Run { summary { value(key: "weights") {
  ... on TensorValue { ${STATISTICS} file { sha256 url } tensor { ${STATISTICS} } } } } } } }`;
const SET =
  'mutation ($id: ID!, $set: JSON!) { updateSummary(input: { runId: $id, set: $set }) { summary { revision } } }';

let summa: SummaProcess;
let expected: readonly ExpectedStatistics[];

beforeAll(async () => {
  const files = DIGITS_RUNS.map((run) => digitsFile(`${run}.weights.npy`));
  [summa, expected] = await Promise.all([
    startSumma(),
    runPython('describe_tensors.py', ...files).then((text) => JSON.parse(text)),
  ]);
});
afterAll(() => summa[Symbol.asyncDispose]());

/** Puts the weights of a run into a summary, as the client does. */
async function setWeights(runId: string, bytes: Buffer): Promise<void> {
  const { dtype, shape, dataOffset } = parseNpyHeader(bytes, bytes.length);
  const { sha256 } = await upload(summa, runId, 'media/tensors/weights.npy', bytes);
  const statistics = tensorStatistics({ dtype, bytes: bytes.subarray(dataOffset) });
  await must(summa, SET, { id: runId, set: { weights: toTensorDocument(statistics, { dtype, shape, sha256 }) } });
}

describe.each(DIGITS_RUNS.map((run, i) => [run, i] as const))('the weights of %s in a summary', (run, i) => {
  it('are downloaded as they were sent, and have the statistics that numpy has', async () => {
    const runId = await startRun(summa);
    const bytes = await readFile(digitsFile(`${run}.weights.npy`));
    await setWeights(runId, bytes);
    const { value } = (await must(summa, VALUE, { id: runId })).node.summary;
    const downloaded = Buffer.from(await (await fetch(value.file.url)).arrayBuffer());
    expect(downloaded.equals(bytes)).toBe(true);
    expect(value.file.sha256).toBe(sha256Of(bytes));
    const wanted = expected[i];
    if (wanted === undefined) throw new Error(`numpy said nothing of ${run}`);
    for (const found of [value, value.tensor]) compare(found, wanted);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: what the operation above selects
function compare(found: any, wanted: ExpectedStatistics): void {
  const { dtype, shape, size, nan, posInf, negInf, zeros } = wanted;
  const counts = { nanCount: nan, posInfCount: posInf, negInfCount: negInf, zeroCount: zeros };
  expect(found).toMatchObject({
    dtype,
    shape,
    size,
    ...counts,
    histogram: wanted.counts ? { counts: wanted.counts } : null,
  });
  if (wanted.min === undefined) {
    expect(found).toMatchObject({ min: null, max: null, mean: null, variance: null });
    return;
  }
  for (const name of ['min', 'max', 'mean', 'variance'] as const)
    expectClose(found[name], wanted[name] ?? 'nan', { what: name });
  for (const [i, percent] of PERCENTS.entries())
    expectClose(found.percentiles[i], wanted.percentiles?.[i] ?? 'nan', { what: `p${percent}` });
}
