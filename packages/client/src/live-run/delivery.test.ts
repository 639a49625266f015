import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endpointOf } from '../client-options.ts';
import type { SummaClientError } from '../summa-client-error.ts';
import { MoodyServer } from '../testing/moody-server.ts';
import { createExecute } from '../transport/execute.ts';
import { Delivery } from './delivery.ts';
import { type DeliveryPolicy, defaultPolicy } from './delivery-policy.ts';
import { outgoingChange } from './outgoing.ts';
import { createRunSender } from './run-sender.ts';

const quick: DeliveryPolicy = { ...defaultPolicy, batchAfterMs: 20, backoff: { firstMs: 5, mostMs: 20 } };

let server: MoodyServer;
beforeEach(async () => {
  server = await new MoodyServer().start();
});
afterEach(() => server.stop());

describe('Delivery', () => {
  it('stores every row once, in order, through dropped connections, lost answers and busy answers', async () => {
    server.moods.push('drop', 'lose answer', { status: 503 }, 'well', 'lose answer', { status: 429 }, 'lose answer');
    const { delivery } = deliver({ ...quick, batchRows: 7 });
    addRows(delivery, 0, 100);
    await delivery.flush();
    expect(server.rows).toEqual(rowsOf(0, 100));
  });

  it('sends the same rows at the same offset after an answer was lost', async () => {
    server.moods.push('lose answer');
    const { delivery } = deliver(quick);
    addRows(delivery, 0, 3);
    await delivery.flush();
    expect(server.seen.map(({ input }) => [input.offset, input.rows])).toEqual([
      [0, rowsOf(0, 3)],
      [0, rowsOf(0, 3)],
    ]);
  });

  it('has one request under way at a time', async () => {
    const { delivery } = deliver({ ...quick, batchRows: 2, batchAfterMs: 0 });
    addRows(delivery, 0, 60);
    await delivery.flush();
    expect(server.mostAtOnce).toBe(1);
    expect(server.seen).toHaveLength(30);
  });

  it('gathers what is logged within the batch time into one request', async () => {
    const { delivery } = deliver({ ...quick, batchAfterMs: 100 });
    for (let i = 0; i < 5; i++) {
      addRows(delivery, i, 1);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await eventually(() => server.rows.length === 5);
    expect(server.seen).toHaveLength(1);
  });

  it('cuts a batch where the next row would exceed the bytes, and sends a larger row alone', async () => {
    const { delivery } = deliver({ ...quick, batchBytes: 100 });
    const large = row(1, 'x'.repeat(200));
    for (const text of [row(0), large, row(2), row(3)]) delivery.add({ kind: 'row', text });
    await delivery.flush();
    expect(server.seen.map(({ input }) => (input.rows as unknown[]).length)).toEqual([1, 1, 2]);
  });

  it('waits as long as Retry-After says', async () => {
    server.moods.push({ status: 503, retryAfter: '1' });
    const { delivery, retries } = deliver(quick);
    addRows(delivery, 0, 1);
    await delivery.flush();
    const [first, second] = server.seen;
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(995);
    expect(retries).toHaveLength(1);
  });

  it('gives up a request that is not answered in time and sends it again', async () => {
    server.moods.push('hang');
    const { delivery, retries } = deliver(quick, 200);
    addRows(delivery, 0, 2);
    await delivery.flush();
    expect(retries.map(({ code }) => code)).toEqual(['TIMEOUT']);
    expect(server.rows).toEqual(rowsOf(0, 2));
  });

  it('goes on when a server that was away comes back', async () => {
    const { delivery } = deliver(quick);
    let busy = true;
    server.moodOf = () => (busy ? 'drop' : 'well');
    addRows(delivery, 0, 10);
    await eventually(() => server.seen.length > 4);
    addRows(delivery, 10, 10);
    busy = false;
    await delivery.flush();
    expect(server.rows).toEqual(rowsOf(0, 20));
  });

  it('leaves out the row that the server names, stores the others and rejects the flush once', async () => {
    server.moods.push({ code: 'INVALID_ROW', argumentPath: ['input', 'rows', 2, 'values', 'loss'] });
    const { delivery, errors } = deliver(quick);
    addRows(delivery, 0, 5);
    await expect(delivery.flush()).rejects.toMatchObject({ code: 'INVALID_ROW' });
    expect(server.rows).toEqual(rowsOf(0, 5).filter((_, i) => i !== 2));
    expect(errors).toHaveLength(1);
    await expect(delivery.flush()).resolves.toBeUndefined();
  });

  it('finds by halves the row that is refused without a name', async () => {
    server.moodOf = ({ input }) =>
      JSON.stringify(input.rows).includes('"loss":6,') ? { code: 'TOO_MANY_KEYS' } : 'well';
    const { delivery, errors } = deliver(quick);
    addRows(delivery, 0, 20);
    await expect(delivery.flush()).rejects.toMatchObject({ code: 'TOO_MANY_KEYS' });
    expect(server.rows).toEqual(rowsOf(0, 20).filter((_, i) => i !== 6));
    expect(errors).toHaveLength(1);
  });

  it('sends smaller batches when the server says one is too large', async () => {
    server.moodOf = ({ input }) => ((input.rows as unknown[]).length > 3 ? { status: 413 } : 'well');
    const { delivery } = deliver(quick);
    addRows(delivery, 0, 20);
    await delivery.flush();
    expect(server.rows).toEqual(rowsOf(0, 20));
  });

  it('gives everything up when the key is refused, and takes nothing more', async () => {
    server.moods.push({ code: 'UNAUTHENTICATED' });
    const { delivery, errors } = deliver(quick);
    addRows(delivery, 0, 5);
    await expect(delivery.flush()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(delivery.add({ kind: 'row', text: row(5) })).toBe(false);
    expect(errors.map(({ code }) => code)).toEqual(['UNAUTHENTICATED']);
    expect(server.seen).toHaveLength(1);
  });

  it('gives up after eight tries when the server itself fails', async () => {
    server.moodOf = () => ({ code: 'INTERNAL' });
    const { delivery } = deliver({ ...quick, backoff: { firstMs: 1, mostMs: 2 } });
    addRows(delivery, 0, 1);
    await expect(delivery.flush()).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(server.seen).toHaveLength(8);
  });

  it('keeps a change in its place between rows', async () => {
    const { delivery } = deliver(quick);
    addRows(delivery, 0, 3);
    delivery.add(outgoingChange({ kind: 'define', input: { name: 'loss', summary: ['min'] } }));
    addRows(delivery, 3, 3);
    await delivery.flush();
    expect(server.seen.map(({ operation }) => operation)).toEqual(['Log', 'DefineMetric', 'Log']);
    expect(server.rows).toEqual(rowsOf(0, 6));
  });

  it('keeps no more than its bytes allow and is ready again when half is gone', async () => {
    let busy = true;
    server.moodOf = () => (busy ? { status: 503 } : 'well');
    const { delivery } = deliver({ ...quick, queueBytes: 1_000 });
    let kept = 0;
    while (delivery.add({ kind: 'row', text: row(kept) })) kept += 1;
    expect(kept).toBeLessThanOrEqual(Math.ceil(1_000 / row(0).length));
    busy = false;
    await delivery.ready();
    expect(delivery.add({ kind: 'row', text: row(kept) })).toBe(true);
    await delivery.flush();
    expect(server.rows).toHaveLength(kept + 1);
  });

  it('stops waiting for a flush when its signal is aborted, and still delivers later', async () => {
    let busy = true;
    server.moodOf = () => (busy ? 'drop' : 'well');
    const { delivery } = deliver(quick);
    addRows(delivery, 0, 2);
    await expect(delivery.flush(AbortSignal.timeout(50))).rejects.toMatchObject({ code: 'ABORTED' });
    busy = false;
    await delivery.flush();
    expect(server.rows).toEqual(rowsOf(0, 2));
  });
});

function deliver(policy: DeliveryPolicy, timeoutMs = 5_000) {
  const errors: SummaClientError[] = [];
  const retries: SummaClientError[] = [];
  const endpoint = endpointOf({ url: server.url, apiKey: 'k', timeoutMs });
  const sender = createRunSender({
    endpoint,
    execute: createExecute(endpoint),
    target: async () => ({ runId: 'run-1', writer: 'w', acceptedRows: 0 }),
    sendFiles: () => Promise.reject(new Error('there are no files here')),
  });
  const delivery = new Delivery(sender, policy, {
    onError: (error) => errors.push(error),
    onRetry: (error) => retries.push(error),
  });
  return { delivery, errors, retries };
}

function row(step: number, text = ''): string {
  return JSON.stringify({ step, values: { loss: step, text } });
}

function rowsOf(from: number, count: number): unknown[] {
  return Array.from({ length: count }, (_, i) => JSON.parse(row(from + i)));
}

function addRows(delivery: Delivery, from: number, count: number): void {
  for (let step = from; step < from + count; step++) delivery.add({ kind: 'row', text: row(step) });
}

async function eventually(isTrue: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error('It did not come true within 5 s.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
