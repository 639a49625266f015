import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../json/json-value.ts';
import { tensorStatistics } from './scan-bytes.ts';
import { parseTensorDocument, toTensorDocument } from './tensor-value.ts';

const sha256 = 'a'.repeat(64);

function documentOf(values: readonly number[]) {
  const statistics = tensorStatistics({ dtype: 'float64', bytes: new Uint8Array(Float64Array.from(values).buffer) });
  return toTensorDocument(statistics, { dtype: 'float64', shape: [values.length], sha256 });
}

describe('toTensorDocument', () => {
  it('holds what W&B writes for np.arange(40.) under the same names', () => {
    // wandb: run.summary["t"] = np.arange(40.)
    const written = {
      size: 40,
      min: 0,
      max: 39,
      mean: 19.5,
      var: 133.25,
      '10%': 3.9,
      '25%': 9.75,
      '75%': 29.25,
      '90%': 35.1,
    };
    const document = documentOf(Array.from({ length: 40 }, (_, i) => i));
    expect(document['10%']).toBeCloseTo(3.9, 14);
    expect(document).toMatchObject({ ...written, '10%': document['10%'] ?? null });
  });

  it('names the kind, the dtype, the shape, the counts, the histogram and the file', () => {
    const document = documentOf([1, 3, Number.NaN, Infinity, 0]);
    expect(document).toMatchObject({
      _type: 'tensor',
      dtype: 'float64',
      shape: [5],
      nan: 1,
      posInf: 1,
      negInf: 0,
      zeros: 1,
      sha256,
    });
    expect(Object.keys(document)).toEqual([
      '_type',
      'dtype',
      'shape',
      'size',
      'min',
      'max',
      'mean',
      'var',
      '1%',
      '5%',
      '10%',
      '25%',
      '50%',
      '75%',
      '90%',
      '95%',
      '99%',
      'nan',
      'posInf',
      'negInf',
      'zeros',
      'histogram',
      'sha256',
    ]);
    const histogram = document.histogram as { _type: string; values: number[]; bins: number[] };
    expect([histogram._type, histogram.values.length, histogram.bins.length]).toEqual(['histogram', 64, 65]);
  });

  it('leaves out what does not exist', () => {
    expect(documentOf([Number.NaN])).toEqual({
      _type: 'tensor',
      dtype: 'float64',
      shape: [1],
      size: 1,
      nan: 1,
      posInf: 0,
      negInf: 0,
      zeros: 0,
      sha256,
    });
  });
});

describe('parseTensorDocument', () => {
  it('reads back what toTensorDocument wrote', () => {
    const statistics = tensorStatistics({
      dtype: 'int64',
      bytes: new Uint8Array(BigInt64Array.of(2n ** 60n, 3n).buffer),
    });
    const { percentiles, histogram, ...rest } = statistics;
    const identity = { dtype: 'int64', shape: [1, 2], sha256 } as const;
    const parsed = parseTensorDocument(toTensorDocument(statistics, identity));
    expect(parsed).toEqual({ type: 'tensor', ...identity, ...rest, percentiles, histogram });
    expect(parsed?.max).toBe(2n ** 60n);
  });

  it.each(['numpy.ndarray', 'torch.Tensor', 'tensorflow.Tensor'] as const)('reads the %s of W&B', (type) => {
    const written = {
      _type: type,
      var: 133.25,
      mean: 19.5,
      min: 0,
      max: 39,
      '10%': 3.9,
      '25%': 9.75,
      '75%': 29.25,
      '90%': 35.1,
      size: 40,
    };
    expect(parseTensorDocument(written)).toEqual({
      type,
      dtype: null,
      shape: null,
      size: 40,
      min: 0,
      max: 39,
      mean: 19.5,
      variance: 133.25,
      percentiles: [
        { percent: 10, value: 3.9 },
        { percent: 25, value: 9.75 },
        { percent: 75, value: 29.25 },
        { percent: 90, value: 35.1 },
      ],
      nan: null,
      posInf: null,
      negInf: null,
      zeros: null,
      histogram: null,
      sha256: null,
    });
  });

  it('keeps the NaN that W&B writes for a tensor with a NaN', () => {
    expect(parseTensorDocument({ _type: 'numpy.ndarray', size: 2, mean: Number.NaN })?.mean).toBeNaN();
  });

  const notTensors: JsonValue[] = [
    null,
    3,
    'tensor',
    [1],
    {},
    { size: 3 },
    { _type: 'histogram', size: 3 },
    { _type: 'tensor' },
    { _type: 'tensor', size: -1 },
  ];
  it.each(notTensors.map((value) => [value]))('takes %j for no tensor', (value) => {
    expect(parseTensorDocument(value)).toBeNull();
  });

  it('passes over parts that are not what they should be', () => {
    const histogram = { _type: 'histogram', values: [1, 2], bins: [0, 1] };
    const parts = {
      dtype: 'complex64',
      shape: [1.5],
      min: 'low',
      '10%': null,
      '101%': 3,
      'x%': 1,
      nan: 0.5,
      sha256: 7,
      histogram,
    };
    expect(parseTensorDocument({ _type: 'tensor', size: 2, ...parts })).toMatchObject({
      dtype: null,
      shape: null,
      min: null,
      percentiles: [],
      nan: null,
      sha256: null,
      histogram: null,
    });
  });

  it('reads edges beyond 2^53, which stored JSON has as whole numbers, as the numbers that they are', () => {
    const histogram = { _type: 'histogram', values: [1, 1], bins: [-(2n ** 60n), 0, 2n ** 60n] };
    expect(parseTensorDocument({ _type: 'tensor', size: 2, histogram })?.histogram).toEqual({
      counts: [1, 1],
      edges: [-(2 ** 60), 0, 2 ** 60],
    });
  });

  it('reads extremes beyond 2^53 as float64s of a float tensor, and digit by digit of 64-bit integers', () => {
    const read = (dtype: string) =>
      parseTensorDocument({ _type: 'tensor', size: 2, dtype, min: -(2n ** 60n + 1n) })?.min;
    expect(read('float32')).toBe(-(2 ** 60));
    expect(read('int64')).toBe(-(2n ** 60n + 1n));
  });
});
