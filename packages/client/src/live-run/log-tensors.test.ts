import type { JsonObject } from '@summa/core/json/json-value';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClientOptions } from '../client-options.ts';
import { createClient } from '../create-client.ts';
import type { SummaClientError } from '../summa-client-error.ts';
import { decodeNpy } from '../tensor/npy-bytes.ts';
import { MoodyServer } from '../testing/moody-server.ts';
import type { LiveRunOptions } from './open-live-run.ts';

let server: MoodyServer;
beforeEach(async () => {
  server = await new MoodyServer().start();
});
afterEach(() => server.stop());

const ramp = (length: number, from = 0) => Float32Array.from({ length }, (_, i) => from + i);
const operations = () => server.seen.map(({ operation }) => operation);
/** The values of the row at an index. */
const valuesOf = (row: number) => (server.rows[row] as { values: JsonObject }).values;
const valuesIn = (document: unknown) => decodeNpy(fileOf(document)).values;

/** The values of the first change of the summary. */
function changeSent(): JsonObject {
  const change = server.seen.find(({ operation }) => operation === 'UpdateSummary');
  return change?.input.set as JsonObject;
}

function fileOf(document: unknown): Uint8Array {
  const bytes = server.files.get((document as { path: string }).path);
  if (bytes === undefined) throw new Error('the file of this document was not uploaded');
  return bytes;
}

async function startRun(options: Partial<LiveRunOptions> = {}, clientOptions: ClientOptions = {}) {
  const errors: SummaClientError[] = [];
  const client = createClient({ url: server.url, apiKey: 'k', ...clientOptions });
  const run = await client.startRun({
    project: 'digits',
    onError: (error) => errors.push(error),
    ...options,
    delivery: { batchAfterMs: 10, backoff: { firstMs: 5, mostMs: 20 }, ...options.delivery },
  });
  return { run, errors };
}

describe('LiveRun.log of a tensor', () => {
  it('uploads the values before it sends the row that describes them', async () => {
    const { run } = await startRun();
    run.log({ loss: 1, layer: { w: ramp(40) } });
    await run.finish();
    expect(operations()).toEqual(['StartRun', 'CreateUpload', 'PUT', 'CompleteUpload', 'Log', 'FinishRun']);
    const { loss, layer } = valuesOf(0) as { loss: number; layer: JsonObject };
    expect(loss).toBe(1);
    expect(layer.w).toMatchObject({ _type: 'tensor', dtype: 'float32', shape: [40], min: 0, max: 39, '50%': 19.5 });
    expect(valuesIn(layer.w)).toEqual(ramp(40));
    expect(run.summary.get('layer.w')).toEqual(layer.w);
  });

  it('has taken the values when it returns, so that one buffer serves every step', async () => {
    const { run } = await startRun();
    const buffer = ramp(100);
    for (let step = 0; step < 5; step++) {
      run.log({ w: buffer.fill(step) });
    }
    await run.finish();
    expect(server.rows).toHaveLength(5);
    for (let step = 0; step < 5; step++) expect(valuesIn(valuesOf(step).w)).toEqual(new Float32Array(100).fill(step));
  });

  it('uploads equal tensors of one key once', async () => {
    const { run } = await startRun();
    for (let step = 0; step < 4; step++) run.log({ w: ramp(50) });
    await run.flush();
    run.log({ w: ramp(50), v: ramp(50) });
    await run.finish();
    expect(operations().filter((operation) => operation === 'PUT')).toHaveLength(2);
    expect(server.files.size).toBe(2);
  });

  it('does not throw while the server is away, and delivers when it is back', async () => {
    const { run, errors } = await startRun();
    let away = true;
    server.moodOf = () => (away ? 'drop' : 'well');
    run.log({ w: ramp(40) });
    run.summary.set('best', ramp(41));
    await new Promise((resolve) => setTimeout(resolve, 60));
    away = false;
    await run.finish();
    expect([errors, server.files.size, server.rows.length]).toEqual([[], 2, 1]);
  });

  it.each(['CreateUpload', 'PUT', 'CompleteUpload'])('sends %s again when it is cut off', async (operation) => {
    const { run, errors } = await startRun();
    let cuts = 2;
    server.moodOf = (request) => (request.operation === operation && cuts-- > 0 ? 'drop' : 'well');
    run.log({ w: ramp(40) });
    await run.finish();
    expect([errors, valuesIn(valuesOf(0).w)]).toEqual([[], ramp(40)]);
  });

  it('sends the bytes again when no answer comes', async () => {
    const { run, errors } = await startRun({}, { timeoutMs: 100 });
    let silences = 1;
    server.moodOf = ({ operation }) => (operation === 'PUT' && silences-- > 0 ? 'hang' : 'well');
    run.log({ w: ramp(40) });
    await run.finish();
    expect([errors, valuesIn(valuesOf(0).w)]).toEqual([[], ramp(40)]);
  });

  it('announces the upload anew when the server no longer knows of it', async () => {
    const { run, errors } = await startRun();
    let gone = 1;
    server.moodOf = ({ operation }) =>
      operation === 'PUT' && gone-- > 0
        ? { status: 404, body: '{"errors":[{"message":"expired","extensions":{"code":"UPLOAD_NOT_FOUND"}}]}' }
        : 'well';
    run.log({ w: ramp(40) });
    await run.finish();
    expect([errors, server.files.size]).toEqual([[], 1]);
  });

  it('sends the row with its statistics when the file is refused, and tells it', async () => {
    const { run, errors } = await startRun();
    server.moodOf = ({ operation }) => (operation === 'CreateUpload' ? { code: 'FILE_TOO_LARGE' } : 'well');
    run.log({ w: ramp(40), loss: 1 });
    await expect(run.finish()).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
    expect(errors).toHaveLength(1);
    expect(valuesOf(0)).toMatchObject({ w: { max: 39 }, loss: 1 });
  });

  it('loses row and tensor together when the queue is full, and holds no more than the queue may', async () => {
    const { run, errors } = await startRun({ spool: false, delivery: { queueBytes: 10_000 } });
    server.moodOf = ({ operation }) => (operation === 'CreateUpload' && server.seen.length < 4 ? 'drop' : 'well');
    for (let step = 0; step < 20; step++) run.log({ w: ramp(1_000, step), step });
    // Each takes 4,128 bytes as a file, and its document about as much again.
    expect([run.pendingRows, run.lostRows]).toEqual([2, 18]);
    expect(run.summary.get('step')).toBe(1);
    await expect(run.finish()).rejects.toMatchObject({ code: 'QUEUE_FULL' });
    expect(errors.map(({ code }) => code)).toEqual(['QUEUE_FULL']);
    expect([server.files.size, server.rows.length]).toEqual([2, 2]);
  });

  it('uploads the tensors of a row four at once, and all but the one that is refused', async () => {
    let [underWay, mostAtOnce] = [0, 0];
    const counting: typeof fetch = async (input, init) => {
      underWay += 1;
      mostAtOnce = Math.max(mostAtOnce, underWay);
      return fetch(input, init).finally(() => {
        underWay -= 1;
      });
    };
    const { run, errors } = await startRun({}, { fetch: counting });
    server.moodOf = ({ operation, input }) =>
      operation === 'CreateUpload' && String(input.path).includes('/w3/') ? { code: 'FILE_TOO_LARGE' } : 'well';
    run.log(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`w${i}`, ramp(40, i)])));
    await expect(run.finish()).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
    expect([mostAtOnce, server.files.size, server.rows.length, errors.length]).toEqual([4, 19, 1, 1]);
    expect(valuesIn(valuesOf(0).w19)).toEqual(ramp(40, 19));
  });

  it('throws for a tensor that is none, and logs and uploads nothing of it', async () => {
    const { run } = await startRun();
    const bad = { dtype: 'float32', shape: [7, 7], data: new Float32Array(48) } as const;
    expect(() => run.log({ good: ramp(40), bad })).toThrow(
      expect.objectContaining({ code: 'INVALID_TENSOR', path: ['rows', 0, 'values', 'bad', 'data'] }),
    );
    expect(() => run.summary.set('bad', bad)).toThrow(expect.objectContaining({ code: 'INVALID_TENSOR' }));
    expect(() => run.summary.set('', ramp(40))).toThrow(expect.objectContaining({ code: 'INVALID_KEY' }));
    await run.finish();
    expect([operations(), run.summary.document()]).toEqual([['StartRun', 'FinishRun'], {}]);
  });
});

describe('LiveRun.summary.set of a tensor', () => {
  it('uploads the values before it sends the change, in its place between rows', async () => {
    const { run } = await startRun();
    run.log({ a: 1 });
    run.summary.set('weights', { first: ramp(40), note: 'ok' });
    run.summary.set('x', 1);
    run.log({ a: 2 });
    await run.finish();
    const upload = ['CreateUpload', 'PUT', 'CompleteUpload'];
    expect(operations().slice(1)).toEqual(['Log', ...upload, 'UpdateSummary', 'Log', 'FinishRun']);
    const set = changeSent();
    expect(set).toMatchObject({ weights: { first: { _type: 'tensor', size: 40 }, note: 'ok' }, x: 1 });
    expect(run.summary.get('weights.first')).toEqual((set.weights as JsonObject).first);
  });

  it('sets a list when the tensor has up to 32 values', async () => {
    const { run } = await startRun();
    run.summary.set('w', BigInt64Array.of(1n, -(2n ** 60n)));
    run.summary.set('m', { dtype: 'int8', shape: [2, 2], data: [1, 2, 3, 4] });
    await run.finish();
    const expected = {
      w: [1, -(2n ** 60n)],
      m: [
        [1, 2],
        [3, 4],
      ],
    };
    expect(run.summary.document()).toEqual(expected);
    expect(changeSent()).toEqual(expected);
  });
});
