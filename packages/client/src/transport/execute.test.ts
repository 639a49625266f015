import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient } from '../create-client.ts';
import { HeartbeatDocument } from '../generated/graphql.ts';
import { type Mood, MoodyServer } from '../testing/moody-server.ts';

let server: MoodyServer;
beforeEach(async () => {
  server = await new MoodyServer().start();
});
afterEach(() => server.stop());

const input = { runId: 'run-1' };

describe('execute', () => {
  it('resolves to the data', async () => {
    const { heartbeat } = await client().execute(HeartbeatDocument, { input });
    expect(heartbeat.run.state).toBe('RUNNING');
    expect(server.seen.map((request) => [request.operation, request.input])).toEqual([['Heartbeat', input]]);
  });

  it('sends numbers that JSON lacks as text and bigints as digits', async () => {
    const odd = { ...input, a: Number.NaN, b: 2n ** 64n, c: undefined };
    await client().execute(HeartbeatDocument, { input: odd });
    expect(server.seen[0]?.input).toEqual({ ...input, a: 'NaN', b: 2n ** 64n });
  });

  it('gives code, message, argument and status of a GraphQL error', async () => {
    const argumentPath = ['input', 'runId'];
    expect(await failure({ code: 'RUN_NOT_FOUND', argumentPath })).toMatchObject({
      name: 'SummaClientError',
      code: 'RUN_NOT_FOUND',
      message: 'refused: RUN_NOT_FOUND',
      argumentPath,
      status: 200,
    });
  });

  it('tells an answer that is not GraphQL by its status and its first words', async () => {
    expect(await failure({ status: 502, body: '<h1>Bad gateway</h1>' })).toMatchObject({
      code: 'HTTP_502',
      status: 502,
      message: expect.stringContaining('<h1>Bad gateway</h1>'),
    });
    expect(await failure({ status: 200, body: 'hello' })).toMatchObject({ code: 'INVALID_RESPONSE' });
    expect(await failure({ status: 200, body: '{"data":null}' })).toMatchObject({ code: 'INVALID_RESPONSE' });
  });

  it('carries the wait that the server asks for', async () => {
    expect(await failure({ status: 429, retryAfter: '7' })).toMatchObject({ retryAfterMs: 7_000 });
  });

  it('says NETWORK when the connection drops and when nobody listens', async () => {
    expect(await failure('drop')).toMatchObject({ code: 'NETWORK', status: undefined });
    await server.stop();
    const error = await failure('well');
    expect(error).toMatchObject({ code: 'NETWORK', message: expect.stringContaining('ECONNREFUSED') });
    await server.start();
  });

  it('says TIMEOUT after the client’s time or the call’s own, and ABORTED when aborted', async () => {
    expect(await failure('hang', { timeoutMs: 50 })).toMatchObject({ code: 'TIMEOUT' });
    expect(await failure('hang', { signal: AbortSignal.timeout(50) })).toMatchObject({ code: 'ABORTED' });
  });
});

describe('createClient', () => {
  it('sends the key and the headers, to /graphql below the address', async () => {
    const asked: { url: string; headers: Headers }[] = [];
    const fetch: typeof globalThis.fetch = (url, init) => {
      asked.push({ url: String(url), headers: new Headers(init?.headers) });
      return globalThis.fetch(server.url, init);
    };
    const options = { url: `${server.url}/below/`, apiKey: 'summa_1_x', headers: { 'x-team': 'a' }, fetch };
    await createClient(options).execute(HeartbeatDocument, { input });
    expect(asked[0]?.url).toBe(`${server.url}/below/graphql`);
    expect(asked[0]?.headers.get('authorization')).toBe('Bearer summa_1_x');
    expect(asked[0]?.headers.get('x-team')).toBe('a');
  });

  it('takes address and key from the environment when they are not given', async () => {
    const headers: Headers[] = [];
    const fetch: typeof globalThis.fetch = (url, init) => {
      headers.push(new Headers(init?.headers));
      return globalThis.fetch(url, init);
    };
    vi.stubEnv('SUMMA_URL', server.url);
    vi.stubEnv('SUMMA_API_KEY', 'from the environment');
    const fromEnvironment = createClient({ fetch });
    vi.unstubAllEnvs();
    await fromEnvironment.execute(HeartbeatDocument, { input });
    expect(headers[0]?.get('authorization')).toBe('Bearer from the environment');
    expect(server.seen).toHaveLength(1);
  });

  it('refuses an address that is none', () => {
    const create = () => createClient({ url: 'localhost:4000' });
    expect(create).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
  });
});

function client() {
  return createClient({ url: server.url, apiKey: 'k' });
}

function failure(mood: Mood, options?: { signal?: AbortSignal; timeoutMs?: number }): Promise<unknown> {
  server.moods.push(mood);
  return client()
    .execute(HeartbeatDocument, { input }, options)
    .then(
      () => 'no failure',
      (error) => error,
    );
}
