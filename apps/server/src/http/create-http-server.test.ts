import { request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { buildClientSchema, printSchema } from 'graphql';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../config.ts';
import { type Database, openDatabase } from '../database/database.ts';
import { ServerError } from '../server-error.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createHttpServer, type HttpServer, type HttpServerOptions } from './create-http-server.ts';

const log = pino({ level: 'silent' });
let testDatabase: TestDatabase;
let database: Database;
let server: HttpServer | undefined;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase({ url: testDatabase.url, log });
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});
afterEach(async () => {
  await server?.drain();
  server = undefined;
});

interface StartOptions extends Partial<Omit<HttpServerOptions, 'config'>> {
  env?: Record<string, string>;
}

async function start({ env = {}, ...options }: StartOptions = {}): Promise<string> {
  server = await createHttpServer({
    config: parseConfig({ PORT: '0', ...env }),
    log,
    database,
    schema: 'type Query { answer: Int }\n',
    requireKey: async (request) => {
      if (request.headers.authorization !== 'Bearer right')
        throw new ServerError('UNAUTHENTICATED', 'an API key is needed');
    },
    registerRoutes: (app) => {
      app.post('/echo', async (request) => request.body);
      app.get('/broken', async () => {
        throw new Error('SELECT secret FROM /srv/app.ts');
      });
    },
    ...options,
  });
  return server.listen();
}

const jsonType = { 'content-type': 'application/json' };

describe('health', () => {
  it('is live and ready with a migrated database', async () => {
    const url = await start();
    expect(await (await fetch(`${url}/livez`)).json()).toEqual({ status: 'live' });
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ready', checks: { database: 'ok', migrations: 'ok', draining: 'no' } },
    ]);
  });

  it('is live but not ready when the database is gone', async () => {
    const gone = await createTestDatabase();
    const closing = await openDatabase({ url: gone.url, log });
    const url = await start({ database: closing });
    await gone.drop();
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { status: 'not ready', checks: { database: 'unreachable', migrations: 'unknown', draining: 'no' } },
    ]);
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    await closing.close();
  });

  it('is not ready while migrations are missing', async () => {
    const empty = await createTestDatabase({ migrated: false });
    const unmigrated = await openDatabase({ url: empty.url, log });
    const url = await start({ database: unmigrated });
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({
      checks: { database: 'ok', migrations: 'pending' },
    });
    await unmigrated.close();
    await empty.drop();
  });
});

describe('the schema routes', () => {
  it('serve the text', async () => {
    const answer = await fetch(`${await start()}/schema.graphql`);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await answer.text()).toBe('type Query { answer: Int }\n');
  });

  it('serve what introspection answers', async () => {
    const answer = await fetch(`${await start()}/schema.json`);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(printSchema(buildClientSchema(await answer.json()))).toBe('type Query {\n  answer: Int\n}');
  });

  it.each(['/schema.graphql', '/schema.json'])('answer 304 at %s when the caller has it already', async (path) => {
    const url = await start();
    const first = await fetch(url + path);
    expect((await first.text()).length).toBeGreaterThan(0);
    expect(first.headers.get('cache-control')).toBe('public, no-cache');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    for (const known of [etag, `"other", ${etag}`, '*']) {
      const again = await fetch(url + path, { headers: { 'if-none-match': known } });
      expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, '']);
    }
    const changed = await fetch(url + path, { headers: { 'if-none-match': '"other"' } });
    expect(changed.status).toBe(200);
  });
});

describe('metrics', () => {
  it('need a key', async () => {
    const url = await start();
    const response = await fetch(`${url}/metrics`);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('Bearer');
  });

  it('count requests by route and show the pool', async () => {
    const url = await start();
    await fetch(`${url}/livez?secret=1`);
    const text = await (await fetch(`${url}/metrics`, { headers: { authorization: 'Bearer right' } })).text();
    expect(text).toContain('http_request_duration_seconds_count{method="GET",route="/livez",status="200"} 1');
    expect(text).toMatch(/summa_database_connections\{state="idle"\} \d/);
    expect(text).toContain('process_cpu_seconds_total');
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m);
    expect(text).not.toContain('secret');
  });
});

describe('bodies', () => {
  const rows = JSON.stringify({ rows: Array.from({ length: 500 }, (_, step) => ({ step, loss: 1 / (step + 1) })) });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('may be compressed with %s', async (encoding, compress) => {
    const url = await start();
    const headers = { ...jsonType, 'content-encoding': encoding };
    const response = await fetch(`${url}/echo`, { method: 'POST', headers, body: compress(rows) });
    expect([response.status, await response.text()]).toEqual([200, rows]);
  });

  it('of 50 MB of zeros in 50 kB are cut off at the limit', async () => {
    const url = await start({ env: { SUMMA_MAX_BODY_BYTES: '1048576' } });
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    expect(bomb.length).toBeLessThan(60_000);
    const response = await fetch(`${url}/echo`, {
      method: 'POST',
      headers: { ...jsonType, 'content-encoding': 'gzip' },
      body: bomb,
    });
    expect([response.status, await response.json()]).toEqual([
      413,
      {
        errors: [
          {
            message: 'the body unpacks to more than 1048576 bytes; send it in smaller parts',
            extensions: { code: 'BODY_TOO_LARGE', requestId: expect.any(String) },
          },
        ],
      },
    ]);
  });

  it.each([
    ['too large', jsonType, `"${'x'.repeat(2000)}"`, 413, 'BODY_TOO_LARGE'],
    ['of an unknown type', { 'content-type': 'text/csv' }, 'a,b', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['of an unknown encoding', { ...jsonType, 'content-encoding': 'zip' }, '{}', 415, 'UNSUPPORTED_ENCODING'],
    ['not compressed as they say', { ...jsonType, 'content-encoding': 'gzip' }, '{}', 400, 'BAD_REQUEST'],
    ['not JSON', jsonType, '{"a":', 400, 'BAD_REQUEST'],
  ])('that are %s get an error that says so', async (_what, headers, body, status, code) => {
    const url = await start({ env: { SUMMA_MAX_BODY_BYTES: '1024' } });
    const response = await fetch(`${url}/echo`, { method: 'POST', headers, body });
    expect([response.status, await response.json()]).toMatchObject([status, { errors: [{ extensions: { code } }] }]);
  });
});

describe('errors', () => {
  it('that nobody expected show nothing of their cause, only the id under which the log has it', async () => {
    const url = await start();
    const response = await fetch(`${url}/broken`, { headers: { 'x-request-id': 'train-42' } });
    expect(response.headers.get('x-request-id')).toBe('train-42');
    expect([response.status, await response.json()]).toEqual([
      500,
      {
        errors: [
          {
            message: 'something failed on the server; its log has the cause under this request id',
            extensions: { code: 'INTERNAL', requestId: 'train-42' },
          },
        ],
      },
    ]);
  });

  it('for unknown paths are JSON', async () => {
    const url = await start();
    const response = await fetch(`${url}/nowhere?key=1`);
    expect([response.status, await response.json()]).toMatchObject([
      404,
      { errors: [{ message: 'there is nothing at GET /nowhere', extensions: { code: 'NOT_FOUND' } }] },
    ]);
  });

  it('name the port that is taken', async () => {
    const url = await start();
    const { port } = new URL(url);
    const second = await createHttpServer({
      config: parseConfig({ PORT: port }),
      log,
      database,
      schema: '',
      requireKey: async () => undefined,
      registerRoutes: () => undefined,
    });
    await expect(second.listen()).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: expect.stringContaining(`port ${port}`),
    });
    await second.drain();
  });
});

describe('drain', () => {
  /** Called when a request for a slow answer has come in. */
  let onArrival = () => {};
  const arrival = () => new Promise<void>((resolve) => (onArrival = resolve));
  const slowRoute: HttpServerOptions['registerRoutes'] = (app) => {
    app.get('/slow', async () => {
      onArrival();
      await sleep(400);
      return { done: true };
    });
    app.get('/endless', () => {
      onArrival();
      return sleep(60_000);
    });
  };

  it('lets a request in flight finish and refuses new connections', async () => {
    const url = await start({ registerRoutes: slowRoute });
    const arrived = arrival();
    const inFlight = fetch(`${url}/slow`);
    await arrived;
    const drained = server?.drain();
    await sleep(50);
    await expect(fetch(`${url}/livez`)).rejects.toThrow();
    expect(await (await inFlight).json()).toEqual({ done: true });
    await drained;
  });

  it('says "not ready" during the delay for load balancers, and still answers', async () => {
    const url = await start({ env: { SUMMA_DRAIN_DELAY_MS: '500' } });
    const drained = server?.drain();
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toMatchObject([503, { checks: { database: 'ok', draining: 'yes' } }]);
    await drained;
  });

  it('cuts off what takes longer than the drain timeout', async () => {
    const url = await start({ registerRoutes: slowRoute, env: { SUMMA_DRAIN_TIMEOUT_MS: '200' } });
    const arrived = arrival();
    const cut = expect(fetch(`${url}/endless`)).rejects.toThrow();
    await arrived;
    const began = Date.now();
    await server?.drain();
    await cut;
    expect(Date.now() - began).toBeLessThan(2_000);
  });

  it('does not wait for idle connections that a client keeps open', async () => {
    const url = await start();
    const kept = httpRequest(`${url}/livez`, { agent: false, headers: { connection: 'keep-alive' } });
    await new Promise((resolve) => {
      kept.on('response', (response) => response.resume().on('end', resolve));
      kept.end();
    });
    const began = Date.now();
    await server?.drain();
    expect(Date.now() - began).toBeLessThan(1_000);
  });
});
