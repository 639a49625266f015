import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CredentialsError,
  credentialsFile,
  readCredentials,
  withKey,
  withoutServer,
  writeCredentials,
} from './credentials.ts';
import { settleServer } from './stored-login.ts';

const A = { apiKey: 'key-a', user: 'ada' };
const credentials = {
  current: 'http://a:1',
  servers: { 'http://a:1': A, 'https://b/summa': { apiKey: 'key-b', user: 'ben' } },
};

describe('which server a command means', () => {
  it.each([
    ['the one signed in to', {}, {}, { url: 'http://a:1', apiKey: 'key-a' }],
    [
      'SUMMA_URL before that, with the key for it',
      {},
      { SUMMA_URL: 'https://b/summa/' },
      { url: 'https://b/summa', apiKey: 'key-b' },
    ],
    ['--url before both', { url: 'http://c' }, { SUMMA_URL: 'https://b/summa' }, { url: 'http://c' }],
    ['SUMMA_API_KEY before the key that is kept', {}, { SUMMA_API_KEY: 'env' }, { url: 'http://a:1', apiKey: 'env' }],
    ['--key before all', { key: 'given' }, { SUMMA_API_KEY: 'env' }, { url: 'http://a:1', apiKey: 'given' }],
    ['an empty variable is none', {}, { SUMMA_URL: '', SUMMA_API_KEY: '' }, { url: 'http://a:1', apiKey: 'key-a' }],
  ])('is %s', (_, choice, env, settled) => {
    expect(settleServer(choice, env, credentials)).toEqual(settled);
  });

  it('is the local one, without a key, where nobody signed in', () => {
    expect(settleServer({}, {}, { current: null, servers: {} })).toEqual({ url: 'http://127.0.0.1:4000' });
  });
});

describe('credentials', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'summa-credentials-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are kept below XDG_CONFIG_HOME where only this account can read them', async () => {
    const file = credentialsFile({ XDG_CONFIG_HOME: folder });
    expect(file).toBe(join(folder, 'summa', 'credentials.json'));
    expect(readCredentials(file)).toEqual({ current: null, servers: {} });
    await writeCredentials(file, credentials);
    expect(readCredentials(file)).toEqual(credentials);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('are one for each server; the last one that was signed in to is meant', () => {
    const more = withKey(credentials, 'http://c', A);
    expect(more).toEqual({ current: 'http://c', servers: { ...credentials.servers, 'http://c': A } });
    expect(withoutServer(more, 'http://c')).toEqual({ current: null, servers: credentials.servers });
    expect(withoutServer(more, 'http://a:1').current).toBe('http://c');
  });

  it.each(['', '[]', '{"servers": {"http://a": 1}}', '{"current": "x"}'])(
    'that read %j are damaged, and kept',
    async (text) => {
      const file = join(folder, 'credentials.json');
      await writeFile(file, text);
      expect(() => readCredentials(file)).toThrow(CredentialsError);
      expect(() => readCredentials(file)).toThrow(`${file} is damaged; remove it and sign in again`);
      expect(await readFile(file, 'utf8')).toBe(text);
    },
  );
});
