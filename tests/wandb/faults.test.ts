import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Asker, ask, must } from '../support/graphql.ts';
import { startSumma } from '../support/summa-process.ts';
import { complaints, runScript } from './python.ts';

const METRIC = `query Metric($name: String!) { run(entity: "admin", project: "faults", name: $name) { state exitCode lastStep
  history { rowCount } summary { document metric(key: "value") { count min max mean variance first last minStep maxStep } } } }`;

/** The id of a run, once its process has made it. */
async function untilThere(server: Asker, name: string): Promise<string> {
  for (let tries = 0; tries < 300; tries++) {
    const { data } = await ask(server, `{ run(entity: "admin", project: "faults", name: "${name}") { id lastStep } }`);
    if (data?.run?.lastStep > 0) return data.run.id;
    await sleep(100);
  }
  throw new Error(`run ${name} was never there`);
}

describe('a run of the W&B client', () => {
  it('loses nothing and counts nothing twice when its server is killed twice', async () => {
    let server = await startSumma();
    const script = runScript(server, 'long_run.py', { args: ['3000', '24'] });
    for (const pause of [7_000, 9_000]) {
      await sleep(pause);
      await server.end('SIGKILL');
      server = await server.restart();
    }
    const { code, told, output } = await script;
    expect({ code, told: typeof told }, output).toEqual({ code: 0, told: 'object' });
    const { run } = await must(server, METRIC, { name: 'long' });
    const { mean, variance, ...exact } = told as Record<string, number>; // what the script writes
    expect(run).toMatchObject({ state: 'FINISHED', lastStep: 2999, history: { rowCount: 3000 } });
    expect(run.summary.metric).toMatchObject(exact);
    expect(run.summary.metric.mean / (mean ?? 0)).toBeCloseTo(1, 12);
    expect(run.summary.metric.variance / (variance ?? 0)).toBeCloseTo(1, 12);
    await server[Symbol.asyncDispose]();
  });

  it('goes on where it ended when it is resumed three times, and its statistics are those of all processes', async () => {
    await using server = await startSumma();
    const values: number[] = [];
    for (const [resume, seed, exitCode] of [
      ['allow', '1', '0'],
      ['must', '2', '3'],
      ['allow', '3', '0'],
      ['must', '4', '0'],
    ] as const) {
      const { told, output } = await runScript(server, 'resume.py', { args: [resume, seed, exitCode] });
      expect(complaints(output)).toEqual([]);
      values.push(...(told as number[])); // what the script writes
      const { run } = await must(server, METRIC, { name: 'again' });
      expect(run).toMatchObject({ exitCode: Number(exitCode), state: exitCode === '0' ? 'FINISHED' : 'FAILED' });
    }
    const { run } = await must(server, METRIC, { name: 'again' });
    expect(run.history.rowCount).toBe(100);
    const mean = values.reduce((sum, value) => sum + value, 0) / 100;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 100;
    expect(run.summary.metric).toMatchObject({
      count: 100,
      min: Math.min(...values),
      max: Math.max(...values),
      first: values[0],
      last: values[99],
    });
    expect(run.summary.metric.mean).toBeCloseTo(mean, 12);
    expect(run.summary.metric.variance).toBeCloseTo(variance, 12);
    expect(run.summary.document).toMatchObject({
      process_1: { seed: 1 },
      process_2: { seed: 2 },
      process_3: { seed: 3 },
      process_4: { seed: 4 },
    });
  });

  it('keeps all that two processes log into it at once', async () => {
    await using server = await startSumma();
    const scripts = await Promise.all(['0', '1'].map((rank) => runScript(server, 'shared.py', { args: [rank] })));
    const values = scripts.flatMap(({ told }) => told as number[]); // what the script writes
    const { run } = await must(server, METRIC, { name: 'shared' });
    expect(run).toMatchObject({ state: 'FINISHED', history: { rowCount: 80 } });
    expect(run.summary.metric).toMatchObject({ count: 80, min: Math.min(...values), max: Math.max(...values) });
    expect(run.summary.metric.mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / 80, 12);
  });

  it('that was logged offline is sent later, and sending it again changes nothing', async () => {
    await using server = await startSumma();
    const { told, output } = await runScript(server, 'offline.py');
    expect({ told, complaints: complaints(output) }).toEqual({ told: 'sent', complaints: [] });
    const { run } = await must(server, METRIC, { name: 'offline' });
    expect(run).toMatchObject({ state: 'FINISHED', history: { rowCount: 30 }, lastStep: 29 });
    expect(run.summary).toMatchObject({ metric: { count: 30, min: 0, max: 29 }, document: { note: 'from afar' } });
  });

  it('is stopped from outside, through the file stream', async () => {
    await using server = await startSumma();
    const script = runScript(server, 'stopped.py');
    const id = await untilThere(server, 'stopped');
    const answer = await fetch(`${server.url}/wandb/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        query: 'mutation ($id: ID!) { stopRun(input: { id: $id }) { success } }',
        variables: { id },
      }),
    });
    expect(await answer.json()).toEqual({ data: { stopRun: { success: true } } });
    expect((await script).told).toBe('stopped');
    expect((await must(server, METRIC, { name: 'stopped' })).run.summary.metric.count).toBeGreaterThan(0);
  });

  it('cannot be resumed with must when it was never started', async () => {
    await using server = await startSumma();
    const { told } = await runScript(server, 'refused.py', { args: ['must'] });
    expect(told).toContain('UsageError');
  });
});
