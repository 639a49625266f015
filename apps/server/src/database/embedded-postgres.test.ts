import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import pino from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { createTestFolder } from '../testing/test-folder.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { findPostgresFolder } from './postgres-folder.ts';
import { startPostmaster, stopPostmaster } from './postmaster.ts';
import { isPostgresOf } from './process-identity.ts';

const log = pino({ level: 'silent' });
const folders: string[] = [];
const children: ChildProcess[] = [];

async function newDataDir(): Promise<string> {
  const folder = await createTestFolder('embedded');
  folders.push(folder);
  return join(folder, 'data');
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A server in a process of its own, so that it can be killed. */
async function startInChild(dataDir: string): Promise<{ child: ChildProcess; url: string; postgresPid: number }> {
  const script = fileURLToPath(new URL('../testing/embedded-postgres-process.ts', import.meta.url));
  const child = fork(script, [dataDir], { execArgv: ['--import', 'tsx', '--conditions=@summa/source'] });
  children.push(child);
  const [message] = await once(child, 'message');
  return { child, ...(message as { url: string; postgresPid: number }) };
}

async function socketsIn({ root }: EmbeddedPostgres): Promise<string[]> {
  return (await readdir(join(root, 'data'))).filter((name) => name.startsWith('.s.')).sort();
}

const HOW_CONNECTED = 'SELECT inet_client_addr() IS NULL AS "bySocket"';

async function killNow(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await condition().catch(() => false))) {
    if (Date.now() > deadline) throw new Error('waited for 20 seconds in vain');
    await sleep(50);
  }
}

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe('an embedded Postgres', () => {
  it('keeps its data over a restart, and commits durably', async () => {
    const dataDir = await newDataDir();
    const first = await startEmbeddedPostgres({ dataDir, log });
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const [settings] = await query(
      first.url,
      `SELECT current_setting('synchronous_commit') sync, current_setting('fsync') fsync, current_setting('server_encoding') encoding,
              current_setting('listen_addresses') listens, split_part(version(), ' ', 2) >= '18' AS recent`,
    );
    expect(settings).toEqual({ sync: 'on', fsync: 'on', encoding: 'UTF8', listens: '127.0.0.1', recent: true });
    await first.stop();
    const second = await startEmbeddedPostgres({ dataDir, log });
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await second.stop();
    expect(await isPostgresOf(second.pid(), join(second.root, 'data'))).toBe(false);
  });

  it('lets nobody in without its password, which only this account can read', async () => {
    const dataDir = await newDataDir();
    const postgres = await startEmbeddedPostgres({ dataDir, log, durable: false });
    const url = new URL(postgres.url);
    url.password = 'guessed';
    await expect(query(url.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
    expect((await stat(join(postgres.root, 'password'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(postgres.root, 'data'))).mode & 0o777).toBe(0o700);
    await postgres.stop();
  });

  it('runs beside another one on another folder', async () => {
    const options = await Promise.all([newDataDir(), newDataDir()]);
    const both = await Promise.all(options.map((dataDir) => startEmbeddedPostgres({ dataDir, log, durable: false })));
    const ports = both.map(({ url }) => new URL(url).port);
    expect(ports[0]).not.toBe(ports[1]);
    await Promise.all(both.map(({ url }) => query(url, 'SELECT 1')));
    await Promise.all(both.map((postgres) => postgres.stop()));
  });

  it('refuses a folder that a live server has, and leaves that one alone', async () => {
    const dataDir = await newDataDir();
    const first = await startEmbeddedPostgres({ dataDir, log, durable: false });
    await expect(startEmbeddedPostgres({ dataDir, log })).rejects.toMatchObject({
      code: 'DATA_DIR_IN_USE',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    expect(await query(first.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await first.stop();
  });

  it('gives the folder to exactly one of several that start at once', async () => {
    const dataDir = await newDataDir();
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => startEmbeddedPostgres({ dataDir, log, durable: false })),
    );
    const started = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(started).toHaveLength(1);
    await started[0]?.stop();
  });
});

describe('the Unix socket of an embedded Postgres', () => {
  it('leads to the same database, with the password, and only through a folder that is closed to others', async () => {
    const postgres = await startEmbeddedPostgres({ dataDir: await newDataDir(), log, durable: false });
    expect(await query(postgres.socketUrl, HOW_CONNECTED)).toEqual([{ bySocket: true }]);
    expect(await query(postgres.url, HOW_CONNECTED)).toEqual([{ bySocket: false }]);
    const guessed = new URL(postgres.socketUrl);
    guessed.password = 'guessed';
    await expect(query(guessed.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
    const { port } = new URL(postgres.url);
    expect(await socketsIn(postgres)).toEqual([`.s.PGSQL.${port}`, `.s.PGSQL.${port}.lock`]);
    await postgres.stop();
    expect(await socketsIn(postgres)).toEqual([]);
  });

  it('is left out where the path of the data folder is too long for one', async () => {
    const dataDir = join(await newDataDir(), 'a'.repeat(80));
    await mkdir(dataDir, { recursive: true });
    const postgres = await startEmbeddedPostgres({ dataDir, log, durable: false });
    expect(postgres.socketUrl).toBe(postgres.url);
    expect(await query(postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await postgres.stop();
  });

  it('is left out where the folder cannot have one', async () => {
    const dataDir = await newDataDir();
    await (await startEmbeddedPostgres({ dataDir, log, durable: false })).stop();
    const { root, account } = await findPostgresFolder(dataDir);
    const data = await realpath(join(root, 'data'));
    const { dir: binaries } = await findPostgresBinaries(account);
    const logFile = join(root, 'postgres.log');
    const socketDir = join(root, 'there is no such folder');
    const postmaster = await startPostmaster({ binaries, data, logFile, account, settings: {}, socketDir });
    expect(postmaster.socketDir).toBeUndefined();
    await stopPostmaster(postmaster.pid, data);
  });
});

describe('after a kill -9', () => {
  it('of the server alone, the Postgres left behind is replaced and the committed rows are there', async () => {
    const dataDir = await newDataDir();
    const killed = await startInChild(dataDir);
    await query(killed.url, 'CREATE TABLE acknowledged AS SELECT generate_series(1, 1000) AS row');
    await killNow(killed.child);
    const next = await startEmbeddedPostgres({ dataDir, log });
    expect(next.pid()).not.toBe(killed.postgresPid);
    expect(await query(next.url, 'SELECT count(*)::int AS rows FROM acknowledged')).toEqual([{ rows: 1000 }]);
    await next.stop();
  });

  it('of the server and of Postgres, the stale locks are recovered and the committed rows are there', async () => {
    const dataDir = await newDataDir();
    const killed = await startInChild(dataDir);
    await query(killed.url, 'CREATE TABLE acknowledged AS SELECT generate_series(1, 1000) AS row');
    await killNow(killed.child);
    process.kill(killed.postgresPid, 'SIGKILL');
    const next = await startEmbeddedPostgres({ dataDir, log });
    expect(await query(next.url, 'SELECT count(*)::int AS rows FROM acknowledged')).toEqual([{ rows: 1000 }]);
    expect(await socketsIn(next)).toHaveLength(2);
    await next.stop();
  });

  it('of Postgres alone, it comes back on the same port and socket by itself', async () => {
    const postgres = await startEmbeddedPostgres({ dataDir: await newDataDir(), log });
    await query(postgres.url, 'CREATE TABLE acknowledged AS SELECT 1 AS row');
    const before = postgres.pid();
    process.kill(before, 'SIGKILL');
    // The old one may answer once more before the signal reaches it.
    await until(async () => postgres.pid() !== before);
    await until(async () => (await query(postgres.url, 'SELECT row FROM acknowledged')).length === 1);
    expect(await query(postgres.socketUrl, HOW_CONNECTED)).toEqual([{ bySocket: true }]);
    await postgres.stop();
  });

  it('a stale pid file that names a process of somebody else neither blocks the start nor ends that process', async () => {
    const dataDir = await newDataDir();
    const first = await startEmbeddedPostgres({ dataDir, log });
    await first.stop();
    const bystander = fork(fileURLToPath(new URL('../testing/bystander.mjs', import.meta.url)));
    children.push(bystander);
    const stale = `${bystander.pid}\n${first.root}/data\n1700000000\n5432\n\n127.0.0.1\n  1234 5678\nready   \n`;
    await writeFile(join(first.root, 'data/postmaster.pid'), stale);
    const second = await startEmbeddedPostgres({ dataDir, log });
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(bystander.exitCode).toBeNull();
    await second.stop();
  });
});

describe('a data folder of another version', () => {
  it('that is newer is refused, and says what to do', async () => {
    const dataDir = await newDataDir();
    const postgres = await startEmbeddedPostgres({ dataDir, log, durable: false });
    await postgres.stop();
    await writeFile(join(postgres.root, 'data/PG_VERSION'), '99\n');
    await expect(startEmbeddedPostgres({ dataDir, log })).rejects.toMatchObject({
      code: 'DATABASE_NEWER',
      message: expect.stringMatching(/Postgres 99.*start the newer version/),
    });
  });
});

const asRoot = process.getuid?.() === 0;

describe.runIf(asRoot)('as root', () => {
  it('runs Postgres as another account, also when the folder is closed to all others', async () => {
    const dataDir = await newDataDir();
    await mkdir(dataDir);
    await chmod(join(dataDir, '..'), 0o700);
    let postgres: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir, log });
    folders.push(postgres.root);
    expect(postgres.root).toMatch(/^\/var\/(lib|tmp)\/summa\//);
    await query(postgres.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    expect((await stat(`/proc/${postgres.pid()}`)).uid).not.toBe(0);
    await postgres.stop();
    postgres = await startEmbeddedPostgres({ dataDir, log });
    expect(await query(postgres.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await postgres.stop();
  });

  const script = fileURLToPath(new URL('../testing/embedded-postgres-once.ts', import.meta.url));
  const asNobody = (...command: string[]) =>
    spawnSync('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', ...command], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      encoding: 'utf8',
    });
  // A checkout in root's home cannot be run by anybody else.
  const canRun = asRoot && asNobody(process.execPath, '-e', `fs.readFileSync(${JSON.stringify(script)})`).status === 0;

  it.runIf(canRun)('works as well for a normal user, in that user’s own folder', async () => {
    const dataDir = await newDataDir();
    await mkdir(dataDir);
    await chmod(join(dataDir, '..'), 0o777);
    await chmod(dataDir, 0o777);
    const result = asNobody(process.execPath, '--import', 'tsx', '--conditions=@summa/source', script, dataDir);
    expect([result.status, JSON.parse(result.stdout || '{}')]).toEqual([0, { answer: 42, uid: 65534 }]);
    expect((await stat(join(dataDir, 'postgres/data'))).uid).toBe(65534);
    expect(await readFile(join(dataDir, 'postgres/password'), 'utf8')).toMatch(/^[\w-]{32}$/);
  });
});
