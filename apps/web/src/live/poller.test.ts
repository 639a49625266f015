import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pauseAfter } from './pick-topic.ts';
import { Poller } from './poller.ts';

let visible = true;
let poller: Poller;
let asked: string[];
let fails: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  visible = true;
  fails = false;
  asked = [];
  poller = new Poller({ now: () => Date.now(), isVisible: () => visible, isOutage: () => true });
});
afterEach(() => {
  poller.stop();
  vi.useRealTimers();
});

const topic = (id: string, everyMs: number | null, takesMs = 0) => ({
  id,
  everyMs,
  ask: async () => {
    asked.push(id);
    await new Promise((resolve) => setTimeout(resolve, takesMs));
    if (fails) throw new Error('no network');
  },
});

describe('the poller', () => {
  it('asks at most once a second in all, and lets nobody starve', async () => {
    for (const id of ['a', 'b', 'c']) poller.add(topic(id, 1_000));
    await vi.advanceTimersByTimeAsync(9_500);
    expect(asked).toEqual(['a', 'b', 'c', 'a', 'b', 'c', 'a', 'b', 'c']);
  });

  it('never has two requests at once', async () => {
    poller.add(topic('slow', 1_000, 5_000));
    poller.add(topic('other', 1_000, 5_000));
    await vi.advanceTimersByTimeAsync(5_900);
    expect(asked).toEqual(['slow']);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toEqual(['slow', 'other']);
  });

  it('asks nothing while nobody looks, and at once when somebody does', async () => {
    poller.add(topic('a', 1_000));
    visible = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toEqual([]);
    visible = true;
    poller.wake();
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toEqual(['a']);
  });

  it('asks once for two that want the same, until both are gone', async () => {
    const [one, two] = [poller.add(topic('a', 1_000)), poller.add(topic('a', 1_000))];
    await vi.advanceTimersByTimeAsync(1_500);
    expect(asked).toEqual(['a']);
    one();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toEqual(['a', 'a']);
    two();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toEqual(['a', 'a']);
  });

  it('asks for what has no rhythm only when it was marked', async () => {
    poller.add(topic('chart', null));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toEqual([]);
    poller.mark('chart');
    poller.mark('chart');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toEqual(['chart']);
  });

  it('asks again for what was marked while it was asked for', async () => {
    poller.add(topic('chart', null, 500));
    poller.mark('chart');
    await vi.advanceTimersByTimeAsync(100);
    poller.mark('chart');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toEqual(['chart', 'chart']);
  });

  it('waits longer after each failure, says that it is offline, and comes back', async () => {
    const said: string[] = [];
    poller.onStatus(() => said.push(poller.status));
    poller.add(topic('a', 1_000));
    fails = true;
    await vi.advanceTimersByTimeAsync(31_500);
    // At 1 s, then after pauses of 1, 2, 4, 8 and 16 s (each at least the rhythm of 1 s).
    expect(asked.length).toBe(5);
    expect(said).toEqual(['offline']);
    fails = false;
    poller.wake();
    await vi.advanceTimersByTimeAsync(1);
    expect([said, poller.status]).toEqual([['offline', 'live'], 'live']);
  });
});

describe('pauseAfter', () => {
  it('doubles up to half a minute', () => {
    expect([1, 2, 3, 5, 6, 100].map(pauseAfter)).toEqual([1_000, 2_000, 4_000, 16_000, 30_000, 30_000]);
  });
});
