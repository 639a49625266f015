import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { complaints, runScript, type ScriptResult } from './python.ts';

const TENSOR = `query ($run: String!, $key: String!) { run(entity: "admin", project: "tensors", name: $run) { summary { value(key: $key) { ... on TensorValue {
  type size min max mean variance percentiles(ps: [10, 25, 75, 90]) shape dtype values(offset: 5, first: 40) file { path }
  tensor { dataset dtype shape size min max mean variance percentiles(ps: [1, 10, 50, 99]) nanCount posInfCount negInfCount }
} } } } }`;
const SUMMARY = `query ($run: String!) { run(entity: "admin", project: "tensors", name: $run) { summary {
  document, logged: value(key: "logged/numpy") { __typename ... on HistogramValue { counts edges } }
} } }`;

/** What numpy says of a tensor. */
interface Expected {
  /** In its own type, as the client writes it. */
  readonly described: Readonly<Record<string, unknown>>;
  /** Of its finite values, as float64. */
  readonly statistics: Readonly<Record<string, unknown>> & { readonly mean: number; readonly variance: number };
  readonly values: readonly unknown[];
}

interface Told {
  readonly refused: readonly string[];
  readonly expected: Readonly<Record<string, Expected>>;
  readonly unequal: readonly string[];
  readonly nested: boolean;
  readonly has_deleted: boolean;
  readonly small: Readonly<Record<string, unknown>>;
}

const SMALL = {
  list: [
    [0, 1, 2],
    [3, 4, 5],
  ],
  one: 2.5,
  scalar: 7,
  tf_scalar: 1.5,
  np_scalar: 0.5,
  np_int: 2n ** 60n + 1n,
  np_bool: true,
};
/** Only through the public API: of these the client cannot make a live value. */
const NOT_LIVE = new Set(['odd', 'replaced']);

const typeOf = (key: string) => (/^(torch|tensorflow)/.exec(key)?.[0] ?? 'numpy').replace(/^numpy$/, 'numpy.ndarray');
const fullTypeOf = (key: string) => (typeOf(key) === 'numpy.ndarray' ? 'numpy.ndarray' : `${typeOf(key)}.Tensor`);
/** The key as our own API writes it. */
const keyText = (key: string) => key.replaceAll('.', '\\.');
/** Numbers that JSON lacks are texts in an answer. */
const onTheWire = (value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? `${value}` : value);

describe('a tensor of the W&B client', () => {
  let server: SummaProcess;
  let result: ScriptResult;
  let told: Told;
  let expected: readonly (readonly [key: string, Expected])[];

  const shown = async (run: string, key: string) =>
    (await must(server, TENSOR, { run, key: keyText(key) })).run.summary.value;

  beforeAll(async () => {
    server = await startSumma();
    result = await runScript(server, 'tensors.py');
    if (!result.told) throw new Error(result.output);
    told = result.told as Told; // what the script writes
    expected = Object.entries(told.expected);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('is taken without an error or a warning, unless the client itself cannot take it', () => {
    expect(complaints(result.output)).toEqual([]);
    expect(told.refused).toEqual(['bfloat16', 'parameter', 'boolean', 'complex']);
  });

  it('comes back whole through the public API: its type, its shape and every bit', () => {
    expect(told.unequal).toEqual([]);
    expect([told.nested, told.has_deleted]).toEqual([true, false]);
  });

  it('is a list or a single value when it is small', async () => {
    expect(told.small).toEqual(SMALL);
    for (const run of ['live', 'stored'])
      expect((await must(server, SUMMARY, { run })).run.summary.document).toMatchObject(SMALL);
  });

  it('shows what the client says of it, live and through the public API', async () => {
    for (const run of ['live', 'stored']) {
      for (const [key, { described }] of expected.filter(([name]) => run === 'stored' || !NOT_LIVE.has(name))) {
        if (key === 'odd') continue;
        expect(await shown(run, key), `${run} ${key}`).toMatchObject({ type: fullTypeOf(key), ...described });
      }
    }
  });

  it('that holds NaN and infinities has no statistics of the client, but those of its file', async () => {
    const { min, mean, tensor } = await shown('stored', 'odd');
    expect({ min, mean }).toEqual({ min: 'NaN', mean: 'NaN' });
    expect(tensor).toMatchObject({ nanCount: 1, posInfCount: 1, negInfCount: 1 });
  });

  it('gives its values, its shape and the statistics of numpy from the file of the client', async () => {
    for (const [key, { statistics, values }] of expected) {
      const { mean, variance, percentiles, ...exact } = statistics;
      const value = await shown('stored', key);
      expect(value.file, key).toEqual({ path: 'wandb.h5' });
      expect(value.tensor, key).toMatchObject({ ...exact, dataset: `summary/${key}` });
      expect(value.tensor.mean / mean, key).toBeCloseTo(1, 12);
      expect(value.tensor.variance / variance, key).toBeCloseTo(1, 12);
      expect(value.tensor.percentiles, key).toEqual(percentiles);
      expect(value.values, key).toEqual(values.map(onTheWire));
    }
  });

  it('has no values in a live run, whose client sends its statistics only', async () => {
    expect(await shown('live', 'numpy')).toMatchObject({ tensor: null, values: null, file: null, shape: null });
  });

  it('that was logged is a histogram', async () => {
    const { logged } = (await must(server, SUMMARY, { run: 'live' })).run.summary;
    expect(logged.counts).toHaveLength(32);
    expect(logged.counts.reduce((sum: number, count: number) => sum + count, 0)).toBe(1000);
    expect(logged.edges[0]).toBe(told.expected.numpy?.described.min);
    expect(logged.edges[32]).toBe(told.expected.numpy?.described.max);
  });

  it('that was deleted is gone', async () => {
    expect((await must(server, SUMMARY, { run: 'stored' })).run.summary.document).not.toHaveProperty('deleted');
  });
});
