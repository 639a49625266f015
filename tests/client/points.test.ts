import { createClient, type MetricPoints, NetworkError } from '@summa/client';
import { createClient as createQueryClient, readPoints } from '@summa/client/query';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';

/** More than the first answer of 10,000 and a window of 65,536 of the stream. */
const COUNT = 80_000;
/** Values in the streamed part that are no plain numbers. */
const ODD = new Map<number, unknown>([
  [10_001, Number.NaN],
  [20_000, Number.POSITIVE_INFINITY],
  [20_001, Number.NEGATIVE_INFINITY],
  [20_002, -0],
  [30_000, 'text, ü "quoted"'],
  [30_001, true],
  [30_002, 2n ** 64n],
  [30_003, [1, Number.NaN, { deep: [2n ** 70n] }]],
  [79_999, 'the last'],
]);

let server: SummaProcess;
beforeAll(async () => {
  server = await startSumma();
  const client = createClient(server);
  const run = await client.startRun({ project: 'points', name: 'long run ü' });
  // Every third step has another metric and not this one.
  for (let i = 0; i < COUNT; i++) {
    run.log({ 'a b': valueAt(i) as number }, { step: stepOf(i), timestamp: 1_000 + i / 4 });
    if (i % 2 === 1) run.log({ other: i }, { step: stepOf(i) + 1, timestamp: 1_000 + i / 4 });
  }
  await run.finish();
  const second = await client.startRun({ project: 'points', name: 'other' });
  for (let i = 0; i < 20_000; i++) second.log({ 'a b': -1 }, { step: i });
  await second.finish();
}, 120_000);
afterAll(() => server?.[Symbol.asyncDispose]());

function stepOf(i: number): number {
  return Math.floor(i / 2) * 3 + (i % 2);
}

function valueAt(i: number): unknown {
  return ODD.has(i) ? ODD.get(i) : i / 8;
}

const numberAt = (i: number) => {
  const value = valueAt(i);
  return typeof value === 'number' ? value : Number.NaN;
};

function expected(from: number, to: number): MetricPoints {
  const indices = Array.from({ length: to - from }, (_, i) => from + i);
  return {
    key: 'a b',
    steps: Float64Array.from(indices, stepOf),
    times: Float64Array.from(indices, (i) => 1_000 + i / 4),
    values: Float64Array.from(indices, numberAt),
    others: new Map(
      indices.flatMap((i) => {
        const value = valueAt(i);
        return typeof value === 'number' ? [] : [[i - from, value as never]];
      }),
    ),
  };
}

interface Asked {
  readonly asked: string[];
  readonly fetch: typeof globalThis.fetch;
}

/** A fetch that remembers what was asked, and does something else with an export. */
function watched(
  onExport: (url: string, init?: RequestInit) => Promise<Response> = (...args) => fetch(...args),
): Asked {
  const asked: string[] = [];
  return {
    asked,
    fetch: async (input, init) => {
      const isExport = String(input).includes('/api/export/');
      asked.push(isExport ? 'export' : 'graphql');
      return isExport ? onExport(String(input), init) : fetch(input, init);
    },
  };
}

async function longRun(options: Partial<Asked> & { timeoutMs?: number } = {}) {
  const { fetch = globalThis.fetch, timeoutMs } = options;
  const client = createClient({ url: server.url, apiKey: server.apiKey, fetch, ...(timeoutMs && { timeoutMs }) });
  const run = await client.run('admin', 'points', 'long run ü');
  if (!run) throw new Error('the run is not there');
  options.asked?.splice(0);
  return run;
}

/** The bytes of an export up to some of them; then `end` decides. */
function cutOff(bytes: number, end: (controller: ReadableStreamDefaultController<Uint8Array>) => void) {
  return async (url: string, init?: RequestInit) => {
    const whole = new Uint8Array(await (await fetch(url, init)).arrayBuffer());
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(whole.slice(0, bytes));
        end(controller);
        init?.signal?.addEventListener('abort', () => controller.error(init.signal?.reason));
      },
    });
    return new Response(body);
  };
}

describe('all points of a long metric', () => {
  it('are those that were logged, values that are no numbers apart, in one answer and one stream', async () => {
    const watch = watched();
    const run = await longRun(watch);
    expect(await run.points('a b')).toEqual(expected(0, COUNT));
    expect(watch.asked).toEqual(['graphql', 'export']);
  });

  it('are those that pages give', async () => {
    const run = await longRun();
    const pages = await readPoints(createQueryClient(server).execute, run.id, { key: 'a b' });
    expect(await run.points('a b')).toEqual(pages);
  });

  it('are those of a range, both ends included', async () => {
    const run = await longRun();
    const [from, to] = [stepOf(100), stepOf(70_000)];
    expect(await run.points('a b', { from, to })).toEqual(expected(100, 70_001));
    expect(await run.points('a b', { from: stepOf(79_990) })).toEqual(expected(79_990, COUNT));
  });

  it('of a short range take one answer, and so do those of a metric that was never logged', async () => {
    const watch = watched();
    const run = await longRun(watch);
    expect(await run.points('a b', { to: stepOf(9_999) })).toEqual(expected(0, 10_000));
    expect((await run.points('none')).steps).toEqual(new Float64Array(0));
    expect(watch.asked).toEqual(['graphql', 'graphql']);
  });

  it('come with the time of each row as a metric of its own', async () => {
    const run = await longRun();
    const { steps, values } = await run.points('_timestamp');
    expect([steps.length, values[0], values.at(-1)]).toEqual([COUNT * 1.5, 1_000, 1_000 + (COUNT - 1) / 4]);
  });
});

describe('a stream of points', () => {
  const bytesOfABlock = 65_536 * 25;

  it.each([
    ['that ends within its first block', 1_000],
    ['that ends within its second block', bytesOfABlock + 5_000],
    ['that ends in its first line', 20],
  ])('%s is gone on with in pages', async (_, bytes) => {
    const watch = watched(cutOff(bytes, (controller) => controller.close()));
    const run = await longRun(watch);
    expect(await run.points('a b')).toEqual(expected(0, COUNT));
    expect(watch.asked).toEqual(['graphql', 'export', 'graphql']);
  });

  it('that breaks off is gone on with in pages', async () => {
    const watch = watched(cutOff(bytesOfABlock, (controller) => controller.error(new TypeError('terminated'))));
    expect(await (await longRun(watch)).points('a b')).toEqual(expected(0, COUNT));
  });

  it('that says nothing for as long as a request may take is gone on with in pages', async () => {
    const watch = watched(cutOff(2_000, () => {}));
    expect(await (await longRun({ ...watch, timeoutMs: 5_000 })).points('a b')).toEqual(expected(0, COUNT));
    expect(watch.asked.slice(0, 3)).toEqual(['graphql', 'export', 'graphql']);
  });

  it('that the server refuses, and one of another run, give nothing: the points come in pages', async () => {
    const busy = watched(async () => Response.json({ errors: [{ message: 'busy' }] }, { status: 429 }));
    expect(await (await longRun(busy)).points('a b')).toEqual(expected(0, COUNT));
    const other = watched((url, init) => fetch(url.replace(/runs\/[^/]+/, 'runs/other'), init));
    expect(await (await longRun(other)).points('a b')).toEqual(expected(0, COUNT));
  });

  it('that is aborted rejects with ABORTED and gives up what is on its way', async () => {
    const abort = new AbortController();
    let given: AbortSignal | null | undefined;
    const watch = watched(async (url, init) => {
      given = init?.signal;
      return cutOff(bytesOfABlock, () => setTimeout(() => abort.abort(), 50))(url, init);
    });
    const run = await longRun(watch);
    await expect(run.points('a b', {}, { signal: abort.signal })).rejects.toMatchObject({ code: 'ABORTED' });
    expect([given?.aborted, watch.asked]).toEqual([true, ['graphql', 'export']]);
    await expect(run.points('a b', {}, { signal: abort.signal })).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it('does not hide why pages fail', async () => {
    const watch = watched(async () => {
      await server.end('SIGKILL');
      throw new TypeError('fetch failed');
    });
    const run = await longRun(watch);
    await expect(run.points('a b')).rejects.toBeInstanceOf(NetworkError);
  });
});
