import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeNpy } from './npy-bytes.ts';
import { takeTensors } from './take-tensors.ts';

const take = (value: unknown, key: string[] = []) => takeTensors(value, { key, path: [...key] });
const ramp = (length: number) => Array.from({ length }, (_, i) => i);

describe('takeTensors', () => {
  it('makes a list of 32 values and a file of 33', () => {
    expect(take(Float32Array.from(ramp(32)))).toEqual({ value: ramp(32), files: [] });
    const { value, files } = take(Float32Array.from(ramp(33)), ['w']);
    expect(value).toMatchObject({
      _type: 'tensor',
      dtype: 'float32',
      shape: [33],
      size: 33,
      min: 0,
      max: 32,
      mean: 16,
    });
    expect(files).toHaveLength(1);
  });

  it('finds tensors at any depth, and leaves everything else as it is', () => {
    const media = { _type: 'custom', data: 1 };
    const values = { loss: 1, layer: { 'w.x': new Int16Array(40), bias: [1, 2], media }, list: ramp(100), none: null };
    const { value, files } = take(values);
    expect(value).toEqual({ ...values, layer: { 'w.x': files[0]?.document, bias: [1, 2], media } });
    expect(values.layer['w.x']).toBeInstanceOf(Int16Array);
    expect(files.map(({ path }) => path.replace(/[0-9a-f]{64}/, '…'))).toEqual(['tensors/layer/w.x/….npy']);
  });

  it('gives the same object back when it holds no tensor', () => {
    const values = { loss: 1, a: { b: [[1, 2], [3]] } };
    expect(take(values).value).toBe(values);
  });

  it('takes lists of lists of numbers, and leaves those that are no tensor', () => {
    const square = Array.from({ length: 6 }, (_, i) => ramp(6).map((j) => i * 6 + j));
    expect(take(square).value).toMatchObject({ dtype: 'float64', shape: [6, 6], max: 35 });
    const ragged = [...square, [1]];
    const texts = square.map((row) => row.map(String));
    for (const list of [ragged, texts, square.slice(0, 5)]) expect(take(list)).toEqual({ value: list, files: [] });
  });

  it('copies the values, so that the buffer may be used again', () => {
    const values = Float64Array.from(ramp(40));
    const [file] = take(values).files;
    values.fill(-1);
    expect(decodeNpy(file?.bytes ?? new Uint8Array()).values).toEqual(Float64Array.from(ramp(40)));
  });

  it('names the file by the SHA-256 of its bytes, which the document holds too', () => {
    const [file] = take(new Float32Array(64), ['w']).files;
    const expected = createHash('sha256')
      .update(file?.bytes ?? '')
      .digest('hex');
    expect(file?.path).toBe(`tensors/w/${expected}.npy`);
    expect(file?.document).toMatchObject({ sha256: expected, path: file?.path });
  });

  it.each([
    [['a/b', 'c'], 'tensors/a/b/c/'],
    [['..', '.', '', 'größe\\\u0000'], 'tensors/_/_/_/gr__e__/'],
    [['/'], 'tensors/_/_/'],
    [['x'.repeat(500)], `tensors/${'x'.repeat(200)}/`],
  ])('keeps a file of key %j within %s', (key, folder) => {
    const [file] = take(new Uint8Array(33), key).files;
    expect(file?.path.slice(0, -68)).toBe(folder);
  });

  it('throws for a tensor that is none, with the place of the fault', () => {
    const bad = { a: { dtype: 'float32', shape: [3, 20], data: new Float32Array(59) } };
    expect(() => take(bad)).toThrow(expect.objectContaining({ code: 'INVALID_TENSOR', path: ['a', 'data'] }));
    expect(() => take({ a: { dtype: 'complex64', shape: [1], data: [1] } })).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_DTYPE', path: ['a', 'dtype'] }),
    );
  });

  it('leaves an object that holds itself to whoever reads the row', () => {
    const values: Record<string, unknown> = {};
    values.self = values;
    expect(take(values).files).toEqual([]);
  });
});
