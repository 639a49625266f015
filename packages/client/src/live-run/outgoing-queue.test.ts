import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Outgoing, outgoingChange } from './outgoing.ts';
import { OutgoingQueue } from './outgoing-queue.ts';

const change = outgoingChange({ kind: 'finish', exitCode: 0 });
const CHANGE_BYTES = '{"kind":"finish","exitCode":0}'.length;

const anyItem = fc.oneof(
  fc.string({ unit: 'grapheme' }).map((text): Outgoing => ({ kind: 'row', text })),
  fc.constant<Outgoing>(change),
);
const anyAct = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('add' as const), item: anyItem }) },
  fc.record({ act: fc.constantFrom('removeFirst' as const, 'removeAt' as const), at: fc.nat({ max: 20 }) }),
);

it('holds what was added and not removed, in order, and knows its rows and bytes', () => {
  fc.assert(
    fc.property(fc.array(anyAct, { maxLength: 200 }), (acts) => {
      const queue = new OutgoingQueue();
      let held: Outgoing[] = [];
      let entries: number[] = [];
      let entry = 7;
      for (const act of acts) {
        if (act.act === 'add') {
          queue.add(act.item, entry);
          entries = [...entries, entry];
          entry += 1;
          held = [...held, act.item];
        } else if (act.act === 'removeFirst') {
          const count = Math.min(act.at, held.length);
          queue.removeFirst(count);
          held = held.slice(count);
          entries = entries.slice(count);
        } else if (act.at < held.length) {
          expect(queue.removeAt(act.at)).toEqual({ item: held[act.at], entry: entries[act.at] });
          held = held.toSpliced(act.at, 1);
          entries = entries.toSpliced(act.at, 1);
        }
        const texts = held.flatMap((item) => (item.kind === 'row' ? [item.text] : []));
        const bytes = texts.reduce((sum, text) => sum + new TextEncoder().encode(text).length, 0);
        const changes = held.length - texts.length;
        expect([queue.length, queue.rows, queue.bytes]).toEqual([
          held.length,
          texts.length,
          bytes + changes * CHANGE_BYTES,
        ]);
        expect([queue.all(), queue.firstEntry]).toEqual([held, entries[0]]);
      }
    }),
  );
});

/** The texts of the rows that go in the next request. */
function nextTexts(queue: OutgoingQueue, most: number, mostBytes: number): string[] {
  return queue.firstBatch(most, mostBytes).flatMap((item) => (item.kind === 'row' ? [item.text] : []));
}

it('gives rows up to a change, the most rows and the most bytes, and a larger first row alone', () => {
  const queue = new OutgoingQueue();
  for (const [i, text] of ['aaaa', 'bb', 'é', 'cc'].entries()) queue.add({ kind: 'row', text }, i);
  queue.add(change, 4);
  queue.add({ kind: 'row', text: 'behind' }, 5);
  expect(nextTexts(queue, 10, 100)).toEqual(['aaaa', 'bb', 'é', 'cc']);
  expect(nextTexts(queue, 2, 100)).toEqual(['aaaa', 'bb']);
  expect(nextTexts(queue, 10, 8)).toEqual(['aaaa', 'bb', 'é']);
  expect(nextTexts(queue, 10, 1)).toEqual(['aaaa']);
  queue.removeFirst(4);
  expect(queue.firstBatch(10, 100)).toEqual([change]);
});

it('gives values set of the summary together while their keys lie apart', () => {
  const queue = new OutgoingQueue();
  const sets = [{ a: 1 }, { 'b.c': 2 }, { b: 3 }, { d: 4 }].map((set) =>
    outgoingChange({ kind: 'summary', input: { set } }),
  );
  const remove = outgoingChange({ kind: 'summary', input: { delete: ['a'] } });
  for (const [i, item] of [...sets, remove].entries()) queue.add(item, i);
  expect(queue.firstBatch(10, 1_000)).toEqual(sets.slice(0, 2));
  queue.removeFirst(2);
  expect(queue.firstBatch(10, 1_000)).toEqual(sets.slice(2));
  queue.removeFirst(2);
  expect(queue.firstBatch(10, 1_000)).toEqual([remove]);
  queue.removeFirst(1);
  const define = outgoingChange({ kind: 'define', input: { name: 'a' } });
  const set = outgoingChange({ kind: 'summary', input: { set: { a: 1 } } });
  for (const item of [define, set]) queue.add(item, 5);
  expect(queue.firstBatch(10, 1_000)).toEqual([define]);
});

it('stays right over thousands of items', () => {
  const queue = new OutgoingQueue();
  for (let i = 0; i < 5_000; i++) {
    queue.add({ kind: 'row', text: String(i) }, i);
    if (i % 2 === 1) queue.removeFirst(1);
  }
  expect([queue.length, nextTexts(queue, 1, 100), queue.firstEntry]).toEqual([2_500, ['2500'], 2_500]);
});
