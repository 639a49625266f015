import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Outgoing, OutgoingQueue } from './outgoing-queue.ts';

const anyItem = fc.oneof(
  fc.string({ unit: 'grapheme' }).map((text): Outgoing => ({ kind: 'row', text })),
  fc.constant<Outgoing>({ kind: 'change', send: async () => {} }),
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
      for (const act of acts) {
        if (act.act === 'add') {
          queue.add(act.item);
          held = [...held, act.item];
        } else if (act.act === 'removeFirst') {
          const count = Math.min(act.at, held.length);
          queue.removeFirst(count);
          held = held.slice(count);
        } else if (act.at < held.length) {
          expect(queue.removeAt(act.at)).toBe(held[act.at]);
          held = held.toSpliced(act.at, 1);
        }
        const texts = held.flatMap((item) => (item.kind === 'row' ? [item.text] : []));
        const bytes = texts.reduce((sum, text) => sum + new TextEncoder().encode(text).length, 0);
        const changes = held.length - texts.length;
        expect([queue.length, queue.rows, queue.bytes]).toEqual([held.length, texts.length, bytes + changes * 100]);
        expect([queue.first, queue.last]).toEqual([held[0], held.at(-1)]);
      }
    }),
  );
});

it('gives rows up to a change, the most rows and the most bytes, and a larger first row alone', () => {
  const queue = new OutgoingQueue();
  for (const text of ['aaaa', 'bb', 'é', 'cc']) queue.add({ kind: 'row', text });
  queue.add({ kind: 'change', send: async () => {} });
  queue.add({ kind: 'row', text: 'behind' });
  expect(queue.firstRows(10, 100)).toEqual(['aaaa', 'bb', 'é', 'cc']);
  expect(queue.firstRows(2, 100)).toEqual(['aaaa', 'bb']);
  expect(queue.firstRows(10, 8)).toEqual(['aaaa', 'bb', 'é']);
  expect(queue.firstRows(10, 1)).toEqual(['aaaa']);
  queue.removeFirst(4);
  expect(queue.firstRows(10, 100)).toEqual([]);
});

it('stays right over thousands of items', () => {
  const queue = new OutgoingQueue();
  for (let i = 0; i < 5_000; i++) {
    queue.add({ kind: 'row', text: String(i) });
    if (i % 2 === 1) queue.removeFirst(1);
  }
  expect([queue.length, queue.firstRows(1, 100)]).toEqual([2_500, ['2500']]);
});
