import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../create-client.ts';
import type { SummaClientError } from '../summa-client-error.ts';
import { MoodyServer } from '../testing/moody-server.ts';
import type { LiveRun } from './live-run.ts';
import type { LiveRunOptions } from './open-live-run.ts';

let server: MoodyServer;
beforeEach(async () => {
  server = await new MoodyServer().start();
});
afterEach(() => server.stop());

describe('LiveRun', () => {
  it('gives rows without a step the one after the last, whatever came before', async () => {
    const { run } = await startRun();
    run.log({ loss: 3 });
    run.log({ loss: 2 }, { step: 10, timestamp: 1.5 });
    run.log({ loss: 1 }, { timestamp: new Date(2_500) });
    await run.finish();
    expect(server.rows).toEqual([
      { step: 0, timestamp: expect.any(Number), values: { loss: 3 } },
      { step: 10, timestamp: 1.5, values: { loss: 2 } },
      { step: 11, timestamp: 2.5, values: { loss: 1 } },
    ]);
    expect(run.lastStep).toBe(11);
  });

  it('writes rows of numbers the same whether their names were logged before or not', async () => {
    const { run } = await startRun();
    const rows = [
      { a: 1, 'b/c': -0 },
      { 'b/c': Number.NaN, a: 2 ** 60 },
      { a: -1e300 },
      {},
      { a: 0, 'b/c': 1e-7 },
      { b: { c: 2 }, a: 1 },
    ];
    for (const values of [...rows, ...rows]) run.log(values);
    run.log({ a: 5 }, { step: 3 });
    expect(() => run.log({ a: 1 }, { step: 1.5 })).toThrow(expect.objectContaining({ code: 'INVALID_ROW' }));
    run.log({ a: 6 });
    await run.finish();
    const texts = server.rows.map((row) => JSON.stringify((row as { values: unknown }).values));
    expect(texts.slice(6, 12)).toEqual(texts.slice(0, 6));
    expect(server.rows.slice(1, 6)).toMatchObject([
      { step: 1, values: { a: 2 ** 60, 'b/c': 'NaN' } },
      { step: 2, values: { a: -1e300 } },
      { step: 3, values: {} },
      { step: 4, values: { a: 0, 'b/c': 1e-7 } },
      { step: 5, values: { a: 1, b: { c: 2 } } },
    ]);
    expect(server.rows.slice(12)).toMatchObject([{ step: 3 }, { step: 12 }]);
    expect(run.summary.get('a')).toBe(6);
  });

  it('writes numbers that JSON lacks as their names and leaves out what is undefined', async () => {
    const { run } = await startRun();
    run.log({ a: Number.NaN, b: Number.NEGATIVE_INFINITY, c: undefined, d: { e: undefined, f: 1 } }, { timestamp: 0 });
    await run.finish();
    expect(server.rows).toEqual([{ step: 0, timestamp: 0, values: { a: 'NaN', b: '-Infinity', d: { f: 1 } } }]);
  });

  it('sends what was logged, not what the object became afterwards', async () => {
    const { run } = await startRun();
    const values = { loss: 1 };
    run.log(values, { timestamp: 0 });
    values.loss = 2;
    await run.finish();
    expect(server.rows).toEqual([{ step: 0, timestamp: 0, values: { loss: 1 } }]);
  });

  it('throws at once for what no server would take, and logs nothing of it', async () => {
    const { run } = await startRun();
    expect(() => run.log({ _step: 1 })).toThrow(expect.objectContaining({ code: 'INVALID_KEY' }));
    expect(() => run.log({ loss: 1 }, { step: -1 })).toThrow(expect.objectContaining({ code: 'INVALID_ROW' }));
    expect(() => run.log([1] as never)).toThrow(expect.objectContaining({ code: 'INVALID_ROW' }));
    expect(() => run.log({ when: new Date() } as never)).toThrow(expect.objectContaining({ code: 'INVALID_JSON' }));
    await run.finish();
    expect(server.rows).toEqual([]);
    expect(run.summary.document()).toEqual({});
  });

  it('does not throw while the server is away, and delivers when it is back', async () => {
    const { run, retries } = await startRun();
    let away = true;
    server.moodOf = () => (away ? 'drop' : 'well');
    for (let i = 0; i < 50; i++) run.log({ i });
    await new Promise((resolve) => setTimeout(resolve, 60));
    away = false;
    await run.finish();
    expect(server.rows).toHaveLength(50);
    expect(retries.length).toBeGreaterThan(0);
  });

  it('ends the run behind everything that was logged, once', async () => {
    const { run } = await startRun();
    run.log({ loss: 1 });
    await Promise.all([run.finish(3), run.finish()]);
    expect(operations().slice(1)).toEqual(['Log', 'FinishRun']);
    expect(server.seen.at(-1)?.input).toEqual({ runId: 'run-1', exitCode: 3 });
    expect(() => run.log({ loss: 2 })).toThrow(expect.objectContaining({ code: 'RUN_CLOSED' }));
  });

  it('is finished when its block is left', async () => {
    {
      await using run = (await startRun()).run;
      run.log({ loss: 1 });
    }
    expect(operations()).toEqual(['StartRun', 'Log', 'FinishRun']);
  });

  it('ends the run and then rejects with what the server refused', async () => {
    const { run, errors } = await startRun();
    server.moods.push({ code: 'TOO_MANY_KEYS', argumentPath: ['input', 'rows', 0] });
    run.log({ bad: 1 });
    run.log({ good: 1 });
    await expect(run.finish()).rejects.toMatchObject({ code: 'TOO_MANY_KEYS' });
    expect(server.rows).toEqual([expect.objectContaining({ values: { good: 1 } })]);
    expect(operations().at(-1)).toBe('FinishRun');
    expect(errors).toHaveLength(1);
  });

  it('tells once that the queue is full, counts what is lost and folds only what is kept', async () => {
    const { run, errors } = await startRun({ spool: false, delivery: { queueBytes: 500 } });
    server.moodOf = ({ operation }) => (operation === 'Log' && server.seen.length < 4 ? { status: 503 } : 'well');
    for (let i = 0; i < 100; i++) run.log({ i });
    expect(run.pendingRows + run.lostRows).toBe(100);
    expect(run.lostRows).toBeGreaterThan(0);
    expect(run.summary.get('i')).toBe(run.pendingRows - 1);
    await expect(run.finish()).rejects.toMatchObject({ code: 'QUEUE_FULL' });
    expect(errors.map(({ code }) => code)).toEqual(['QUEUE_FULL']);
    expect(server.rows).toHaveLength(100 - run.lostRows);
  });

  it('loses nothing when ready is awaited before each row', async () => {
    const { run } = await startRun({ spool: false, delivery: { queueBytes: 500 } });
    for (let i = 0; i < 300; i++) {
      await run.ready();
      run.log({ i });
    }
    await run.finish();
    expect([server.rows.length, run.lostRows]).toEqual([300, 0]);
  });

  it('tells the server that it lives while nothing is logged', async () => {
    const { run } = await startRun({ heartbeatMs: 40 });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await run.finish();
    const beats = () => operations().filter((operation) => operation === 'Heartbeat').length;
    const before = beats();
    expect(before).toBeGreaterThanOrEqual(2);
    await new Promise((resolve) => setTimeout(resolve, 200));
    // One may have been on its way when the run was finished.
    expect(beats()).toBeLessThanOrEqual(before + 1);
  });

  it('starts one run when the answer to the first request was lost', async () => {
    server.moods.push('lose answer');
    await startRun();
    const [first, second] = server.seen.map(({ input }) => input);
    expect(second).toEqual({ ...first, resume: 'ALLOW' });
    expect(first?.resume).toBe('NEVER');
  });

  it('does not ask twice for a new run of a given name when it cannot know what became of the first', async () => {
    server.moods.push('lose answer');
    await expect(startRun({ name: 'mine' })).rejects.toMatchObject({ code: 'NETWORK' });
    expect(server.seen).toHaveLength(1);
  });

  it('stops without a request when it is abandoned', async () => {
    const { run } = await startRun({ delivery: { batchAfterMs: 1_000 } });
    run.log({ loss: 1 });
    run.abandon();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(operations()).toEqual(['StartRun']);
  });
});

describe('LiveRun.summary', () => {
  it('shows what was logged and defined before anything is sent', async () => {
    const { run } = await startRun({ delivery: { batchAfterMs: 10_000 } });
    run.defineMetric('loss', { summary: 'min' });
    run.defineMetric('loss', { summary: ['max'] });
    for (const loss of [3, 1, 2]) run.log({ loss, lr: loss / 10 });
    run.summary.set('best_accuracy', 0.97);
    expect(run.summary.document()).toEqual({ loss: { min: 1, max: 3 }, lr: 0.2, best_accuracy: 0.97 });
    expect(run.summary.get('loss.min')).toBe(1);
    expect(run.summary.get('nothing')).toBeUndefined();
    expect(operations()).toEqual(['StartRun']);
    run.abandon();
  });

  it('forgets a value set by hand when the metric is logged again, and keeps one at another key', async () => {
    const { run } = await startRun();
    run.summary.set('loss', 9);
    run.summary.set('best', 1);
    run.log({ loss: 0.5 });
    expect(run.summary.document()).toEqual({ loss: 0.5, best: 1 });
    await run.finish();
  });

  it('counts a step that is logged twice once', async () => {
    const { run } = await startRun();
    run.defineMetric('a', { summary: 'count,sum,max' });
    run.log({ a: 1 }, { step: 0 });
    run.log({ a: 50 }, { step: 1 });
    run.log({ a: 4 }, { step: 1 });
    expect(run.summary.get('a')).toEqual({ max: 4, count: 2, sum: 5 });
    await run.finish();
  });

  it('sends values that were set together in one request, in their place between rows', async () => {
    const { run } = await startRun();
    run.log({ a: 1 });
    run.summary.set('x', 1);
    run.summary.set('y', { z: Number.NaN });
    run.log({ a: 2 });
    run.summary.set('x', 2);
    run.summary.set('x', 3);
    run.summary.delete('a');
    run.summary.clear('a');
    await run.finish();
    const sent = server.seen
      .slice(1)
      .map(({ operation, input: { set, delete: deleted, clear } }) =>
        operation === 'UpdateSummary' ? { set, deleted, clear } : operation,
      );
    expect(sent).toEqual([
      'Log',
      { set: { x: 1, y: { z: 'NaN' } } },
      'Log',
      { set: { x: 2 } },
      { set: { x: 3 } },
      { deleted: ['a'] },
      { clear: ['a'] },
      'FinishRun',
    ]);
  });

  it('refuses a definition that asks for the best without saying what is better', async () => {
    const { run } = await startRun();
    const define = () => run.defineMetric('loss', { summary: 'best' });
    expect(define).toThrow(expect.objectContaining({ code: 'INVALID_DEFINITION' }));
    await run.finish();
    expect(operations()).toEqual(['StartRun', 'FinishRun']);
  });
});

async function startRun(options: Partial<LiveRunOptions> = {}) {
  const errors: SummaClientError[] = [];
  const retries: SummaClientError[] = [];
  const client = createClient({ url: server.url, apiKey: 'k' });
  const delivery = { batchAfterMs: 10, backoff: { firstMs: 5, mostMs: 20 }, ...options.delivery };
  const run: LiveRun = await client.startRun({
    project: 'digits',
    onError: (error) => errors.push(error),
    onRetry: (error) => retries.push(error),
    ...options,
    delivery,
  });
  return { run, errors, retries };
}

function operations(): string[] {
  return server.seen.map(({ operation }) => operation);
}
