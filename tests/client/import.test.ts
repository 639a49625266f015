import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createClient, type StoredRun } from '@summa/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIGITS_RUNS, digitsFile, digitsRows, expectedMetrics } from '../support/digits.ts';
import { expectNumpys, metricSummaries } from '../support/metric-summaries.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';

let server: SummaProcess;
let folder: string;
beforeAll(async () => {
  server = await startSumma();
  folder = await mkdtemp(join(tmpdir(), 'summa-import-'));
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

describe('summa import', () => {
  it('imports the six runs so that every statistic is numpy’s, and sends nothing the second time', async () => {
    const files = DIGITS_RUNS.map((run) => digitsFile(`${run}.jsonl`));
    const args = [...files, '--project', 'digits', '--config', digitsFile('*.config.json')];
    const first = await summa(args).ended;
    expect(first).toMatchObject({ code: 0, stderr: '' });
    for (const name of DIGITS_RUNS) await expectRun('digits', name);
    const second = await summa(args).ended;
    expect(second).toMatchObject({ code: 0, stderr: '' });
    expect(second.stdout.match(/: 0 rows into/g)).toHaveLength(DIGITS_RUNS.length);
    for (const name of DIGITS_RUNS) await expectRun('digits', name);
  });

  it('keeps the config and says that the run is finished', async () => {
    await summa([digitsFile('sgd-slow.jsonl'), '-p', 'kept', '-c', digitsFile('sgd-slow.config.json')]).ended;
    const run = await storedRun('kept', 'sgd-slow');
    expect(run).toMatchObject({ state: 'FINISHED', exitCode: 0, lastStep: 219 });
    expect(await run.config()).toMatchObject({ lr: 0.002, optimizer: 'sgd', batch: 128 });
  });

  it('goes on after Ctrl-C and through a server that is killed, and every row is there once', async () => {
    const rows = 200_000;
    const file = join(folder, 'long.jsonl');
    await writeFile(file, Array.from({ length: rows }, (_, i) => `{"_step":${i},"i":${i},"x":${i % 7}.5}\n`).join(''));
    const interrupted = summa([file, '-p', 'long']);
    await rowsAreStored('long', 'long');
    interrupted.child.kill('SIGINT');
    expect(await interrupted.ended).toMatchObject({ code: 130, stderr: expect.stringContaining('goes on from there') });
    const stored = await storedRun('long', 'long');
    expect(stored.lastStep).toBeLessThan(rows - 1);

    const resumed = summa([file, '-p', 'long']);
    await rowsAreStored('long', 'long', stored.lastStep ?? 0);
    await server.end('SIGKILL');
    await sleep(500);
    server = await server.restart();
    expect(await resumed.ended).toMatchObject({ code: 0, stdout: expect.stringContaining('were there already') });
    const metric = await stored.summary.metric('i');
    expect(metric).toMatchObject({ count: rows, min: 0, max: rows - 1, mean: (rows - 1) / 2, lastStep: rows - 1 });
  });

  it('names file and line of a bad row, and exits with 1', async () => {
    const file = join(folder, 'bad.jsonl');
    await writeFile(file, '{"a": 1}\n{"a": }\n');
    const { code, stderr } = await summa([file, '-p', 'bad']).ended;
    expect([code, stderr]).toEqual([1, expect.stringContaining(`${file}:2: not valid JSON`)]);
  });

  it('says which key is missing or wrong, and exits with 1', async () => {
    const { code, stderr } = await summa([digitsFile('sgd-slow.jsonl'), '-p', 'x', '--key', 'summa_no_such']).ended;
    expect([code, stderr]).toEqual([1, expect.stringContaining('UNAUTHENTICATED')]);
  });
});

const MAIN = fileURLToPath(new URL('../../packages/client/src/cli/main.ts', import.meta.url));

function summa(args: readonly string[]) {
  const child = spawn(process.execPath, ['--conditions=@summa/source', '--import', 'tsx', MAIN, 'import', ...args], {
    env: { ...process.env, SUMMA_URL: server.url, SUMMA_API_KEY: server.apiKey },
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => {
    written.stdout += text;
  });
  child.stderr.on('data', (text) => {
    written.stderr += text;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, ...written }));
  return { child, ended };
}

function client() {
  return createClient({ url: server.url, apiKey: server.apiKey });
}

async function storedRun(project: string, name: string): Promise<StoredRun> {
  const { entity } = await client().viewer();
  const run = await client().run(entity.name, project, name);
  if (run === null) throw new Error(`there is no run ${project}/${name}`);
  return run;
}

async function rowsAreStored(project: string, name: string, beyond = -1): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const run = await storedRun(project, name).catch(() => null);
    if ((run?.lastStep ?? -1) > beyond) return;
    await sleep(20);
  }
  throw new Error('no row was ever stored');
}

async function expectRun(project: string, name: string): Promise<void> {
  const run = await storedRun(project, name);
  const rows = await digitsRows(name);
  expectNumpys(await metricSummaries(server, run.id), await expectedMetrics(name));
  const points = await run.points('train/loss');
  const logged = rows.filter((row) => 'train/loss' in row);
  expect([...points.steps]).toEqual(logged.map(({ _step }) => _step));
  expect([...points.times]).toEqual(logged.map(({ _timestamp }) => _timestamp));
  expect([...points.values]).toEqual(logged.map((row) => Number(row['train/loss'])));
}
