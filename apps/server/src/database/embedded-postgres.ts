import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import { StartError } from '../start-error.ts';
import { lockDataDir } from './data-lock.ts';
import { initializePostgres, readPassword } from './initialize-postgres.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { findPostgresFolder, type PostgresFolder } from './postgres-folder.ts';
import { type Postmaster, type PostmasterOptions, startPostmaster, stopOrphan, stopPostmaster } from './postmaster.ts';
import { mayHoldSocket } from './socket-folder.ts';

/** A Postgres server of our own, on 127.0.0.1, for one data folder. */
export interface EmbeddedPostgres {
  /** The database `summa`, with the password. The same for as long as this server lives. */
  readonly url: string;
  /** The same database over a Unix socket, which costs both ends less; as `url` where the folder cannot have one. */
  readonly socketUrl: string;
  /** Where the database lies: inside the data folder, or elsewhere when that is closed to the account of Postgres. */
  readonly root: string;
  /** The process id of Postgres; changes when it had to be started again. */
  pid(): number;
  /** Stops Postgres cleanly and gives the data folder free. Calling it again is harmless. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  dataDir: string;
  log: Logger;
  /** False only for tests: faster, and a crash of the machine loses data. */
  durable?: boolean;
  /** Called when Postgres has ended and could not be started again. */
  onLost?: (error: unknown) => void;
}

/**
 * Starts Postgres on a data folder, making the database when there is none. After `kill -9` of us or of Postgres it
 * recovers, and a Postgres that ends while we run is started again on the same port. DATA_DIR_IN_USE when another live
 * server has the folder; DATABASE_NEWER when a newer Postgres made it.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const lock = await lockDataDir(options.dataDir);
  try {
    const running = await startOnFolder(options);
    let stopped: Promise<void> | undefined;
    return {
      ...running,
      stop() {
        stopped ??= running.stop().finally(() => lock.release());
        return stopped;
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function startOnFolder(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = await findPostgresFolder(options.dataDir);
  const durable = options.durable ?? true;
  const { dir: binaries, major } = await findPostgresBinaries(folder.account);
  checkVersion(folder, major);
  if (folder.major === undefined) await initializePostgres(folder, binaries, durable);
  const data = await realpath(join(folder.root, 'data'));
  if (await stopOrphan(data)) options.log.warn({ data }, 'stopped the Postgres that a killed server left running');
  const password = await readPassword(folder.root);
  const supervisor = await superviseWith(options, {
    binaries,
    data,
    logFile: join(folder.root, 'postgres.log'),
    account: folder.account,
    socketDir: mayHoldSocket(data) ? data : undefined,
    settings: durable ? settings : { ...settings, ...hastySettings },
    onWaiting: () => options.log.info('Postgres is recovering'),
  });
  const server = `postgresql://summa:${password}@127.0.0.1:${supervisor.port}`;
  await createDatabase(`${server}/postgres`, 'summa');
  const url = `${server}/summa`;
  const { socketDir, pid, stop } = supervisor;
  const socketUrl = socketDir === undefined ? url : `${url}?host=${encodeURIComponent(socketDir)}`;
  return { url, socketUrl, root: folder.root, pid, stop };
}

const settings = {
  synchronous_commit: 'on',
  max_connections: '100',
  shared_buffers: '256MB',
  // Short statements only: compiling them costs more than it saves.
  jit: 'off',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_timezone: 'UTC',
};

const hastySettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '128MB' };

function checkVersion(folder: PostgresFolder, major: number): void {
  if (folder.major === undefined || folder.major === major) return;
  const what = `the database in ${folder.root} was made by Postgres ${folder.major}, this version of Summa brings Postgres ${major}`;
  if (folder.major > major) throw new StartError('DATABASE_NEWER', `${what}; start the newer version of Summa`);
  throw new StartError(
    'DATA_DIR_UNUSABLE',
    `${what}; move it with pg_upgrade, or with the Summa that made it and pg_dump`,
  );
}

async function createDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

const RESTARTS_AT_MOST = 5;
const RESTARTS_WITHIN_MS = 60_000;

/** Starts Postgres, and starts it again whenever it ends by itself, but not more than a few times a minute. */
async function superviseWith(options: EmbeddedPostgresOptions, postmaster: PostmasterOptions) {
  let current: Postmaster = await startPostmaster(postmaster);
  const { port, socketDir } = current;
  let stopping = false;
  let restarting: Promise<void> = Promise.resolve();
  const restarts: number[] = [];

  const restart = async () => {
    if (stopping) return;
    options.log.error('Postgres ended unexpectedly; starting it again');
    const recent = restarts.filter((at) => at > Date.now() - RESTARTS_WITHIN_MS).length;
    if (recent >= RESTARTS_AT_MOST)
      throw new StartError('POSTGRES_FAILED', `Postgres keeps ending (its log: ${postmaster.logFile})`);
    restarts.push(Date.now());
    await sleep(100 * 2 ** recent);
    if (stopping) return;
    current = await startPostmaster({ ...postmaster, port, socketDir });
    watch();
  };
  const watch = () => {
    void current.exited.then(() => {
      restarting = restart().catch((error: unknown) => options.onLost?.(error));
    });
  };
  watch();
  return {
    port,
    socketDir,
    pid: () => current.pid,
    async stop() {
      stopping = true;
      await restarting;
      await stopPostmaster(current.pid, postmaster.data);
    },
  };
}
