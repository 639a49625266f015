import { describe, expect, it, vi } from 'vitest';
import {
  type FetchSeries,
  type SeriesAnswer,
  type SeriesPart,
  type SeriesRequest,
  SeriesStore,
} from './series-store.ts';

const part = (key: string, more: Partial<SeriesPart> = {}): SeriesPart => ({
  key,
  axis: { kind: 'step' },
  range: null,
  buckets: 100,
  hasBand: true,
  ...more,
});
const run = (id: string, revision = 1) => ({ id, name: id, revision });

/** A server whose answers the test gives one by one. */
function server() {
  const asked: {
    request: SeriesRequest;
    signal: AbortSignal;
    answer(revision?: number): void;
    fail(error: Error): void;
  }[] = [];
  const fetch: FetchSeries = (request, signal) =>
    new Promise((resolve, reject) => {
      const answersOf = (revision: number): SeriesAnswer[] =>
        request.runNames.map((runId) => ({
          runId,
          revision,
          points: request.keys.map((_, at) => ({ x: [0], steps: [0], y: [revision * 10 + at] })),
        }));
      signal.addEventListener('abort', () => reject(signal.reason));
      asked.push({ request, signal, answer: (revision = 1) => resolve(answersOf(revision)), fail: reject });
    });
  return { asked, store: new SeriesStore(fetch) };
}
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
const shapes = (asked: readonly { request: SeriesRequest }[]) =>
  asked.map(({ request }) => `${request.keys.join()} of ${request.runNames.join()}`);

describe('the store of series', () => {
  it('asks for charts that appear together in requests of a few keys, two at a time', async () => {
    const { asked, store } = server();
    for (const key of 'abcdefghij') store.show(part(key), [run('r1'), run('r2')], () => undefined);
    await settle();
    expect(shapes(asked)).toEqual(['a,b,c,d of r1,r2', 'e,f,g,h of r1,r2']);
    asked[0]?.answer();
    await settle();
    expect(shapes(asked).slice(2)).toEqual(['i,j of r1,r2']);
    expect(store.read(part('b'))).toMatchObject({ isComplete: true, error: null });
    expect(store.read(part('b')).points.get('r2')?.y).toEqual([11]);
    expect(store.read(part('e')).isComplete).toBe(false);
  });

  it('asks for one chart alone when many runs share it', async () => {
    const { asked, store } = server();
    const runs = Array.from({ length: 30 }, (_, at) => run(`r${at}`));
    for (const key of 'ab') store.show(part(key), runs, () => undefined);
    await settle();
    expect(asked.map(({ request }) => request.keys)).toEqual([['a'], ['b']]);
  });

  it('asks only for the run that was added', async () => {
    const { asked, store } = server();
    const hide = store.show(part('a'), [run('r1')], () => undefined);
    await settle();
    asked[0]?.answer();
    await settle();
    hide();
    store.show(part('a'), [run('r1'), run('r2')], () => undefined);
    await settle();
    expect(shapes(asked).slice(1)).toEqual(['a of r2']);
    expect([...store.read(part('a')).points.keys()]).toEqual(['r1']);
  });

  it('refreshes the runs that changed and no others, and keeps what is the same the same', async () => {
    const { asked, store } = server();
    const hide = store.show(part('a'), [run('r1'), run('r2')], () => undefined);
    await settle();
    asked[0]?.answer();
    await settle();
    const before = store.read(part('a'));
    expect(store.isStale).toBe(false);
    const listener = vi.fn();
    hide();
    store.show(part('a'), [run('r1'), run('r2', 5)], listener);
    await settle();
    expect(asked.length).toBe(1);
    expect(store.isStale).toBe(true);
    const refreshed = store.refresh();
    expect(shapes(asked).slice(1)).toEqual(['a of r2']);
    asked[1]?.answer(5);
    await refreshed;
    expect(store.isStale).toBe(false);
    expect(listener).toHaveBeenCalledTimes(1);
    expect(store.read(part('a')).points.get('r1')).toBe(before.points.get('r1'));
    expect(store.read(part('a')).points.get('r2')?.y).toEqual([50]);
  });

  it('keeps a failure for the chart, and asks again when told to', async () => {
    const { asked, store } = server();
    store.show(part('a'), [run('r1')], () => undefined);
    await settle();
    asked[0]?.fail(new Error('no'));
    await settle();
    expect(store.read(part('a')).error).toEqual(new Error('no'));
    expect(asked.length).toBe(1);
    store.retry(part('a'));
    await settle();
    asked[1]?.answer();
    await settle();
    expect(store.read(part('a'))).toMatchObject({ error: null, isComplete: true });
  });

  it('gives up what nobody waits for any more', async () => {
    const { asked, store } = server();
    const hide = store.show(part('a'), [run('r1')], () => undefined);
    await settle();
    hide();
    store.show(part('a', { range: { from: 1, to: 2 } }), [run('r1')], () => undefined);
    await settle();
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(asked[1]?.request.range).toEqual({ from: 1, to: 2 });
  });

  it('asks for the chart that was zoomed before the others', async () => {
    const { asked, store } = server();
    const runs = Array.from({ length: 30 }, (_, at) => run(`r${at}`));
    for (const key of 'abcd') store.show(part(key), runs, () => undefined);
    await settle();
    store.preferKey('d');
    asked[0]?.answer();
    await settle();
    expect(asked.map(({ request }) => request.keys.join())).toEqual(['a', 'b', 'd']);
  });
});
