import { describe, expect, it, vi } from 'vitest';
import { Gathering } from './gathering.ts';

/** A gathering that doubles numbers, each group when the test says so. */
function doubling(most: number) {
  const groups: { readonly asks: readonly number[]; readonly end: (error?: Error) => void }[] = [];
  const gathering = new Gathering<number, number>(
    (asks) =>
      new Promise((resolve, reject) => {
        groups.push({ asks, end: (error) => (error ? reject(error) : resolve(asks.map((ask) => 2 * ask))) });
      }),
    most,
  );
  return { gathering, groups };
}

/** Long enough for a group to be gathered, which takes a turn of the event loop, and to be sent. */
async function turn(): Promise<void> {
  for (let turns = 0; turns < 2; turns++) await new Promise((resolve) => setImmediate(resolve));
}

describe('callers who ask at the same time', () => {
  it('are those of one turn of the event loop, whose requests came over different connections', async () => {
    const { gathering, groups } = doubling(10);
    const asked = [gathering.ask(1)];
    await Promise.resolve();
    asked.push(gathering.ask(2));
    process.nextTick(() => asked.push(gathering.ask(3)));
    await turn();
    expect(groups.map(({ asks }) => asks)).toEqual([[1, 2, 3]]);
    groups[0]?.end();
    expect(await Promise.all(asked)).toEqual([2, 4, 6]);
  });

  it('are answered together, and those who ask meanwhile by the next group', async () => {
    const { gathering, groups } = doubling(10);
    const first = Promise.all([gathering.ask(1), gathering.ask(2)]);
    await turn();
    const second = Promise.all([gathering.ask(3), gathering.ask(4)]);
    await turn();
    expect(groups.map(({ asks }) => asks)).toEqual([[1, 2]]);
    groups[0]?.end();
    expect(await first).toEqual([2, 4]);
    await turn();
    expect(groups.map(({ asks }) => asks)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    groups[1]?.end();
    expect(await second).toEqual([6, 8]);
    await turn();
    expect(gathering.isIdle).toBe(true);
  });

  it('are split into groups of the size allowed', async () => {
    const { gathering, groups } = doubling(2);
    const answers = Promise.all([1, 2, 3].map((ask) => gathering.ask(ask)));
    await turn();
    groups[0]?.end();
    await turn();
    groups[1]?.end();
    expect(await answers).toEqual([2, 4, 6]);
    expect(groups.map(({ asks }) => asks)).toEqual([[1, 2], [3]]);
  });

  it('do not wait for a group that takes long', async () => {
    const { gathering, groups } = doubling(10);
    const held = gathering.ask(1);
    await turn();
    const other = gathering.ask(2);
    await vi.waitFor(() => expect(groups).toHaveLength(2), { timeout: 10_000 });
    groups[1]?.end();
    expect(await other).toBe(4);
    groups[0]?.end();
    expect(await held).toBe(2);
  });

  it('all learn of a failure, and those who ask later do not', async () => {
    const { gathering, groups } = doubling(10);
    const failed = Promise.allSettled([gathering.ask(1), gathering.ask(2)]);
    await turn();
    const later = gathering.ask(3);
    groups[0]?.end(new Error('lost'));
    expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await turn();
    groups[1]?.end();
    expect(await later).toBe(6);
  });
});
