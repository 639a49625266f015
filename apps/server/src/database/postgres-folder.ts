import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StartError } from '../start-error.ts';
import { type Account, accountOfOwner, chooseAccount } from './postgres-account.ts';

/** Where one embedded database lies, and as whom it runs. */
export interface PostgresFolder {
  /** Holds `data/`, `password` and `postgres.log`. */
  readonly root: string;
  /** Undefined: as we do. */
  readonly account: Account | undefined;
  /** The major version that made the data, undefined when there is none yet. */
  readonly major: number | undefined;
}

/**
 * Finds the folder of the database that belongs to a data folder: inside it, or, when the account of Postgres cannot
 * reach that (root's home is closed to others), below /var/lib/summa under a name made from its path. Where data exists
 * already, that place is kept. A database that the account can no longer reach is DATA_DIR_UNUSABLE.
 */
export async function findPostgresFolder(dataDir: string): Promise<PostgresFolder> {
  const candidates = await candidateRoots(dataDir);
  for (const root of candidates) {
    const major = await dataVersion(root);
    if (major === undefined) continue;
    const account = await accountOfOwner(join(root, 'data'));
    if (await canEnter(root, account)) return { root, account, major };
    throw new StartError(
      'DATA_DIR_UNUSABLE',
      `${root} holds the database, but ${account?.name} cannot reach it; open the folders above it (chmod o+x)`,
    );
  }
  const account = await chooseAccount();
  for (const root of candidates) {
    if (await prepare(root, account)) return { root, account, major: undefined };
  }
  throw new StartError(
    'DATA_DIR_UNUSABLE',
    `no folder for the database: tried ${candidates.join(', ')}; set SUMMA_DATA_DIR`,
  );
}

async function candidateRoots(dataDir: string): Promise<string[]> {
  const inside = join(dataDir, 'postgres');
  if (process.getuid?.() !== 0) return [inside];
  const path = await realpath(dataDir);
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 12);
  const name = `${basename(dirname(path)).replaceAll(/[^\w-]/g, '') || 'data'}-${hash}`;
  return [inside, join('/var/lib/summa', name), join('/var/tmp/summa', name)];
}

async function dataVersion(root: string): Promise<number | undefined> {
  const text = await readFile(join(root, 'data/PG_VERSION'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Number.parseInt(text, 10);
}

async function prepare(root: string, account: Account | undefined): Promise<boolean> {
  try {
    await mkdir(root, { recursive: true, mode: 0o755 });
    if (account !== undefined) await chmod(root, 0o755);
  } catch {
    return false;
  }
  return canEnter(root, account);
}

function canEnter(folder: string, account: Account | undefined): Promise<boolean> {
  const identity = account === undefined ? {} : { uid: account.uid, gid: account.gid };
  return new Promise((resolve) => {
    const child = execFile('/bin/sh', ['-c', 'cd "$0"', folder], { cwd: '/', ...identity }, (error) =>
      resolve(error === null),
    );
    child.on('error', () => resolve(false));
  });
}
