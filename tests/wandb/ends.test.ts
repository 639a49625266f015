import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { complaints, runScript, type ScriptResult } from './python.ts';

const RUN = `query ($name: String!) { run(entity: "admin", project: "ends", name: $name) { state exitCode lastStep
  history { rowCount } summary { metric(key: "value") { count min max mean } } } }`;

describe('a run whose process is killed', () => {
  it('is crashed when it has been silent, keeps its rows, and is taken up again', async () => {
    await using server = await startSumma({ env: { SUMMA_CRASH_AFTER_SECONDS: '5' } });
    const read = async () => (await must(server, RUN, { name: 'killed' })).run;
    const killed = await runScript(server, 'killed.py', { args: ['never'] });
    expect(killed.code, killed.output).toBeNull();
    for (let tries = 0; tries < 300 && (await read()).state !== 'CRASHED'; tries++) await sleep(100);
    // The mean of 0 … 9.
    const rows = { exitCode: null, lastStep: 9, summary: { metric: { count: 10, min: 0, max: 9, mean: 4.5 } } };
    expect(await read()).toMatchObject({ state: 'CRASHED', ...rows });
    const { code, output } = await runScript(server, 'killed.py', { args: ['must'] });
    expect(code, output).toBe(0);
    expect(complaints(output)).toEqual([]);
    expect(await read()).toEqual({
      state: 'FINISHED',
      exitCode: 0,
      lastStep: 19,
      history: { rowCount: 20 },
      summary: { metric: { count: 20, min: 0, max: 19, mean: 9.5 } },
    });
  });
});

describe('what the W&B client says at the ends of a run', () => {
  let server: SummaProcess;
  let result: ScriptResult;
  // biome-ignore lint/suspicious/noExplicitAny: what the script tells
  let told: any;

  beforeAll(async () => {
    server = await startSumma();
    result = await runScript(server, 'ends.py');
    told = result.told;
    if (!told) throw new Error(result.output);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('is understood: exit codes, and that the machine may be taken away', async () => {
    const { run } = await must(server, RUN, { name: 'third' });
    expect(run).toMatchObject({ state: 'FAILED', exitCode: 3, summary: { metric: { count: 2, max: 2 } } });
  });

  it('is heard: an alert of each level', () => {
    const titles = ['an alert of INFO', 'an alert of WARN', 'an alert of ERROR', 'a plain alert'];
    for (const title of titles) expect(server.output()).toContain(title);
  });

  it('is a stop that wandb.Api() asked for', async () => {
    expect(told.stop).toBe('stopped');
    const { run } = await must(server, RUN, { name: 'stopped-by-api' });
    expect(run).toMatchObject({ state: 'FAILED', exitCode: 255 });
  });

  it('is a login, with a key that is known and only then', () => {
    expect(told.login).toEqual([0, expect.stringContaining('Currently logged in as: admin')]);
    expect(told.bad_login).toEqual([1, expect.stringContaining('this API key is not known here')]);
    expect(told.python_login).toBe(true);
    expect(told.bad_python_login).toContain('this API key is not known here');
    expect(told.short_key).toContain('40');
  });

  it('has links that lead to the run and its project in the web app', async () => {
    const links = new Set(result.output.match(/http:\/\/[^\s]+\/wandb\/[^\s]+/g));
    const led = await Promise.all(
      [...links].map(async (link) => (await fetch(link, { redirect: 'manual' })).headers.get('location')),
    );
    expect(led.sort()).toEqual(['/admin/ends', '/admin/ends/runs/stopped-by-api', '/admin/ends/runs/third']);
  });
});
