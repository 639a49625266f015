import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readApiKeyToken } from '../access/api-key-token.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
let now = Date.now();
beforeAll(async () => {
  api = await startTestApi({ clock: () => new Date(now) });
});
afterAll(() => api.close());

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const json = { 'content-type': 'application/json' };

function session(method: string, headers: Record<string, string> = {}, body?: string, url = api.url) {
  return fetch(`${url}/api/session`, { method, headers, ...(body !== undefined && { body }) });
}

async function signIn(key = api.admin.key): Promise<string> {
  const response = await session('POST', json, JSON.stringify({ apiKey: key }));
  expect(response.status).toBe(200);
  return cookieIn(response);
}

function cookieIn(response: Response): string {
  return response.headers.get('set-cookie')?.split(';')[0] ?? 'no cookie';
}

async function ask(query: string, headers: Record<string, string>) {
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { ...json, ...headers },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = await response.json();
  return errors ? `${response.status} ${errors[0].extensions.code}` : data;
}

describe('POST /api/session', () => {
  it('signs in with a cookie that no script can read, no other site can have sent, and that does not hold the key', async () => {
    const response = await session('POST', json, JSON.stringify({ apiKey: api.admin.key }));
    expect(await response.json()).toEqual({ userName: 'admin', scopes: ['INGEST', 'READ', 'ADMIN'] });
    const header = response.headers.get('set-cookie') ?? '';
    expect(header).toMatch(/^summa_session=[\w.-]+; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/);
    expect(Buffer.from(cookieIn(response).slice(14), 'base64url').toString()).not.toContain(api.admin.key.slice(-20));
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('has the cookie sent over https only where people reach the server by https', async () => {
    const secure = await startTestApi({ env: { SUMMA_PUBLIC_URL: 'https://summa.example' } });
    const response = await session('POST', json, JSON.stringify({ apiKey: secure.admin.key }), secure.url);
    expect(response.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict; Secure$/);
    await secure.close();
  });

  it('refuses what is no key, and a page of another origin', async () => {
    const body = JSON.stringify({ apiKey: api.admin.key });
    const code = async (response: Response) =>
      `${response.status} ${(await response.json()).errors[0].extensions.code}`;
    expect(await code(await session('POST', json, '{"apiKey":"short"}'))).toBe('401 UNAUTHENTICATED');
    for (const bad of ['{}', '[]', 'null', '"text"', '{"apiKey":1}'])
      expect(await code(await session('POST', json, bad))).toBe('400 INVALID_INPUT');
    expect(await code(await session('POST', { ...json, origin: 'http://evil.example' }, body))).toBe('403 FORBIDDEN');
    expect(await code(await session('POST', { 'content-type': 'text/plain' }, body))).toBe('400 INVALID_INPUT');
  });
});

describe('a session', () => {
  it('is told who it is, until it signs out', async () => {
    const cookie = await signIn();
    expect(await (await session('GET', { cookie })).json()).toMatchObject({ userName: 'admin' });
    const out = await session('DELETE', { cookie });
    expect([out.status, out.headers.get('set-cookie')]).toEqual([
      204,
      'summa_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict',
    ]);
    expect((await session('GET', { cookie: cookieIn(out) })).status).toBe(401);
    expect((await session('GET')).status).toBe(401);
  });

  it('asks GraphQL and gets files as its key would, and the key in the header goes before it', async () => {
    const { key } = await api.createUser('sessions-other');
    const cookie = `theme=dark; ${await signIn()}`;
    const origin = api.url;
    expect(await ask('{ viewer { name } }', { cookie, origin })).toEqual({ viewer: { name: 'admin' } });
    expect(await ask('{ viewer { name } }', { cookie, authorization: `Bearer ${key}` })).toEqual({
      viewer: { name: 'sessions-other' },
    });
    const run = await api.startRun({ entity: 'admin', project: 'sessions', name: 'r' });
    await api.uploadFile(run.id, 'a.txt', 'hello');
    const file = await fetch(`${api.url}/files/admin/sessions/r/a.txt`, { headers: { cookie } });
    expect([file.status, await file.text()]).toEqual([200, 'hello']);
    expect((await fetch(`${api.url}/metrics`, { headers: { cookie } })).status).toBe(200);
  });

  it('changes nothing for a page of another origin, nor for a request that does not say where it comes from', async () => {
    const cookie = await signIn();
    const mutation = 'mutation { createTeam(input: { name: "forged" }) { entity { name } } }';
    const other = api.url.replace(/\d+$/, (port) => String(Number(port) + 1));
    for (const origin of ['http://evil.example', other, 'null', ''])
      expect(await ask(mutation, { cookie, origin })).toBe('403 FORBIDDEN');
    expect(await ask(mutation, { cookie })).toBe('403 FORBIDDEN');
    expect(await ask('{ entity(name: "forged") { name } }', { cookie, origin: api.url })).toEqual({ entity: null });
  });

  it('answers no simple GET, which another page could send without being asked', async () => {
    const cookie = await signIn();
    const query = encodeURIComponent('{ viewer { name } }');
    expect((await fetch(`${api.url}/graphql?query=${query}`, { headers: { cookie } })).status).toBe(400);
  });

  it('allows what its key allows', async () => {
    const cookie = await signIn(await api.createKey(['INGEST']));
    expect(await ask('{ entity(name: "admin") { name } }', { cookie, origin: api.url })).toBe('200 FORBIDDEN');
  });

  it('ends when its key is revoked', async () => {
    const { data } = await api.ask(
      'mutation { createApiKey(input: { name: "browser", scopes: [READ] }) { key apiKey { id } } }',
    );
    const { key, apiKey } = data.createApiKey;
    const cookie = await signIn(key);
    expect((await session('GET', { cookie })).status).toBe(200);
    await api.ask(`mutation { revokeApiKey(input: { apiKeyId: "${apiKey.id}" }) { apiKey { id } } }`);
    const refused = await session('GET', { cookie });
    expect([refused.status, (await refused.json()).errors[0].message]).toEqual([
      401,
      'the API key "browser" was revoked; use another one',
    ]);
  });

  it('ends after thirty days', async () => {
    const cookie = await signIn();
    const before = now;
    now += 30 * DAY_MS - 1;
    expect((await session('GET', { cookie })).status).toBe(200);
    now += 1;
    const ended = await session('GET', { cookie });
    expect([ended.status, (await ended.json()).errors[0].message]).toEqual([
      401,
      'this session has ended; sign in again with an API key',
    ]);
    now = before;
  });

  it('that was forged, or signed for something else, is none', async () => {
    const cookie = await signIn();
    const run = await api.startRun({ entity: 'admin', project: 'sessions' });
    const upload = await api.createUpload(run.id, { path: 'b.txt', size: 1 });
    const uploadToken = upload.url.split('/').at(-1);
    for (const forged of [`${cookie}x`, cookie.replace('=', '=x'), `summa_session=${uploadToken}`, 'summa_session=.'])
      expect((await session('GET', { cookie: forged })).status).toBe(401);
  });
});

describe('a link to sign in', () => {
  const follow = (token: string, method = 'GET') =>
    fetch(`${api.url}/sign-in/${token}`, { method, redirect: 'manual' });

  it('signs in once, whoever looked at it before', async () => {
    const token = api.services.signInLinks.make(readApiKeyToken(api.admin.key)?.id ?? '');
    expect((await follow(token, 'HEAD')).status).toBe(404);
    const first = await follow(token);
    expect([first.status, first.headers.get('location')]).toEqual([302, '/']);
    expect(await (await session('GET', { cookie: cookieIn(first) })).json()).toMatchObject({ userName: 'admin' });
    const second = await follow(token);
    expect([second.status, second.headers.get('location'), second.headers.get('set-cookie')]).toEqual([
      302,
      '/sign-in?reason=link-ended',
      null,
    ]);
  });

  it('works for ten minutes, and there are a hundred at most', async () => {
    const before = now;
    const late = api.services.signInLinks.make('id');
    now += 10 * MINUTE_MS;
    expect(api.services.signInLinks.take(late)).toBeUndefined();
    const tokens = Array.from({ length: 101 }, (_, i) => api.services.signInLinks.make(`id ${i}`));
    expect(tokens.map((token) => api.services.signInLinks.take(token))).toEqual([
      undefined,
      ...Array.from({ length: 100 }, (_, i) => `id ${i + 1}`),
    ]);
    now = before;
  });
});
