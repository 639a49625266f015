import { createClient, type StoredRun, type SummaClient } from '@summa/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';

let server: SummaProcess;
let client: SummaClient;
let entity: string;
beforeAll(async () => {
  server = await startSumma();
  client = createClient({ url: server.url, apiKey: server.apiKey });
  entity = (await client.viewer()).entity.name;
});
afterAll(() => server?.[Symbol.asyncDispose]());

describe('client.runs', () => {
  beforeAll(async () => {
    for (let i = 0; i < 7; i++) {
      const run = await client.startRun({ project: 'many', name: `run-${i}`, config: { lr: i / 10, kind: i % 2 } });
      run.log({ loss: 10 - i });
      await run.finish(i === 3 ? 1 : 0);
    }
  });

  it('gives every run once, in the order asked for, over pages of any size', async () => {
    for (const pageSize of [1, 3, 50]) {
      const names: string[] = [];
      const orderBy = [{ summary: { key: 'loss' }, direction: 'ASC' as const }];
      for await (const { run } of client.runs({ entity, project: 'many', orderBy, pageSize })) names.push(run.name);
      expect(names).toEqual(['run-6', 'run-5', 'run-4', 'run-3', 'run-2', 'run-1', 'run-0']);
    }
  });

  it('brings along the keys asked for, of the runs that match', async () => {
    const filter = { and: [{ config: { key: 'kind', eq: 0 } }, { summary: { key: 'loss', lt: 9 } }] };
    const options = { entity, project: 'many', filter, config: ['lr'], summary: ['loss'] };
    const found: unknown[] = [];
    const orderBy = [{ field: 'NAME' as const, direction: 'ASC' as const }];
    for await (const { run, config, summary } of client.runs({ ...options, orderBy })) {
      found.push([run.name, config, summary]);
    }
    expect(found).toEqual([
      ['run-2', { lr: 0.2 }, { loss: 8 }],
      ['run-4', { lr: 0.4 }, { loss: 6 }],
      ['run-6', { lr: 0.6 }, { loss: 4 }],
    ]);
  });

  it('counts what matches and lists the project’s keys', async () => {
    const project = await client.project(entity, 'many');
    expect(await project?.runCount({ field: { name: 'STATE', eq: 'FAILED' } })).toBe(1);
    expect(await project?.runCount()).toBe(7);
    const keys: string[] = [];
    for await (const { key } of project?.keys('CONFIG') ?? []) keys.push(key);
    expect(keys.sort()).toEqual(['kind', 'lr']);
  });

  it('says PROJECT_NOT_FOUND for a project that is none', async () => {
    const first = client.runs({ entity, project: 'none' }).next();
    await expect(first).rejects.toMatchObject({ code: 'PROJECT_NOT_FOUND' });
    expect(await client.project(entity, 'none')).toBeNull();
    expect(await client.run(entity, 'many', 'none')).toBeNull();
  });
});

describe('a stored run', () => {
  let run: StoredRun;
  beforeAll(async () => {
    const live = await client.startRun({ project: 'one', name: 'one', config: { big: 2n ** 60n, inf: Number.NaN } });
    for (let i = 0; i < 2_500; i++) live.log({ x: i * 2, y: { z: i % 10 } }, { step: i, timestamp: 1_000 + i });
    live.log({ x: Number.NaN, odd: 'text', big: 2n ** 64n }, { step: 2_500, timestamp: 4_000 });
    live.log({ odd: false, x: Number.NEGATIVE_INFINITY }, { step: 2_501, timestamp: 4_001 });
    await live.finish();
    const found = await client.run(entity, 'one', 'one');
    if (found === null) throw new Error('the run is not there');
    run = found;
  });

  it('gives every point of a metric as typed arrays', async () => {
    const points = await run.points('x');
    expect([points.steps.length, points.others.size]).toEqual([2_502, 0]);
    expect([...points.values.slice(-3)]).toEqual([4_998, Number.NaN, Number.NEGATIVE_INFINITY]);
    expect([...points.times.slice(0, 2)]).toEqual([1_000, 1_001]);
    const part = await run.points('x', { from: 10, to: 12 });
    expect([...part.values]).toEqual([20, 22, 24]);
  });

  it('keeps apart what is no float64', async () => {
    const odd = await run.points('odd');
    expect([...odd.steps]).toEqual([2_500, 2_501]);
    expect([...odd.values]).toEqual([Number.NaN, Number.NaN]);
    expect([...odd.others]).toEqual([
      [0, 'text'],
      [1, false],
    ]);
    expect([...(await run.points('big')).others]).toEqual([[0, 2n ** 64n]]);
  });

  it('folds a series into buckets', async () => {
    const [y, x] = await run.series(['y.z', 'x'], { buckets: 25, range: { from: 0, to: 2_499 } });
    expect([y?.key, x?.key, y?.count, y?.steps.length]).toEqual(['y.z', 'x', 2_500, 25]);
    expect([...(y?.mean ?? [])]).toEqual(new Array(25).fill(4.5));
    expect([...(x?.first ?? [])]).toEqual(Array.from({ length: 25 }, (_, i) => i * 200));
    expect([...(x?.max ?? [])]).toEqual(Array.from({ length: 25 }, (_, i) => i * 200 + 198));
  });

  it('gives every row as it was logged', async () => {
    let count = 0;
    for await (const row of run.rows()) {
      if (row.step === 7) expect(row).toEqual({ step: 7, timestamp: 1_007, values: { x: 14, y: { z: 7 } } });
      if (row.step === 2_500) expect(row.values).toEqual({ x: Number.NaN, odd: 'text', big: 2n ** 64n });
      count += 1;
    }
    expect(count).toBe(2_502);
  });

  it('gives only the rows that have a key asked for', async () => {
    const steps: number[] = [];
    for await (const { step } of run.rows({ keys: ['odd'] })) steps.push(step);
    expect(steps).toEqual([2_500, 2_501]);
  });

  it('gives every statistic of a metric, percentiles too', async () => {
    expect(await run.summary.metric('x', [0, 50, 100])).toMatchObject({
      count: 2_502,
      finiteCount: 2_500,
      nanCount: 1,
      negInfCount: 1,
      min: 0,
      max: 4_998,
      maxStep: 2_499,
      mean: 2_499,
      last: Number.NEGATIVE_INFINITY,
      percentiles: [0, 2_499, 4_998],
    });
    expect(await run.summary.metric('never')).toBeNull();
  });

  it('gives config without loss, history keys and attributes', async () => {
    expect(await run.config()).toEqual({ big: 2n ** 60n, inf: Number.NaN });
    expect(await run.config(['inf'])).toEqual({ inf: Number.NaN });
    const keys = await run.historyKeys();
    expect(keys.map(({ key }) => key).sort()).toEqual(['big', 'odd', 'x', 'y.z']);
    const updated = await run.update({ tags: ['good'], notes: 'well', config: { lr: 1 } });
    expect(updated).toMatchObject({ tags: ['good'], notes: 'well', state: 'FINISHED' });
    expect(await updated.config()).toEqual({ big: 2n ** 60n, inf: Number.NaN, lr: 1 });
  });

  it('refuses to set the summary when somebody else was first', async () => {
    const revision = await run.summary.set('a', 1);
    await run.summary.set('a', 2);
    const late = run.summary.update({ set: { a: 3 }, expectedRevision: revision });
    await expect(late).rejects.toMatchObject({ code: 'REVISION_CONFLICT' });
    expect(await run.summary.document(['a'])).toEqual({ a: 2 });
  });

  it('is gone when it was deleted', async () => {
    const live = await client.startRun({ project: 'one', name: 'two' });
    await live.finish();
    await (await client.run(entity, 'one', 'two'))?.delete();
    expect(await client.run(entity, 'one', 'two')).toBeNull();
  });
});
