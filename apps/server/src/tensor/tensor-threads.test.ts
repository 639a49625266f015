import { afterEach, describe, expect, it } from 'vitest';
import { npyOf } from '../testing/npy.ts';
import { type TensorFileBytes, type TensorThreadLimits, TensorThreads } from './tensor-threads.ts';

let threads: TensorThreads;
afterEach(() => threads.stop());

function start(limits: Partial<TensorThreadLimits> = {}): TensorThreads {
  threads = new TensorThreads({ threads: 1, waiting: 10, timeLimitMs: 20_000, ...limits });
  return threads;
}

function fileOf(bytes: Uint8Array): TensorFileBytes {
  const readInto = async (from: number, into: Uint8Array) => into.set(bytes.subarray(from, from + into.length));
  return { format: 'npy', size: bytes.length, readInto };
}

const file = fileOf(npyOf(Float64Array.of(1, 2, 6)));
const statistics = (of: TensorFileBytes) => threads.ask('statistics', { dataset: null, percentiles: [50] }, of);
const never = () => new Promise<never>(() => {});

describe('threads that read tensors', () => {
  it('answer one question after another', async () => {
    start();
    const answers = await Promise.all([statistics(file), statistics(file), statistics(file)]);
    expect(answers.map(({ mean }) => mean)).toEqual([3, 3, 3]);
  });

  it('give up with TENSOR_TIMEOUT, and answer the next question', async () => {
    start({ timeLimitMs: 3_000 });
    await expect(statistics({ ...file, readInto: never })).rejects.toMatchObject({ code: 'TENSOR_TIMEOUT' });
    expect((await statistics(file)).mean).toBe(3);
  });

  it('refuse with SERVER_BUSY what is more than may wait', async () => {
    start({ waiting: 1, timeLimitMs: 3_000 });
    const first = statistics({ ...file, readInto: never }).catch((error: unknown) => error);
    const second = statistics(file);
    await expect(statistics(file)).rejects.toMatchObject({ code: 'SERVER_BUSY' });
    await first;
    expect((await second).mean).toBe(3);
  });

  it('pass on what the bytes cannot be read for, and answer the next question', async () => {
    start();
    const readInto = () => Promise.reject(new Error('the disk is on fire'));
    await expect(statistics({ ...file, readInto })).rejects.toThrow('the disk is on fire');
    expect((await statistics(file)).mean).toBe(3);
  });

  it('name what is wrong with a file, and answer the next question', async () => {
    start();
    await expect(statistics(fileOf(Uint8Array.of(1, 2, 3)))).rejects.toMatchObject({ code: 'CORRUPT_DATA' });
    await expect(statistics({ ...fileOf(new Uint8Array(4096)), format: 'hdf5' })).rejects.toMatchObject({
      code: 'CORRUPT_DATA',
    });
    expect((await statistics(file)).mean).toBe(3);
  });
});
