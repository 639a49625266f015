import { mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type StoredRun, type SummaClient } from '@summa/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runSumma } from '../support/summa-command.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { type Mischief, startUnrulyProxy } from '../support/unruly-proxy.ts';
import { type LoggingProcess, startLogging } from './ending-process.ts';

let server: SummaProcess;
let client: SummaClient;
let entity: string;
beforeAll(async () => {
  server = await startSumma();
  client = createClient(server);
  entity = (await client.viewer()).entity.name;
});
afterAll(() => server?.[Symbol.asyncDispose]());

let dir: string;
let env: Record<string, string>;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'summa-sync-'));
  env = { SUMMA_SPOOL_DIR: dir, SUMMA_API_KEY: server.apiKey };
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const count = (length: number) => Array.from({ length }, (_, i) => i);

/** A process that logged, was killed with kill -9 before anything was sent, and the name of its run. */
async function killed(rows: number, url = server.url): Promise<string> {
  const { signal, told, complaints } = await startLogging({ url, rows, ending: 'kill' }, env).ended;
  expect([signal, complaints]).toEqual(['SIGKILL', '']);
  return told.at(-1).run;
}

async function stored(name: string): Promise<StoredRun> {
  const run = await client.run(entity, 'ends', name);
  if (run === null) throw new Error(`there is no run ${name}`);
  return run;
}

async function stepsOf(name: string): Promise<number[]> {
  const steps = [];
  for await (const { step } of (await stored(name)).rows()) steps.push(step);
  return steps;
}

/** A port where nobody listens. */
async function closedPort(): Promise<string> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return `http://127.0.0.1:${port}`;
}

const sync = (...args: string[]) => runSumma(['sync', ...args], { env });

describe('summa sync', () => {
  it('sends what a killed process had logged, says so, and leaves no file', async () => {
    const name = await killed(250);
    expect(await stepsOf(name)).toEqual([]);
    const { code, stdout } = await sync();
    expect([code, stdout]).toEqual([0, expect.stringMatching(`: 250 rows into ${entity}/ends/${name}\n$`)]);
    expect(await stepsOf(name)).toEqual(count(250));
    expect(await readdir(dir)).toEqual([]);
    expect((await sync()).stdout).toBe('nothing is left to send\n');
  });

  it('says what is left in a dry run, as JSON, and changes nothing', async () => {
    const name = await killed(30);
    const [file] = await readdir(dir);
    const path = join(dir, file ?? '');
    const before = await stat(path);
    const { code, stdout } = await sync('--dry-run', '--json');
    expect(code).toBe(0);
    const spool = {
      path,
      state: 'left',
      run: `${entity}/ends/${name}`,
      rows: 30,
      knownRows: 0,
      refused: 0,
      error: null,
    };
    expect(JSON.parse(stdout)).toEqual({ spools: [spool] });
    expect(await stat(path)).toMatchObject({ size: before.size, mtimeMs: before.mtimeMs });
    expect(await stepsOf(name)).toEqual([]);
  });

  it('changes nothing when it is called again on a file that was kept', async () => {
    const name = await killed(40);
    expect((await sync('--keep', '--json')).code).toBe(0);
    const { revision } = await client.project(entity, 'ends').then(() => stored(name));
    const again = await sync('--json');
    expect([again.code, JSON.parse(again.stdout).spools[0].rows]).toEqual([0, 0]);
    expect((await stored(name)).revision).toBe(revision);
    expect(await readdir(dir)).toEqual([]);
  });

  it('leaves the spool of a process that still runs to it', async () => {
    const process = startLogging({ url: server.url, rows: 5, ending: 'wait' }, env);
    await process.logged;
    const { code, stdout } = await sync('--json');
    expect([code, JSON.parse(stdout).spools[0].state]).toEqual([0, 'living']);
    process.kill('SIGKILL');
    await process.ended;
    expect(JSON.parse((await sync('--json')).stdout).spools[0]).toMatchObject({ state: 'sent', rows: 5 });
  });

  it('starts a run that began without a network, once, whatever is between', async () => {
    const name = await killed(60, await closedPort());
    let mischief: Mischief = 'repeat';
    await using proxy = await startUnrulyProxy(server.url, () => mischief);
    const first = await sync('--url', proxy.url, '--json');
    mischief = 'none';
    const { code } = await sync('--url', proxy.url);
    expect([first.code, code]).toEqual([0, 0]);
    expect(await stepsOf(name)).toEqual(count(60));
  });

  it('gives up after some tries while the server is away, and loses nothing', async () => {
    const name = await killed(20);
    const { code, stdout } = await sync('--url', await closedPort(), '--json');
    expect([code, JSON.parse(stdout).spools[0]]).toEqual([
      1,
      expect.objectContaining({ state: 'failed', error: expect.objectContaining({ code: 'NETWORK' }) }),
    ]);
    expect((await sync()).code).toBe(0);
    expect(await stepsOf(name)).toEqual(count(20));
  });

  it('sends what lies before a damaged byte, names the byte, and keeps the file', async () => {
    const name = await killed(50);
    const [file = ''] = await readdir(dir);
    const path = join(dir, file);
    const handle = await open(path, 'r+');
    const { size } = await handle.stat();
    await handle.write('#', size - 500);
    await handle.close();
    const { code, stdout } = await sync('--json');
    const [spool] = JSON.parse(stdout).spools;
    expect([code, spool.state, spool.error.code]).toEqual([1, 'failed', 'SPOOL_DAMAGED']);
    expect(Number(/at byte (\d+)/.exec(spool.error.message)?.[1])).toBeGreaterThan(size - 600);
    const steps = await stepsOf(name);
    expect(steps).toEqual(count(steps.length));
    expect(steps.length).toBeGreaterThan(35);
    expect((await stat(path)).size).toBe(size);
  });

  it('opens a run that somebody has ended meanwhile, and ends it again as it was', async () => {
    const name = await killed(10);
    const finish = `mutation Finish($input: FinishRunInput!) { finishRun(input: $input) { run { state } } }`;
    await client.execute(finish as never, { input: { runId: (await stored(name)).id, exitCode: 3 } } as never);
    expect((await sync()).code).toBe(0);
    expect(await stepsOf(name)).toEqual(count(10));
    expect((await stored(name)).state).toBe('FAILED');
  });

  it('names a path that is none, and a wrong option', async () => {
    expect(await sync('/nowhere/at/all')).toMatchObject({ code: 1, stderr: expect.stringContaining('no such spool') });
    expect(await sync('--quickly')).toMatchObject({ code: 2, stderr: expect.stringContaining('summa sync --help') });
  });
});

describe('a process that logs', () => {
  async function endBy(process: LoggingProcess, signal: NodeJS.Signals) {
    await process.logged;
    process.kill(signal);
    return process.ended;
  }

  it('sends what is left when its script is over', async () => {
    const { code, told } = await startLogging({ url: server.url, rows: 12, ending: 'return' }, env).ended;
    expect(code).toBe(0);
    expect(await stepsOf(told[0].run)).toEqual(count(12));
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('sends what is left on %s and ends by it', async (signal) => {
    const ended = await endBy(startLogging({ url: server.url, rows: 12, ending: 'wait' }, env), signal);
    expect(ended).toMatchObject({ code: null, signal });
    expect(await stepsOf(ended.told[0].run)).toEqual(count(12));
  });

  it('leaves the end to whoever listens for the signal too', async () => {
    const ended = await endBy(startLogging({ url: server.url, rows: 12, ending: 'listen' }, env), 'SIGTERM');
    expect(ended.code).toBe(7);
    expect(await stepsOf(ended.told[0].run)).toEqual(count(12));
  });

  it.each(['return', 'wait'])('ends without its server too, and leaves what it could not send (%s)', async (ending) => {
    const process = startLogging({ url: await closedPort(), rows: 12, ending }, env);
    const { code, signal, told } = await (ending === 'wait' ? endBy(process, 'SIGINT') : process.ended);
    expect([code, signal]).toEqual(ending === 'wait' ? [null, 'SIGINT'] : [0, null]);
    expect((await sync('--url', server.url)).code).toBe(0);
    expect(await stepsOf(told.at(-1).run)).toEqual(count(12));
  });

  it('has listeners of ours only while a run is open', async () => {
    const { told } = await startLogging({ url: server.url, rows: 1, ending: 'count' }, env).ended;
    const [before, during, after] = [told[1].before, told[1].during, told[1].after];
    expect(after).toEqual(before);
    expect(during).toEqual(before.map((listeners: number) => listeners + 1));
  });
});
