import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SETTINGS } from '../config.ts';
import { isAlive } from '../database/process-identity.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createTestFolder } from '../testing/test-folder.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const started: ChildProcess[] = [];
const folders: string[] = [];

async function newFolder(): Promise<string> {
  const folder = await createTestFolder('cli');
  folders.push(folder);
  return join(folder, 'data');
}

/** A command line in a process of its own, and in a group of its own so that a test can press Ctrl-C on all of it. */
function summa(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--conditions=@summa/source', '--import', 'tsx', main, ...args], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  });
  started.push(child);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const closed = once(child, 'close').then(([code]) => ({ code, stdout, stderr }));
  const waitFor = async (pattern: RegExp): Promise<RegExpMatchArray> => {
    for (;;) {
      const match = stdout.match(pattern);
      if (match) return match;
      if (child.exitCode !== null) throw new Error(`ended early:\n${stdout}${stderr}`);
      await sleep(20);
    }
  };
  return { child, closed, waitFor };
}

/** Follows a link that signs in. @returns whose session it gives; null when it gives none */
async function signInWith(link: string): Promise<string | null> {
  const answer = await fetch(link, { redirect: 'manual' });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0];
  if (cookie === undefined) return null;
  const session = await fetch(new URL('/api/session', link), { headers: { cookie } });
  return (await session.json()).userName;
}

afterAll(async () => {
  for (const child of started) child.kill('SIGKILL');
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe('summa --help', () => {
  it('lists the commands and every environment variable', async () => {
    const { code, stdout } = await summa(['--help']).closed;
    expect(code).toBe(0);
    for (const word of ['serve', 'migrate', ...Object.values(SETTINGS).map(({ name }) => name)]) {
      expect(stdout).toContain(word);
    }
  });

  it('of a command lists what that command reads', async () => {
    const { code, stdout } = await summa(['migrate', '--help']).closed;
    expect(code).toBe(0);
    expect(stdout).toContain('DATABASE_URL');
    expect(stdout).not.toContain('SUMMA_API_KEY');
  });
});

describe('summa serve', () => {
  it('makes a key at its first start, stops cleanly on SIGTERM, and finds key and data at its second', async () => {
    const env = { PORT: '0', SUMMA_DATA_DIR: await newFolder() };
    const first = summa([], env);
    const [, key = '', file = ''] = await first.waitFor(/API key\s+(summa_\S+)\s+\(kept in (\S+)\)/);
    const [, url = ''] = await first.waitFor(/Schema\s+(\S+)\/schema\.graphql/);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect((await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${key}` } })).status).toBe(200);
    expect((await fetch(`${url}/metrics`)).status).toBe(401);
    expect((await readFile(file, 'utf8')).trim()).toBe(key);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const [, link = ''] = await first.waitFor(/Sign in\s+(\S+\/sign-in\/\S+)\s+\(once, within ten minutes\)/);
    expect(await signInWith(link)).toBe('admin');
    expect(await signInWith(link)).toBeNull();
    const postgresPid = Number(
      (await readFile(join(env.SUMMA_DATA_DIR, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')[0],
    );
    first.child.kill('SIGTERM');
    const ended = await first.closed;
    expect(ended.code).toBe(0);
    expect(ended.stderr).not.toContain(key);
    expect(isAlive(postgresPid)).toBe(false);

    const second = summa(['serve'], env);
    await second.waitFor(new RegExp(`API key\\s+in ${file}`));
    const [, secondLink = ''] = await second.waitFor(/Sign in\s+(\S+\/sign-in\/\S+)/);
    expect(await signInWith(secondLink)).toBe('admin');
    const [, secondUrl = ''] = await second.waitFor(/Schema\s+(\S+)\/schema\.graphql/);
    expect((await fetch(`${secondUrl}/metrics`, { headers: { authorization: `Bearer ${key}` } })).status).toBe(200);
    // Ctrl-C on a terminal: SIGINT to every process of the group.
    process.kill(-(second.child.pid ?? 0), 'SIGINT');
    expect((await second.closed).code).toBe(0);
  });

  it('prints no link that signs in when others than this machine may reach it, or when it knows no key', async () => {
    const env = { PORT: '0', SUMMA_DATA_DIR: await newFolder() };
    const open = summa([], { ...env, HOST: '0.0.0.0' });
    const [, file = ''] = await open.waitFor(/API key\s+summa_\S+\s+\(kept in (\S+)\)/);
    await open.waitFor(/Sign in\s+http:\/\/\S+ with an API key\n/);
    open.child.kill('SIGTERM');
    expect((await open.closed).stdout).not.toContain('/sign-in/');
    await rm(file);
    const unknown = summa([], env);
    await unknown.waitFor(/Sign in\s+http:\/\/\S+ with an API key\n/);
    unknown.child.kill('SIGTERM');
    expect((await unknown.closed).stdout).not.toContain('/sign-in/');
  });

  it('takes the key that the operator chose', async () => {
    const SUMMA_API_KEY = 'automation-key-0123456789-0123456789-0123456789';
    const server = summa([], { PORT: '0', SUMMA_DATA_DIR: await newFolder(), SUMMA_API_KEY });
    const [, url = ''] = await server.waitFor(/Schema\s+(\S+)\/schema\.graphql/);
    await server.waitFor(/API key\s+the one in SUMMA_API_KEY/);
    expect((await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${SUMMA_API_KEY}` } })).status).toBe(200);
    server.child.kill('SIGTERM');
    expect((await server.closed).code).toBe(0);
  });
});

describe('a start that cannot succeed ends with code 1 and one line that says why', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  // What is on stderr apart from the log, which is JSON lines.
  const complaint = (stderr: string) => stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{'));

  it('when settings are wrong', async () => {
    const { code, stderr } = await summa([], { PORT: 'http', SUMMA_LOG_LEVEL: 'loud' }).closed;
    expect([code, complaint(stderr)]).toEqual([
      1,
      [expect.stringMatching(/^summa: PORT must be .*; SUMMA_LOG_LEVEL must be /)],
    ]);
  });

  it('when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const { code, stderr } = await summa([], {
      PORT: String(port),
      DATABASE_URL: database.url,
      SUMMA_DATA_DIR: await newFolder(),
    }).closed;
    other.close();
    expect([code, complaint(stderr)]).toEqual([
      1,
      [`summa: port ${port} of 127.0.0.1 is taken by another program; set PORT to another one`],
    ]);
  });

  it('when the database does not answer, without its password', async () => {
    const { code, stderr } = await summa([], { DATABASE_URL: 'postgresql://me:hunter2@127.0.0.1:1/runs' }).closed;
    expect([code, complaint(stderr)]).toEqual([
      1,
      [
        expect.stringMatching(
          /^summa: the database runs on 127\.0\.0\.1:1 cannot be reached: .*ECONNREFUSED.*; check DATABASE_URL$/,
        ),
      ],
    ]);
    expect(stderr).not.toContain('hunter2');
  });

  // An external test server may trust everybody.
  it.runIf(process.env.SUMMA_TEST_DATABASE_URL === undefined)('when the database refuses the password', async () => {
    const url = new URL(database.url);
    url.password = 'wrong';
    const { code, stderr } = await summa([], { DATABASE_URL: url.href }).closed;
    expect([code, complaint(stderr)]).toEqual([
      1,
      [expect.stringMatching(/cannot be reached: password authentication failed/)],
    ]);
  });

  it('when the database is of a newer version', async () => {
    const newer = await createTestDatabase();
    const client = new pg.Client({ connectionString: newer.url });
    await client.connect();
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ('x', 'x', '29990101000000_from_the_future', now(), 1)`,
    );
    await client.end();
    const { code, stderr } = await summa(['migrate'], { DATABASE_URL: newer.url }).closed;
    await newer.drop();
    expect([code, complaint(stderr)]).toEqual([
      1,
      [expect.stringMatching(/newer version of Summa \(migration 29990101000000_from_the_future\)/)],
    ]);
  });
});

describe('summa migrate', () => {
  it('brings an empty database up to date, then says that it is', async () => {
    const empty = await createTestDatabase({ migrated: false });
    const first = await summa(['migrate'], { DATABASE_URL: empty.url }).closed;
    expect([first.code, first.stdout]).toEqual([0, expect.stringMatching(/was brought up to date: \d{14}_foundation/)]);
    const second = await summa(['migrate'], { DATABASE_URL: empty.url }).closed;
    expect([second.code, second.stdout]).toEqual([0, expect.stringMatching(/is up to date\n$/)]);
    await empty.drop();
  });
});
