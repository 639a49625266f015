import { createClient, type LiveRun, type StoredRun, type SummaClient } from '@summa/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seeded } from '../support/seeded.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';

let server: SummaProcess;
let client: SummaClient;
beforeAll(async () => {
  server = await startSumma();
  client = createClient({ url: server.url, apiKey: server.apiKey });
});
afterAll(() => server?.[Symbol.asyncDispose]());

describe('the summary of a run', () => {
  it('is min and max of what was logged when both were defined, and a value set by hand stays', async () => {
    const run = await client.startRun({ project: 'example' });
    run.defineMetric('loss', { summary: 'min' });
    run.defineMetric('loss', { summary: 'max' });
    run.defineMetric('acc', { summary: 'min' });
    run.defineMetric('acc', { summary: 'max' });
    run.summary.set('best_accuracy', 0.875);
    const losses = [0.5, 0.25, 0.75, 0.125, 1, 0.375, 2, 0.625, 0.0625, 0.5];
    for (const [i, loss] of losses.entries()) run.log({ loss, acc: i / 8 });
    await run.finish();
    const expected = { loss: { min: 0.0625, max: 2 }, acc: { min: 0, max: 1.125 }, best_accuracy: 0.875 };
    expect(await (await stored(run)).summary.document()).toEqual(expected);
    expect(run.summary.document()).toEqual(expected);
  });

  it('is what it would have been from the start when a metric is defined on a finished run', async () => {
    const run = await client.startRun({ project: 'example' });
    for (const loss of [3, 1, 2]) run.log({ loss });
    await run.finish();
    const finished = await stored(run);
    expect(await finished.summary.document()).toEqual({ loss: 2 });
    await finished.defineMetric('loss', { summary: 'best,mean,median', goal: 'minimize' });
    expect(await finished.summary.document()).toEqual({ loss: { mean: 2, best: 1, median: 2 } });
  });

  it.each([1, 2, 3])(
    'is the same here and on the server after a flush, whatever was done, also when resumed (seed %i)',
    async (seed) => {
      const random = seeded(seed);
      const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item; // not empty
      let run = await client.startRun({ project: 'random', delivery: { batchAfterMs: 5 } });
      const keys = ['a', 'b.c', 'b.d', 'val/x', 'text'];
      const values = [1, -2.5, Number.NaN, Number.POSITIVE_INFINITY, true, 'yes', [1, 'x']];
      const acts: (() => void)[] = [
        () => run.log({ [pick(keys)]: pick(values), [pick(keys)]: random() }),
        () => run.log({ b: { c: random(), d: null }, a: pick(values) }),
        () => {
          for (let i = 0; i < 100; i++) run.log({ x: random() - 0.5, y: random() < 0.01 ? Number.NaN : i });
        },
        () => run.log({ x: random() }),
        () => run.log({ [pick(keys)]: random() }, { step: Math.max(0, run.lastStep - Math.floor(random() * 3)) }),
        () => run.summary.set(pick(keys), pick(values)),
        () => run.summary.set('b', { c: random(), e: 'by hand' }),
        () => run.summary.set('note', { by: 'hand', n: random() }),
        () => run.summary.delete(pick([...keys, 'b', 'a.min'])),
        () => run.summary.clear(pick([...keys, 'b', 'a.min'])),
        () =>
          run.defineMetric(pick([...keys, 'x', 'y', 'v*', '*']), {
            summary: pick(['min', 'max,count', 'last', 'first', 'none', 'mean,sum']),
          }),
      ];
      for (let round = 0; round < 6; round++) {
        for (let i = 0; i < 25; i++) pick(acts)();
        await run.flush();
        expect(run.summary.document()).toEqual(await (await stored(run)).summary.document());
        if (round % 2 === 0) continue;
        await run.finish();
        run = await client.startRun({
          project: 'random',
          name: run.name,
          resume: 'MUST',
          delivery: { batchAfterMs: 5 },
        });
        expect(run.summary.document()).toEqual(await (await stored(run)).summary.document());
      }
      await run.finish();
    },
  );

  it('tells a float64 beyond 2^53 from a whole number of many digits', async () => {
    const run = await client.startRun({ project: 'example' });
    run.log({ float: 2 ** 64, whole: 2n ** 64n });
    run.defineMetric('whole', { summary: 'last,max' });
    await run.finish();
    const { summary } = await stored(run);
    expect(await summary.document()).toEqual({ float: 2 ** 64, whole: { last: 2n ** 64n, max: 2 ** 64 } });
    expect(await summary.document(['float'])).toEqual({ float: 2 ** 64 });
    expect(await summary.document(['whole.max'])).toEqual({ whole: { max: 2 ** 64 } });
  });

  it('goes on from what the server had when a run is resumed', async () => {
    const first = await client.startRun({ project: 'example', name: 'resumed' });
    first.defineMetric('loss', { summary: 'min,mean,count' });
    for (const loss of [4, 2]) first.log({ loss, epoch: 1 });
    first.summary.set('note', 'kept');
    await first.finish();
    const run = await client.startRun({ project: 'example', name: 'resumed', resume: 'MUST' });
    expect([run.resumed, run.lastStep]).toEqual([true, 1]);
    run.log({ loss: 9 });
    expect(run.summary.document()).toEqual({ loss: { min: 2, mean: 5, count: 3 }, epoch: 1, note: 'kept' });
    await run.finish();
    expect(await (await stored(run)).summary.document()).toEqual(run.summary.document());
  });

  it('tells every change by hand, who made it, from what and to what', async () => {
    const run = await client.startRun({ project: 'example' });
    run.log({ loss: 1 });
    run.summary.set('loss', 5);
    run.log({ loss: 2 });
    run.summary.delete('loss');
    run.summary.clear('loss');
    await run.finish();
    const changes: unknown[] = [];
    for await (const { key, cause, before, after } of (await stored(run)).summary.revisions()) {
      changes.push([key, cause, before, after]);
    }
    expect(changes.reverse()).toEqual([
      ['loss', 'SET', 1, 5],
      ['loss', 'LOG', 5, null],
      ['loss', 'DELETE', 2, null],
      ['loss', 'CLEAR', null, 2],
    ]);
  });
});

async function stored(run: LiveRun): Promise<StoredRun> {
  const [entity = '', project = '', name = ''] = run.path.split('/');
  const found = await client.run(entity, project, name);
  if (found === null) throw new Error(`there is no run ${run.path}`);
  return found;
}
