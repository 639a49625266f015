import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../create-client.ts';
import { findRest, scanSpool } from '../spool/scan-spool.ts';
import type { SummaClientError } from '../summa-client-error.ts';
import { MoodyServer } from '../testing/moody-server.ts';
import type { LiveRun } from './live-run.ts';
import type { LiveRunOptions } from './open-live-run.ts';

let server: MoodyServer;
let dir: string;
beforeEach(async () => {
  server = await new MoodyServer().start();
  dir = await mkdtemp(join(tmpdir(), 'summa-spool-test-'));
});
afterEach(async () => {
  await server.stop();
  await rm(dir, { recursive: true, force: true });
});

async function startRun(options: Partial<LiveRunOptions> = {}) {
  const errors: SummaClientError[] = [];
  const client = createClient({ url: server.url, apiKey: 'secret-key', timeoutMs: 1_000 });
  const run: LiveRun = await client.startRun({
    project: 'digits',
    spool: { dir },
    onError: (error) => errors.push(error),
    ...options,
    delivery: { batchAfterMs: 10, backoff: { firstMs: 5, mostMs: 20 }, ...options.delivery },
  });
  return { run, errors };
}

const operations = () => server.seen.map(({ operation }) => operation);
const steps = () => server.rows.map((row) => (row as { step: number }).step);
const count = (length: number) => Array.from({ length }, (_, i) => i);

describe('LiveRun with a spool', () => {
  it('has a file from its first row until the server has everything', async () => {
    const { run } = await startRun();
    run.log({ loss: 1 });
    expect(await readdir(dir)).toEqual([`${run.name}-${run.writer}.spool`]);
    expect(run.spoolPath).toBe(join(dir, `${run.name}-${run.writer}.spool`));
    await run.finish();
    expect(await readdir(dir)).toEqual([]);
  });

  it('writes no key into it', async () => {
    const { run } = await startRun();
    run.log({ loss: 1 });
    expect((await readFile(run.spoolPath ?? '')).includes('secret-key')).toBe(false);
    await run.finish();
  });

  it('has none when it is told so', async () => {
    const { run } = await startRun({ spool: false });
    run.log({ loss: 1 });
    expect([run.spoolPath, await readdir(dir)]).toEqual([null, []]);
    await run.finish();
  });

  it('keeps in memory what the queue may hold, the rest on disk, and sends all of it in order', async () => {
    let away = true;
    server.moodOf = ({ operation }) => (operation === 'Log' && away ? 'drop' : 'well');
    const { run, errors } = await startRun({ delivery: { queueBytes: 20_000, batchRows: 100 } });
    let most = 0;
    for (let i = 0; i < 5_000; i++) {
      run.log({ i });
      most = Math.max(most, run.pendingBytes);
      if (i === 2_500) run.summary.set('half', true);
      if (i % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(most).toBeLessThan(20_200);
    expect([run.pendingRows, run.lostRows]).toEqual([5_000, 0]);
    away = false;
    const watch = setInterval(() => {
      most = Math.max(most, run.pendingBytes);
    }, 1);
    await run.flush();
    clearInterval(watch);
    expect(most).toBeLessThan(20_200);
    expect([steps(), errors]).toEqual([count(5_000), []]);
    const set = server.seen.findIndex(({ operation }) => operation === 'UpdateSummary');
    const stepsIn = (index: number) => {
      const { rows } = server.seen[index]?.input ?? {};
      return (rows as { step: number }[]).map(({ step }) => step); // a log request holds a list of rows
    };
    expect(stepsIn(set - 1).at(-1)).toBe(2_500);
    expect(stepsIn(set + 1)[0]).toBe(2_501);
    await run.finish();
    expect(await readdir(dir)).toEqual([]);
  });

  it('has a file that stays small while the server follows, however much is logged', async () => {
    const { run } = await startRun();
    for (let i = 0; i < 400; i++) {
      run.log({ i, text: 'x'.repeat(100_000) });
      if (i % 50 === 49) await run.flush();
    }
    // 40 MB were logged; it is begun anew from 16 MB on.
    expect((await stat(run.spoolPath ?? '')).size).toBeLessThan(17_000_000);
    run.log({ i: 400 });
    await run.finish();
    expect([steps(), await readdir(dir)]).toEqual([count(401), []]);
  });

  it('keeps the place of changes and tensors that were on disk alone', async () => {
    let away = true;
    server.moodOf = () => (away ? 'drop' : 'well');
    const { run } = await startRun({ delivery: { queueBytes: 300 } }).catch(() => {
      throw new Error('a new run begins without its server');
    });
    for (let i = 0; i < 10; i++) run.log({ i, text: 'x'.repeat(50) });
    run.defineMetric('i', { summary: 'max' });
    run.log({ w: Float64Array.from({ length: 50 }, (_, i) => i) });
    run.summary.set('x', Number.NaN);
    run.updateConfig({ lr: 0.5 });
    run.log({ i: 11 });
    away = false;
    await run.finish(2);
    const sent = operations().slice(operations().lastIndexOf('StartRun') + 1);
    expect(sent.filter((operation, i) => operation !== sent[i - 1])).toEqual([
      'Log',
      'DefineMetric',
      'CreateUpload',
      'PUT',
      'CompleteUpload',
      'Log',
      'UpdateSummary',
      'UpdateRun',
      'Log',
      'FinishRun',
    ]);
    const inputOf = (operation: string) => server.seen.findLast((request) => request.operation === operation)?.input;
    expect(inputOf('UpdateSummary')).toEqual({ runId: 'run-1', set: { x: 'NaN' } });
    expect(inputOf('UpdateRun')).toEqual({ runId: 'run-1', config: { lr: 0.5 } });
    expect(inputOf('FinishRun')).toEqual({ runId: 'run-1', exitCode: 2 });
    expect([steps(), server.files.size]).toEqual([count(12), 1]);
  });

  it('tells once that the spool is full, and counts what is lost', async () => {
    server.moodOf = ({ operation }) => (operation === 'Log' && server.seen.length < 5 ? { status: 503 } : 'well');
    const { run, errors } = await startRun({ spool: { dir, maxBytes: 3_000 } });
    for (let i = 0; i < 100; i++) run.log({ i });
    expect(run.lostRows).toBeGreaterThan(50);
    await expect(run.finish()).rejects.toMatchObject({ code: 'QUEUE_FULL' });
    expect(errors.map(({ code }) => code)).toEqual(['QUEUE_FULL']);
    expect(server.rows).toHaveLength(100 - run.lostRows);
  });

  it('goes on in memory, and says so, where no file can be written', async () => {
    const { run, errors } = await startRun({ spool: { dir: '/dev/null/nowhere' } });
    run.log({ loss: 1 });
    await run.finish();
    expect([errors.map(({ code }) => code), server.rows.length]).toEqual([['SPOOL_FAILED'], 1]);
  });

  it('keeps what the server refuses for its key, and what is logged after that, for another time', async () => {
    server.moodOf = ({ operation }) => (operation === 'Log' ? { code: 'UNAUTHENTICATED' } : 'well');
    const { run } = await startRun();
    run.log({ i: 0 });
    await expect(run.flush()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    run.log({ i: 1 });
    expect(run.lostRows).toBe(0);
    await expect(run.finish()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(existsSync(run.spoolPath ?? '')).toBe(true);
  });

  it('notes in its file which row the server refused, so that the rows behind it are counted right', async () => {
    const { run } = await startRun();
    server.moods.push({ code: 'INVALID_ROW', argumentPath: ['input', 'rows', 2] });
    for (let i = 0; i < 5; i++) run.log({ i });
    await expect(run.flush()).rejects.toMatchObject({ code: 'INVALID_ROW' });
    server.moodOf = () => 'drop';
    for (let i = 5; i < 8; i++) run.log({ i });
    const contents = await scanSpool(run.spoolPath ?? '');
    expect(contents).toMatchObject({ entries: 8, settled: { entries: 5, rows: 4 }, refused: new Set([2]) });
    // The server may have taken the first of them, and its answer be lost.
    expect(await findRest(contents, 5)).toMatchObject({ entry: 6, count: 2, rows: 2 });
    run.abandon();
  });

  it('leaves no file when it is abandoned, nor when it cannot be started', async () => {
    const { run } = await startRun();
    run.log({ loss: 1 });
    run.abandon();
    server.moodOf = () => ({ code: 'UNAUTHENTICATED' });
    await expect(startRun()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await readdir(dir)).toEqual([]);
  });

  it('refuses a writer whose rows were left in a spool', async () => {
    const { run } = await startRun({ name: 'a', writer: 'mine', resume: 'ALLOW' });
    run.log({ loss: 1 });
    const again = startRun({ name: 'a', writer: 'mine', resume: 'ALLOW' });
    await expect(again).rejects.toMatchObject({ code: 'SPOOL_LEFT' });
    await run.finish();
  });
});

describe('a run that begins without its server', () => {
  it('logs, shows its summary, and is started when the server is back', async () => {
    let away = true;
    server.moodOf = () => (away ? 'drop' : 'well');
    const { run, errors } = await startRun({ project: 'ada/digits', config: { lr: 1 } });
    expect(errors.map(({ code }) => code)).toEqual(['OFFLINE']);
    for (let i = 0; i < 20; i++) run.log({ i });
    expect([run.isStarted, run.path, run.summary.get('i')]).toEqual([false, `ada/digits/${run.name}`, 19]);
    expect(() => run.id).toThrow(expect.objectContaining({ code: 'RUN_NOT_STARTED' }));
    away = false;
    await run.finish();
    expect([run.isStarted, run.id, steps()]).toEqual([true, 'run-1', count(20)]);
    expect(server.started).toMatchObject({ name: run.name, config: { lr: 1 } });
  });

  it('is not begun when it would go on with another, whose rows nobody knows', async () => {
    server.moodOf = () => 'drop';
    await expect(startRun({ name: 'mine', resume: 'ALLOW' })).rejects.toMatchObject({ code: 'NETWORK' });
    expect(await readdir(dir)).toEqual([]);
  });

  it('is not begun when the caller no longer wants it', async () => {
    server.moodOf = () => 'hang';
    await expect(startRun({ signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ code: 'ABORTED' });
    expect(await readdir(dir)).toEqual([]);
  });
});
