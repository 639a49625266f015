import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../config.ts';
import { createServices } from '../create-services.ts';
import { openDatabase } from '../database/database.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { createTestDatabase } from '../testing/test-database.ts';
import { makeApiKeyToken, readApiKeyToken } from './api-key-token.ts';
import { authenticate } from './authenticate.ts';
import { ensureFirstUser } from './ensure-first-user.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const viewer = async (authorization: string | undefined, url = api.url) => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    body: '{"query":"{ viewer { name } }"}',
    headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
  });
  const { data, errors } = await response.json();
  return data?.viewer.name ?? `${response.status} ${errors[0].extensions.code} ${errors[0].message}`;
};

describe('the text of a key', () => {
  it('is summa_, an id of eleven letters and digits, and 130 random bits', () => {
    const { id, key, hash } = makeApiKeyToken();
    expect(key).toMatch(/^summa_[0-9a-z]{11}_[A-Za-z0-9]{22}$/);
    expect(readApiKeyToken(key)).toEqual({ id, key, hash });
    expect(makeApiKeyToken().key).not.toBe(key);
  });

  it('that an operator chose is found by the first 16 hex digits of its SHA-256', () => {
    // printf 'a%.0s' $(seq 40) | sha256sum
    expect(readApiKeyToken('a'.repeat(40))?.id).toBe('e33cdf9c7f7120b9');
    for (const bad of ['', 'a'.repeat(39), 'a'.repeat(201), `${'a'.repeat(40)} `, `${'a'.repeat(40)}é`])
      expect(readApiKeyToken(bad)).toBeNull();
  });
});

describe('a request', () => {
  it('is let in with Bearer, and with Basic for the user api', async () => {
    const basic = (user: string) => `Basic ${Buffer.from(`${user}:${api.admin.key}`).toString('base64')}`;
    expect(await viewer(`Bearer ${api.admin.key}`)).toBe('admin');
    expect(await viewer(`bearer   ${api.admin.key}`)).toBe('admin');
    expect(await viewer(basic('api'))).toBe('admin');
    expect(await viewer(basic('admin'))).toMatch(/^401 UNAUTHENTICATED the user of a Basic authorization is "api"/);
  });

  it('is refused without a key, and alike with an unknown one and one with a wrong secret', async () => {
    const wrong = `${api.admin.key.slice(0, -2)}zz`;
    const unknown = makeApiKeyToken().key;
    expect(await viewer(undefined)).toMatch(/^401 UNAUTHENTICATED an API key is needed: .*SUMMA_API_KEY/);
    expect(await viewer('Digest abc')).toMatch(/^401 UNAUTHENTICATED the Authorization header is neither/);
    expect(await viewer(`Bearer ${wrong}`)).toMatch(/^401 UNAUTHENTICATED this API key is not known/);
    expect(await viewer(`Bearer ${unknown}`)).toBe(await viewer(`Bearer ${wrong}`));
    expect(await viewer('Bearer short')).toBe(await viewer(`Bearer ${wrong}`));
  });
});

describe('an API key', () => {
  it('stops at once when it is revoked, and shows when it was last used, to the minute', async () => {
    const { data } = await api.ask(
      'mutation { createApiKey(input: { name: "mine", scopes: [READ] }) { key apiKey { id name scopes lastUsedAt revokedAt expiresAt } } }',
    );
    const { key, apiKey } = data.createApiKey;
    expect(apiKey).toMatchObject({
      name: 'mine',
      scopes: ['READ'],
      lastUsedAt: null,
      revokedAt: null,
      expiresAt: null,
    });
    expect(await viewer(`Bearer ${key}`)).toBe('admin');
    const read = async () =>
      (await api.ask(`{ node(id: "${apiKey.id}") { ... on ApiKey { lastUsedAt } } }`)).data.node.lastUsedAt;
    while ((await read()) === null) await sleep(10);
    expect(await read()).toMatch(/T\d\d:\d\d:00\.000Z$/);
    await api.ask(`mutation { revokeApiKey(input: { apiKeyId: "${apiKey.id}" }) { apiKey { revokedAt } } }`);
    expect(await viewer(`Bearer ${key}`)).toBe('401 UNAUTHENTICATED the API key "mine" was revoked; use another one');
  });

  it('stops when it expires, even while it is remembered', async () => {
    const expiresAt = new Date(Date.now() + 1500).toISOString();
    const { data } = await api.ask(
      `mutation { createApiKey(input: { name: "short", scopes: [READ], expiresAt: "${expiresAt}" }) { key } }`,
    );
    expect(await viewer(`Bearer ${data.createApiKey.key}`)).toBe('admin');
    await sleep(1600);
    expect(await viewer(`Bearer ${data.createApiKey.key}`)).toBe(
      `401 UNAUTHENTICATED the API key "short" expired at ${expiresAt}; use another one`,
    );
  });

  it('is kept as a hash only', async () => {
    const { rows } = await api.services.database.pool.query('SELECT * FROM api_key');
    expect(JSON.stringify(rows)).not.toContain(api.admin.key.slice(-22));
    expect(rows.every((row: { secret_hash: Buffer }) => row.secret_hash.length === 32)).toBe(true);
  });

  it('for somebody else is made by administrators only', async () => {
    const ada = await api.createUser('ada');
    const make = (key?: string) =>
      api.ask('mutation { createApiKey(input: { name: "k", scopes: [READ], userName: "ada" }) { key } }', {}, key);
    expect(await viewer(`Bearer ${(await make()).data.createApiKey.key}`)).toBe('ada');
    const grace = await api.createUser('grace');
    expect((await make(grace.key)).errors?.[0]?.extensions).toEqual({
      code: 'FORBIDDEN',
      argumentPath: ['input', 'userName'],
    });
    expect((await make(ada.key)).data.createApiKey.key).toMatch(/^summa_/);
  });
});

describe('the first user', () => {
  it('is made once by servers that start at once, and has the key that the operator chose, also later', async () => {
    const test = await createTestDatabase();
    const log = pino({ level: 'silent' });
    const database = await openDatabase({ url: test.url, log });
    const open = (env = {}) =>
      createServices({ config: parseConfig({ DATABASE_URL: test.url, ...env }), log, database });
    const chosen = `chosen-${'k'.repeat(40)}`;
    const made = await Promise.all(Array.from({ length: 5 }, () => ensureFirstUser(open())));
    expect(made.map((user) => user.userName)).toEqual(Array(5).fill('admin'));
    expect(made.filter((user) => user.apiKey !== null)).toHaveLength(1);
    for (let i = 0; i < 2; i++)
      expect(await ensureFirstUser(open({ SUMMA_API_KEY: chosen }))).toEqual({ userName: 'admin', apiKey: null });
    const services = open();
    const keys = [chosen, made.find((user) => user.apiKey !== null)?.apiKey];
    for (const key of keys)
      expect(await authenticate(services, `Bearer ${key}`)).toMatchObject({ userName: 'admin', administrator: true });
    await database.close();
    await test.drop();
  });
});
