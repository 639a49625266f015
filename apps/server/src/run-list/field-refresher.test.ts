import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FieldRefresher } from './field-refresher.ts';

/** A refresh that ends when told to, and what has begun so far. */
function controlledRefresh() {
  const begun: string[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const refresh = (projectId: string) => {
    begun.push(projectId);
    return new Promise<void>((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve())));
  };
  return { begun, refresh, end: (error?: Error) => ends.shift()?.(error) };
}

const log = pino({ level: 'silent' });
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a field refresher', () => {
  it('refreshes once, within a second, however many writes there were', async () => {
    const { begun, refresh, end } = controlledRefresh();
    const refresher = new FieldRefresher({ refresh, log });
    for (let i = 0; i < 100; i++) refresher.schedule('a');
    refresher.schedule('b');
    expect(begun).toEqual([]);
    await vi.advanceTimersByTimeAsync(999);
    expect(begun).toEqual(['a', 'b']);
    end();
    end();
    await refresher.drain();
    expect(begun).toEqual(['a', 'b']);
  });

  it('leaves nine tenths of the time to writes where a refresh takes long, and comes within ten seconds all the same', async () => {
    const { begun, refresh, end } = controlledRefresh();
    const refresher = new FieldRefresher({ refresh, log });
    const endAfter = async (ms: number) => {
      await vi.advanceTimersByTimeAsync(ms);
      end();
      await vi.advanceTimersByTimeAsync(0);
    };
    /** How many have begun a millisecond before that long after a write, and then. */
    const begunAround = async (ms: number) => {
      refresher.schedule('a');
      await vi.advanceTimersByTimeAsync(ms - 1);
      const before = begun.length;
      await vi.advanceTimersByTimeAsync(1);
      return [before, begun.length];
    };
    expect(await begunAround(500)).toEqual([0, 1]);
    await endAfter(400);
    expect(await begunAround(3_600)).toEqual([1, 2]);
    await endAfter(60_000);
    expect(await begunAround(10_000)).toEqual([2, 3]);
    await endAfter(10);
    expect(await begunAround(500)).toEqual([3, 4]);
    end();
    await refresher.drain();
  });

  it('lets a caller wait for a refresh that began after its call', async () => {
    const { begun, refresh, end } = controlledRefresh();
    const refresher = new FieldRefresher({ refresh, log });
    const first = refresher.refresh('a');
    let isFresh = false;
    const second = refresher.refresh('a').then(() => {
      isFresh = true;
    });
    end();
    await first;
    await vi.advanceTimersByTimeAsync(0);
    expect({ begun, isFresh }).toEqual({ begun: ['a', 'a'], isFresh: false });
    end();
    await second;
    expect(isFresh).toBe(true);
  });

  it('has one refresh of a project running and one waiting, however many callers there are', async () => {
    const { begun, refresh, end } = controlledRefresh();
    const refresher = new FieldRefresher({ refresh, log });
    const callers = Array.from({ length: 50 }, () => refresher.refresh('a'));
    end();
    await vi.advanceTimersByTimeAsync(0);
    end();
    await Promise.all(callers);
    expect(begun).toEqual(['a', 'a']);
  });

  it('tells the callers of a failed refresh, and begins the next one all the same', async () => {
    const { begun, refresh, end } = controlledRefresh();
    const refresher = new FieldRefresher({ refresh, log });
    const failed = refresher.refresh('a');
    const next = refresher.refresh('a');
    end(new Error('no database'));
    await expect(failed).rejects.toThrow('no database');
    await vi.advanceTimersByTimeAsync(0);
    end();
    await next;
    await refresher.drain();
    expect(begun).toEqual(['a', 'a']);
  });

  it('does what is due when it is stopped, and nothing after', async () => {
    const { begun, refresh, end } = controlledRefresh();
    const refresher = new FieldRefresher({ refresh, log });
    refresher.schedule('a');
    const stopped = refresher.stop();
    await vi.advanceTimersByTimeAsync(0);
    end();
    await stopped;
    refresher.schedule('b');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(begun).toEqual(['a']);
  });
});
