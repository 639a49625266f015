import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@summa/client';
import { createClient as createLogClient } from '@summa/client/log';
import { storedLogin } from '@summa/client/node';
import { createClient as createQueryClient } from '@summa/client/query';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { commandEnvironment, runSumma, SUMMA_ARGUMENTS } from '../support/cli-process.ts';
import { must } from '../support/graphql.ts';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';

const VIEWER = '{ viewer { name } }' as never;

let server: SummaProcess;
let home: string;
beforeAll(async () => {
  server = await startSumma();
});
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'summa-login-'));
});
afterEach(() => rm(home, { recursive: true }));
afterAll(() => server?.[Symbol.asyncDispose]());

describe('summa login', () => {
  it('keeps the key that is piped in, for all commands, where only this account can read it', async () => {
    const signedIn = await summa(['login', '--url', server.url], `${server.apiKey}\n`);
    expect(signedIn).toEqual({
      code: 0,
      stderr: '',
      stdout: `Signed in to ${server.url} as admin. The key is kept in ${file()}.\n`,
    });
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect((await summa(['keys', '--json'])).code).toBe(0);
    expect(await summa(['login', '--show', '--json'])).toMatchObject({ code: 0 });
    expect(JSON.parse((await summa(['login', '--show', '--json'])).stdout)).toEqual([
      { url: server.url, user: 'admin', keyStart: `${server.apiKey.slice(0, 10)}…`, isCurrent: true },
    ]);
  });

  it('keeps the key for programs, too', async () => {
    await summa(['login', '--url', server.url], server.apiKey);
    const client = createClient(await storedLogin({}, { XDG_CONFIG_HOME: home }));
    expect((await client.viewer()).name).toBe('admin');
  });

  describe('is what a client goes by that is given no key', () => {
    beforeEach(async () => {
      for (const [name, value] of [
        ['XDG_CONFIG_HOME', home],
        ...['SUMMA_URL', 'SUMMA_API_KEY'].map((name) => [name, '']),
      ])
        vi.stubEnv(String(name), value);
      await summa(['login', '--url', server.url], server.apiKey);
    });
    afterEach(() => vi.unstubAllEnvs());

    it('with the server, or for the server that is named', async () => {
      expect((await createClient().viewer()).name).toBe('admin');
      expect((await createClient({ url: `${server.url}/` }).viewer()).name).toBe('admin');
      expect(await createQueryClient().execute(VIEWER)).toEqual({ viewer: { name: 'admin' } });
      expect(await createLogClient().execute(VIEWER)).toEqual({ viewer: { name: 'admin' } });
    });

    it('never for another server, nor beside a key or an authorization that is given', async () => {
      const sent: (string | null)[] = [];
      const fetch = async (_url: unknown, init?: RequestInit) => {
        sent.push(new Headers(init?.headers).get('authorization'));
        return Response.json({ data: { viewer: { name: 'nobody' } } });
      };
      for (const options of [
        { url: 'http://elsewhere.example' },
        { url: server.url, apiKey: 'given' },
        { url: server.url, headers: { Authorization: 'Basic given' } },
      ])
        await createQueryClient({ ...options, fetch }).execute(VIEWER);
      expect(sent).toEqual([null, 'Bearer given', 'Basic given']);
    });

    it('unless what is kept is damaged: the file is named', async () => {
      await writeFile(file(), 'nonsense');
      expect(() => createClient()).toThrow(`${file()} is damaged; remove it and sign in again with summa login`);
      expect((await createClient(server).viewer()).name).toBe('admin');
    });
  });

  it('keeps nothing of a key that the server does not know, and exits with 1', async () => {
    const refused = await summa(['login', '--url', server.url], 'summa_no_such_key');
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('UNAUTHENTICATED') });
    expect(existsSync(file())).toBe(false);
  });

  it('takes a key that may only log', async () => {
    const { createApiKey } = await must(
      server,
      'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key } }',
      {
        input: { name: 'job', scopes: ['INGEST'] },
      },
    );
    const signedIn = await summa(['login', '--url', server.url], createApiKey.key);
    expect(signedIn).toMatchObject({ code: 0, stdout: expect.stringContaining('with a key that may only log') });
  });

  it('says that SUMMA_API_KEY goes before what is kept, and it does', async () => {
    const signedIn = await summa(['login', '--url', server.url], server.apiKey, { SUMMA_API_KEY: 'summa_other' });
    expect(signedIn).toMatchObject({ code: 0, stderr: expect.stringContaining('SUMMA_API_KEY is set') });
    const refused = await summa(['keys'], '', { SUMMA_API_KEY: 'summa_other' });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('Try: summa login') });
  });

  it('is undone by summa logout', async () => {
    await summa(['login', '--url', server.url], server.apiKey);
    expect(await summa(['logout'])).toEqual({ code: 0, stderr: '', stdout: `Forgot the key for ${server.url}.\n` });
    expect(await readFile(file(), 'utf8')).not.toContain(server.apiKey);
    expect(await summa(['logout', '--url', server.url])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is no key'),
    });
  });

  // `script` gives a command a terminal of its own.
  describe.runIf(existsSync('/usr/bin/script'))('on a terminal', () => {
    it('asks for the key and does not show what is typed', async () => {
      const { code, screen } = await onTerminal(['login', '--url', server.url], `${server.apiKey}\r`);
      expect([code, screen]).toEqual([0, expect.stringContaining('Signed in to')]);
      expect(screen).toContain(`API key for ${server.url}: `);
      expect(screen).not.toContain(server.apiKey.slice(0, 12));
      expect(await readFile(file(), 'utf8')).toContain(server.apiKey);
    });

    it('is left with Ctrl-C, exit code 130 and nothing kept', async () => {
      const { code, screen } = await onTerminal(['login', '--url', server.url], 'abc\u0003');
      expect([code, screen]).toEqual([130, expect.stringContaining('Nothing was changed.')]);
      expect(existsSync(file())).toBe(false);
    });
  });
});

function file(): string {
  return join(home, 'summa', 'credentials.json');
}

function summa(args: readonly string[], stdin = '', env: Record<string, string> = {}) {
  return runSumma(args, { stdin, env: { XDG_CONFIG_HOME: home, ...env } });
}

/** Runs a command in a terminal, types when it has asked, and resolves to what the terminal showed. */
async function onTerminal(args: readonly string[], typed: string) {
  const command = [process.execPath, ...SUMMA_ARGUMENTS, ...args].map((part) => `'${part}'`).join(' ');
  const child = spawn('/usr/bin/script', ['-qefc', command, '/dev/null'], {
    env: { ...commandEnvironment(), XDG_CONFIG_HOME: home },
    cwd: import.meta.dirname,
  });
  let screen = '';
  let isTyped = false;
  child.stdout.on('data', (text: Buffer) => {
    screen += text.toString();
    if (isTyped || !screen.includes('API key for')) return;
    isTyped = true;
    child.stdin.write(typed);
  });
  const [code] = await once(child, 'close');
  return { code, screen };
}
