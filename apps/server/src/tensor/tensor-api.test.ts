import { formatNpyHeader } from '@summa/core/tensor/npy-header';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { npyOf } from '../testing/npy.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
let runId: string;

beforeAll(async () => {
  api = await startTestApi();
  runId = (await api.startRun()).id;
});
afterAll(() => api.close());

async function askFile(path: string, selection: string) {
  const answer = await api.ask(
    `query ($id: ID!, $path: String!) { node(id: $id) { ... on Run { file(path: $path) { ${selection} } } } }`,
    { id: runId, path },
  );
  return {
    file: answer.data?.node.file,
    code: answer.errors?.[0]?.extensions.code,
    message: answer.errors?.[0]?.message,
  };
}

async function askValue(key: string, selection: string) {
  const answer = await api.ask(
    `query ($id: ID!, $key: String!) { node(id: $id) { ... on Run { summary { value(key: $key) { __typename ${selection} } } } } }`,
    { id: runId, key },
  );
  expect(answer.errors).toBeUndefined();
  return answer.data.node.summary.value;
}

const set = (values: object) =>
  api.ask(
    'mutation ($id: ID!, $set: JSON!) { updateSummary(input: { runId: $id, set: $set }) { summary { revision } } }',
    {
      id: runId,
      set: values,
    },
  );

describe('File.tensor', () => {
  it('has the statistics of the finite values of a .npy file, and counts the others', async () => {
    const values = Float64Array.of(4, Number.NaN, 1, Number.POSITIVE_INFINITY, 3, 2, Number.NEGATIVE_INFINITY, 0);
    await api.uploadFile(runId, 'mixed.npy', npyOf(values, [2, 4]));
    const { file } = await askFile(
      'mixed.npy',
      `tensor { dataset dtype shape size nanCount posInfCount negInfCount zeroCount min max mean variance
         percentile(p: 12.5) percentiles(ps: [50, 0, 50]) values(offset: 1, first: 3) file { path } }`,
    );
    expect(file.tensor).toEqual({
      dataset: null,
      dtype: 'float64',
      shape: [2, 4],
      size: 8,
      nanCount: 1,
      posInfCount: 1,
      negInfCount: 1,
      zeroCount: 1,
      min: 0,
      max: 4,
      mean: 2,
      variance: 2,
      percentile: 0.5,
      percentiles: [2, 0, 2],
      values: ['NaN', 1, 'Infinity'],
      file: { path: 'mixed.npy' },
    });
  });

  it('has no statistics where no value is finite', async () => {
    await api.uploadFile(runId, 'nan.npy', npyOf(Float64Array.of(Number.NaN)));
    const { file } = await askFile('nan.npy', 'tensor { nanCount min mean percentile(p: 50) histogram { counts } }');
    expect(file.tensor).toEqual({ nanCount: 1, min: null, mean: null, percentile: null, histogram: null });
  });

  it('is null for a file that is no tensor', async () => {
    await api.uploadFile(runId, 'notes.txt', 'no tensor');
    await api.uploadFile(runId, 'empty.txt', '');
    expect((await askFile('notes.txt', 'tensor { dtype } datasets { hasMore }')).file).toEqual({
      tensor: null,
      datasets: null,
    });
    expect((await askFile('empty.txt', 'tensor { dtype }')).file).toEqual({ tensor: null });
  });

  it('is CORRUPT_DATA for a file that is cut, and for one that is none although its name says so', async () => {
    await api.uploadFile(runId, 'cut.npy', npyOf(Float64Array.of(1, 2, 3)).slice(0, -1));
    await api.uploadFile(runId, 'text.npy', 'text');
    await api.uploadFile(runId, 'empty.h5', '');
    await api.uploadFile(runId, 'cut.h5', Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0));
    for (const path of ['cut.npy', 'text.npy', 'empty.h5', 'cut.h5']) {
      const { file, code } = await askFile(path, 'tensor { dtype }');
      expect({ path, tensor: file.tensor, code }).toEqual({ path, tensor: null, code: 'CORRUPT_DATA' });
    }
  });

  it('is UNSUPPORTED_DTYPE for complex numbers', async () => {
    const bytes = npyOf(Float64Array.of(1, 2));
    bytes.set(Buffer.from('<c8'), Buffer.from(bytes).indexOf('<f8'));
    await api.uploadFile(runId, 'complex.npy', bytes);
    expect((await askFile('complex.npy', 'tensor { dtype }')).code).toBe('UNSUPPORTED_DTYPE');
  });

  it('keeps all digits of whole numbers', async () => {
    const header = formatNpyHeader('uint64', [1]);
    const bytes = new Uint8Array(header.length + 8).fill(0xff);
    bytes.set(header);
    await api.uploadFile(runId, 'huge.npy', bytes);
    const { text } = await api.ask(
      'query ($id: ID!) { node(id: $id) { ... on Run { file(path: "huge.npy") { tensor { max values } } } } }',
      { id: runId },
    );
    expect(text).toContain('{"max":18446744073709551615,"values":[18446744073709551615]}');
  });

  it('refuses more values, percentiles and other percentages than there are', async () => {
    await api.uploadFile(runId, 'small.npy', npyOf(Float64Array.of(1)));
    expect((await askFile('small.npy', 'tensor { values(first: 10001) }')).code).toBe('PAGE_TOO_LARGE');
    expect((await askFile('small.npy', 'tensor { values(first: -1) }')).code).toBe('INVALID_RANGE');
    expect((await askFile('small.npy', 'tensor { percentile(p: 100.1) }')).code).toBe('INVALID_RANGE');
    const ps = `[${Array(33).fill(1)}]`;
    expect((await askFile('small.npy', `tensor { percentiles(ps: ${ps}) }`)).code).toBe('LIST_TOO_LONG');
    expect((await askFile('small.npy', 'tensor { values(offset: 9007199254740991) }')).file.tensor.values).toEqual([]);
  });

  it('answers for the new bytes when a file is replaced', async () => {
    await api.uploadFile(runId, 'changing.npy', npyOf(Float64Array.of(1)));
    expect((await askFile('changing.npy', 'tensor { mean }')).file.tensor.mean).toBe(1);
    await api.uploadFile(runId, 'changing.npy', npyOf(Float64Array.of(5)));
    expect((await askFile('changing.npy', 'tensor { mean }')).file.tensor.mean).toBe(5);
  });
});

describe('Summary.value', () => {
  it('is a TensorValue with what was logged, and the rest from the file with its hash', async () => {
    await api.uploadFile(runId, 'media/weights.npy', npyOf(Float64Array.of(1, 2, 4)));
    const { file } = await askFile('media/weights.npy', 'sha256');
    const histogram = { _type: 'histogram', values: [2, 1], bins: [1, 3, 4] };
    const document = { _type: 'tensor', dtype: 'float64', shape: [3], size: 3, min: 1, mean: 7, '10%': 1.2, histogram };
    await set({ weights: { ...document, sha256: file.sha256 } });
    const value = await askValue(
      'weights',
      `... on TensorValue { type dtype shape size min max mean nanCount percentile(p: 10) percentiles(ps: [50, 10])
        histogram { counts edges } values(first: 2) file { path } tensor { mean max } explicit { revision } }`,
    );
    expect(value).toEqual({
      __typename: 'TensorValue',
      type: 'tensor',
      dtype: 'float64',
      shape: [3],
      size: 3,
      min: 1,
      max: null,
      mean: 7,
      nanCount: null,
      percentile: 1.2,
      percentiles: [2, 1.2],
      histogram: { counts: [2, 1], edges: [1, 3, 4] },
      values: [1, 2],
      file: { path: 'media/weights.npy' },
      tensor: { mean: 7 / 3, max: 4 },
      explicit: { revision: 1 },
    });
  });

  it('is a TensorValue without a file where the run has none with that hash', async () => {
    await set({ gone: { _type: 'numpy.ndarray', size: 40, mean: 19.5, var: 133.25, '10%': 3.9 } });
    const value = await askValue(
      'gone',
      '... on TensorValue { type variance percentile(p: 10) percentiles(ps: [50]) values tensor { mean } file { path } }',
    );
    expect(value).toEqual({
      __typename: 'TensorValue',
      type: 'numpy.ndarray',
      variance: 133.25,
      percentile: 3.9,
      percentiles: [null],
      values: null,
      tensor: null,
      file: null,
    });
  });

  it('is a HistogramValue, packed or not', async () => {
    await set({
      plain: { _type: 'histogram', values: [1, 2], bins: [0, 0.5, 1] },
      packed: { _type: 'histogram', values: [1, 2], packedBins: { min: 0, size: 0.5, count: 2 } },
      odd: { _type: 'histogram', values: [1, 2], bins: [0, 1] },
    });
    const selection = '... on HistogramValue { counts edges } ... on ObjectValue { type }';
    const histogram = { __typename: 'HistogramValue', counts: [1, 2], edges: [0, 0.5, 1] };
    expect(await askValue('plain', selection)).toEqual(histogram);
    expect(await askValue('packed', selection)).toEqual(histogram);
    expect(await askValue('odd', selection)).toEqual({ __typename: 'ObjectValue', type: 'histogram' });
  });

  it('is a MediaValue with the file at its path, unless its hash says that the file is another by now', async () => {
    await api.uploadFile(runId, 'media/images/a.png', 'one');
    const { file } = await askFile('media/images/a.png', 'sha256');
    const image = { _type: 'image-file', path: 'media/images/a.png', width: 4, height: 3, caption: 'a cat' };
    await set({ image, hashed: { ...image, sha256: file.sha256 } });
    const selection = '... on MediaValue { type caption width height file { path sha256 } }';
    const shown = { __typename: 'MediaValue', type: 'image-file', caption: 'a cat', width: 4, height: 3 };
    const found = { path: 'media/images/a.png', sha256: file.sha256 };
    expect(await askValue('image', selection)).toEqual({ ...shown, file: found });
    expect(await askValue('hashed', selection)).toEqual({ ...shown, file: found });
    await api.uploadFile(runId, 'media/images/a.png', 'two');
    expect((await askValue('image', selection)).file.sha256).not.toBe(file.sha256);
    expect((await askValue('hashed', selection)).file).toBeNull();
  });
});
