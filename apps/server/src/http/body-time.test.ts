import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { limitBodyTime } from './body-time.ts';

const LIMIT_MS = 300;

let app: FastifyInstance;
let url: string;
beforeAll(async () => {
  app = Fastify({ forceCloseConnections: true });
  limitBodyTime(app, LIMIT_MS);
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  const lengthOf = async ({ raw }: { raw: AsyncIterable<Buffer> }) => ({ bytes: (await buffer(raw)).length });
  app.put('/short', lengthOf);
  app.put('/long', { config: { longBody: true } }, lengthOf);
  app.get('/slow', async () => {
    await sleep(2 * LIMIT_MS);
    return { bytes: 0 };
  });
  url = await app.listen({ port: 0 });
});
afterAll(() => app.close());

/** Sends a byte after each of the pauses. @returns how many bytes the route got, or how the connection ended */
async function trickle(path: string, pausesMs: readonly number[], agent?: Agent): Promise<number | string> {
  const sending = request(`${url}${path}`, { method: path === '/slow' ? 'GET' : 'PUT', ...(agent && { agent }) });
  const ended = once(sending, 'response').then(
    async ([response]) => JSON.parse((await buffer(response)).toString()).bytes as number,
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  );
  sending.flushHeaders();
  for (const pause of pausesMs) {
    await sleep(pause);
    if (!sending.destroyed) sending.write('x');
  }
  sending.end();
  return ended;
}

const steady = Array.from({ length: 10 }, () => LIMIT_MS / 4);

it('cuts off a body that is not there in time, though it keeps coming', async () => {
  expect(await trickle('/short', steady)).toMatch(/ECONNRESET|EPIPE/);
});

it('lets a long body take its time as long as it keeps coming', async () => {
  expect(await trickle('/long', steady)).toBe(10);
});

it('cuts off a long body that has stopped coming', async () => {
  expect(await trickle('/long', [0, 4 * LIMIT_MS])).toMatch(/ECONNRESET|EPIPE/);
});

it('lets the answer take longer than the body may', async () => {
  expect(await trickle('/slow', [])).toBe(0);
});

it('keeps the connection for the next request', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (const path of ['/long', '/short', '/long']) expect(await trickle(path, [1], agent)).toBe(1);
  await sleep(2 * LIMIT_MS);
  expect(Object.values(agent.freeSockets).flat()).toHaveLength(1);
  expect(await trickle('/short', [1], agent)).toBe(1);
  agent.destroy();
});
