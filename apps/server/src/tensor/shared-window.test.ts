import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { SharedWindow } from './shared-window.ts';

/** Wakes whoever waits again and again without an answer, and only then gives one. */
const LATE_ANSWER = `
  const { workerData: memory } = require('node:worker_threads');
  const [state, bytes] = [new Int32Array(memory, 0, 2), new Uint8Array(memory, 8)];
  const until = Date.now() + 200;
  while (Date.now() < until) Atomics.notify(state, 0);
  bytes.set([1, 2, 3]);
  Atomics.store(state, 1, 3);
  Atomics.store(state, 0, 1);
  Atomics.notify(state, 0);
`;

it('waits for the answer, however often it is woken before', async () => {
  const window = new SharedWindow();
  const worker = new Worker(LATE_ANSWER, { eval: true, workerData: window.memory });
  await once(worker, 'online');
  const bytes = window.receive(() => {});
  expect([...bytes]).toEqual([1, 2, 3]);
  await worker.terminate();
});

it('throws when the other side could not read the bytes', () => {
  const window = new SharedWindow();
  expect(() => window.receive(() => window.fail())).toThrow('could not be read');
});
