import { describe, expect, it } from 'vitest';
import { SummaError } from '../summa-error.ts';
import { isTensorInput, parseTensorInput } from './tensor-input.ts';

function tensorOf(input: unknown) {
  const parsed = parseTensorInput(input);
  if (parsed.kind !== 'tensor') throw new Error('a list came back');
  return parsed.tensor;
}

function listOf(input: unknown) {
  const parsed = parseTensorInput(input);
  if (parsed.kind !== 'list') throw new Error('a tensor came back');
  return parsed.value;
}

function failure(input: unknown) {
  try {
    parseTensorInput(input, ['weights']);
  } catch (error) {
    if (error instanceof SummaError) return { code: error.code, message: error.message, path: error.path };
    throw error;
  }
  throw new Error('nothing was thrown');
}

const ramp = Array.from({ length: 40 }, (_, i) => i);

describe('parseTensorInput', () => {
  it.each([
    [Int8Array, 'int8'],
    [Uint8Array, 'uint8'],
    [Uint8ClampedArray, 'uint8'],
    [Int16Array, 'int16'],
    [Uint16Array, 'uint16'],
    [Int32Array, 'int32'],
    [Uint32Array, 'uint32'],
    [Float32Array, 'float32'],
    [Float64Array, 'float64'],
  ])('takes a %o as it is', (Kind, dtype) => {
    const array = Kind.from(ramp);
    expect(tensorOf(array)).toEqual({ dtype, shape: [40], bytes: new Uint8Array(array.buffer) });
  });

  it('takes 64-bit whole numbers', () => {
    const values = ramp.map(BigInt);
    expect(tensorOf(BigInt64Array.from(values)).dtype).toBe('int64');
    expect(tensorOf(BigUint64Array.from(values)).dtype).toBe('uint64');
  });

  it('takes the part of a buffer that a typed array shows, and copies it', () => {
    const all = Float32Array.from({ length: 100 }, (_, i) => i);
    const { bytes } = tensorOf(all.subarray(50, 90));
    all.fill(-1);
    expect([...new Float32Array(bytes.buffer)]).toEqual(ramp.map((i) => i + 50));
  });

  it('takes lists of numbers for float64, of booleans for bool, of bigints for int64 or uint64', () => {
    expect(tensorOf([ramp, ramp])).toMatchObject({ dtype: 'float64', shape: [2, 40] });
    expect([...new Float64Array(tensorOf([ramp, ramp]).bytes.buffer)]).toEqual([...ramp, ...ramp]);
    expect(tensorOf(ramp.map((i) => i % 2 === 1))).toMatchObject({
      dtype: 'bool',
      bytes: Uint8Array.from(ramp, (i) => i % 2),
    });
    expect(tensorOf(ramp.map(BigInt)).dtype).toBe('int64');
    expect(tensorOf([...ramp.map(BigInt), 2n ** 63n]).dtype).toBe('uint64');
  });

  it('converts what is described, with its shape', () => {
    const data = ramp.slice(0, 36);
    expect(tensorOf({ dtype: 'uint8', shape: [6, 6], data })).toEqual({
      dtype: 'uint8',
      shape: [6, 6],
      bytes: Uint8Array.from(data),
    });
    expect(tensorOf({ dtype: 'float32', shape: [36], data: Float64Array.from(data) }).bytes).toEqual(
      new Uint8Array(Float32Array.from(data).buffer),
    );
    expect(tensorOf({ dtype: 'int64', shape: [36], data }).bytes).toEqual(
      new Uint8Array(BigInt64Array.from(data.map(BigInt)).buffer),
    );
  });

  it('takes an ArrayBuffer for bytes and a Uint16Array for the bits of float16', () => {
    const bits = new Uint16Array(40).fill(0x3c00);
    const expected = { dtype: 'float16', shape: [40], bytes: new Uint8Array(bits.buffer) };
    expect(tensorOf({ dtype: 'float16', shape: [40], data: bits })).toEqual(expected);
    expect(tensorOf({ dtype: 'float16', shape: [40], data: bits.buffer })).toEqual(expected);
    expect(tensorOf({ dtype: 'float16', shape: [40], data: new Array(40).fill(1) })).toEqual(expected);
  });

  it('gives up to 32 values back as lists', () => {
    expect(listOf(Float32Array.of(1.5, Number.NaN, -Infinity))).toEqual([1.5, Number.NaN, -Infinity]);
    expect(listOf({ dtype: 'int64', shape: [2, 2], data: [1, 2, 3, 2n ** 60n] })).toEqual([
      [1, 2],
      [3, 2n ** 60n],
    ]);
    expect(listOf([[true], [false]])).toEqual([[true], [false]]);
    expect(listOf({ dtype: 'float64', shape: [], data: [7] })).toBe(7);
    expect(listOf([])).toEqual([]);
    expect(listOf([[], []])).toEqual([[], []]);
    expect(listOf(ramp.slice(0, 32))).toEqual(ramp.slice(0, 32));
    expect(tensorOf(ramp.slice(0, 33)).shape).toEqual([33]);
  });

  it('makes no endless lists of an empty tensor', () => {
    expect(tensorOf({ dtype: 'int8', shape: [2 ** 40, 0], data: [] })).toMatchObject({
      shape: [2 ** 40, 0],
      bytes: new Uint8Array(),
    });
  });

  const endless: unknown[] = [];
  endless.push(endless);
  it.each([
    ['lists that are not equally long', [[1, 2], [3]], /has 1 elements, and the first of its level 2/, ['weights', 1]],
    ['a number among lists', [[1], 2], /a number stands where a list must/, ['weights', 1]],
    ['a list among numbers', [1, [2]], /a list stands where a number must/, ['weights', 1]],
    ['null', [[1, null]], /null stands where a number must/, ['weights', 0, 1]],
    ['text', ['1'], /a string stands where a number must/, ['weights', 0]],
    ['a list in itself', endless, /nested deeper than 32 levels/, ['weights']],
    ['several types', [1, 2n], /mixes numbers and bigints/, ['weights']],
    [
      'a value beyond the dtype',
      { dtype: 'uint8', shape: [1], data: [256] },
      /value 0, 256, is none that uint8 holds/,
      ['weights', 'data'],
    ],
    ['a negative value', { dtype: 'uint64', shape: [1], data: [-1] }, /none that uint64 holds/, ['weights', 'data']],
    [
      'a value beyond int64',
      { dtype: 'int64', shape: [1], data: [2n ** 63n] },
      /none that int64 holds/,
      ['weights', 'data'],
    ],
    ['a fraction', { dtype: 'int32', shape: [1], data: [0.5] }, /none that int32 holds/, ['weights', 'data']],
    [
      'NaN as a whole number',
      { dtype: 'int32', shape: [1], data: [Number.NaN] },
      /none that int32 holds/,
      ['weights', 'data'],
    ],
    [
      'a boolean as a number',
      { dtype: 'float32', shape: [1], data: [true] },
      /none that float32 holds/,
      ['weights', 'data'],
    ],
    ['two as a boolean', { dtype: 'bool', shape: [1], data: [2] }, /none that bool holds/, ['weights', 'data']],
    [
      'too few values',
      { dtype: 'int8', shape: [2, 2], data: [1, 2, 3] },
      /has 3 values of int8, the shape 4/,
      ['weights', 'data'],
    ],
    ['half a value', { dtype: 'int16', shape: [1], data: new ArrayBuffer(3) }, /has 1.5 values/, ['weights', 'data']],
    ['no data', { dtype: 'int8', shape: [1] }, /no typed array, list or ArrayBuffer/, ['weights', 'data']],
    [
      'a negative length',
      { dtype: 'int8', shape: [-1], data: [] },
      /axis 0 of the shape has the length -1/,
      ['weights', 'shape'],
    ],
    ['a shape that is text', { dtype: 'int8', shape: '1', data: [] }, /no list of numbers/, ['weights', 'shape']],
    ['a date', new Date(), /not a tensor/, ['weights']],
    ['a DataView', new DataView(new ArrayBuffer(8)), /not a tensor/, ['weights']],
  ])('refuses %s', (_what, input, message, path) => {
    expect(failure(input)).toEqual({ code: 'INVALID_TENSOR', message: expect.stringMatching(message), path });
  });

  it('refuses dtypes that are not kept', () => {
    for (const dtype of ['complex64', 'str', 'Float32', undefined, '__proto__']) {
      expect(failure({ dtype, shape: [1], data: [1] })).toMatchObject({
        code: 'UNSUPPORTED_DTYPE',
        path: ['weights', 'dtype'],
      });
    }
  });
});

describe('isTensorInput', () => {
  it('is true of typed arrays and of dtype, shape and data, and of nothing else', () => {
    expect([new Float32Array(1), { dtype: 'int8', shape: [1], data: [1] }].map(isTensorInput)).toEqual([true, true]);
    const others = [
      [1, 2],
      { dtype: 'int8' },
      { dtype: 1, shape: 1, data: 1, more: 1 },
      null,
      3,
      new DataView(new ArrayBuffer(1)),
    ];
    expect(others.some(isTensorInput)).toBe(false);
  });
});
