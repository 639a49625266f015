import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../start-error.ts';
import type { Account } from './postgres-account.ts';
import { isAlive, isPostgresOf } from './process-identity.ts';
import { clearSockets } from './socket-folder.ts';

/** How to run one Postgres server. */
export interface PostmasterOptions {
  binaries: string;
  /** The data folder, as its real path. */
  data: string;
  logFile: string;
  account: Account | undefined;
  settings: Readonly<Record<string, string>>;
  /** A port to use again; a free one when undefined. */
  port?: number | undefined;
  /** The folder of a Unix socket to listen on beside the port; none when undefined. */
  socketDir?: string | undefined;
  /** Called every few seconds while Postgres recovers from a crash. */
  onWaiting?: () => void;
}

/** A Postgres server that accepts connections on 127.0.0.1. */
export interface Postmaster {
  readonly port: number;
  /** The folder of its Unix socket, if it has one. */
  readonly socketDir: string | undefined;
  readonly pid: number;
  /** Resolves when the process has ended, for whatever reason. */
  readonly exited: Promise<void>;
}

const MAX_LOG_BYTES = 10_000_000;

/**
 * Starts Postgres in a session of its own (Ctrl-C on our terminal must not end it under us) and waits until it accepts
 * connections. Tries again on another port when the port is taken, and while the last server's processes are ending;
 * and without a socket where the folder cannot have one, as on some file systems.
 */
export async function startPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  await rotateLog(options.logFile);
  let { socketDir } = options;
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    const logFrom = await fileSize(options.logFile);
    const { child, exited } = await spawnPostmaster({ ...options, socketDir }, port);
    if (await becomesReady(child, options)) return { port, socketDir, pid: child.pid ?? 0, exited };
    const log = (await readFile(options.logFile, 'utf8')).slice(logFrom);
    // Whoever asks for a port counts on what was there before.
    if (options.port === undefined && socketDir !== undefined && /\.s\.PGSQL\.|Unix-domain/.test(log)) {
      socketDir = undefined;
      continue;
    }
    const passing =
      /address already in use|could not bind|pre-existing shared memory|lock file .* already exists/i.test(log);
    if (!passing || attempt === 20) throw startFailure(options.logFile, log);
    await sleep(250);
  }
}

/** Stops a Postgres server: fast (open transactions are rolled back, a checkpoint is written), then harder when it takes long. */
export async function stopPostmaster(pid: number, data: string): Promise<void> {
  const ways: [NodeJS.Signals, number][] = [
    ['SIGINT', 60_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5_000],
  ];
  for (const [signal, patienceMs] of ways) {
    if (!(await isPostgresOf(pid, data))) return;
    process.kill(pid, signal);
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline && (await isPostgresOf(pid, data))) await sleep(25);
  }
}

/**
 * Clears the way after a server that was killed: a Postgres that still runs on this folder is stopped, and a pid file
 * that now names some other process is removed. What Postgres itself tells stale is left to it. True when one was stopped.
 */
export async function stopOrphan(data: string): Promise<boolean> {
  const file = await readPidFile(data);
  if (file === undefined) return false;
  if (await isPostgresOf(file.pid, data)) {
    await stopPostmaster(file.pid, data);
    return true;
  }
  if (isAlive(file.pid)) await rm(join(data, 'postmaster.pid'), { force: true });
  return false;
}

async function spawnPostmaster(options: PostmasterOptions, port: number) {
  if (options.socketDir !== undefined) await clearSockets(options.socketDir);
  const log = await open(options.logFile, 'a', 0o600);
  const settings = {
    ...options.settings,
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: options.socketDir ?? '',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(join(options.binaries, 'bin/postgres'), ['-D', options.data, ...args], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: postgresEnvironment,
    ...(options.account && { uid: options.account.uid, gid: options.account.gid }),
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  child.unref();
  await log.close();
  return { child, exited };
}

/** What Postgres and initdb see of the environment: nothing of ours, so that a PGDATA or LANG of the shell changes nothing. */
export const postgresEnvironment = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

async function becomesReady(child: ChildProcess, options: PostmasterOptions): Promise<boolean> {
  let lastReport = Date.now();
  while (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    const file = await readPidFile(options.data);
    if (file?.pid === child.pid && file.status === 'ready') return true;
    if (Date.now() - lastReport > 3_000) {
      options.onWaiting?.();
      lastReport = Date.now();
    }
    await sleep(20);
  }
  return false;
}

async function readPidFile(data: string): Promise<{ pid: number; status: string } | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  // Lines: pid, data folder, start, port, socket folder, address, shared memory, status.
  const lines = text.split('\n');
  return { pid: Number(lines[0]), status: lines[7]?.trim() ?? '' };
}

function startFailure(logFile: string, log: string): StartError {
  const reason = log.match(/(?:FATAL|PANIC):\s*(.*)/)?.[1] ?? log.trim().split('\n').at(-1) ?? '';
  return new StartError(
    'POSTGRES_FAILED',
    `Postgres did not start: ${reason || 'it said nothing'} (its log: ${logFile})`,
  );
}

async function rotateLog(logFile: string): Promise<void> {
  if ((await fileSize(logFile)) > MAX_LOG_BYTES) await rename(logFile, `${logFile}.1`);
}

async function fileSize(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
