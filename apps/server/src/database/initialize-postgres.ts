import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { StartError } from '../start-error.ts';
import type { PostgresFolder } from './postgres-folder.ts';
import { postgresEnvironment } from './postmaster.ts';

const run = promisify(execFile);

/**
 * Makes an empty database cluster in `<root>/data` with one role, `summa`, and a random password, kept in
 * `<root>/password` for this account only. It appears whole or not at all: what a killed start left is cleared away.
 */
export async function initializePostgres(folder: PostgresFolder, binaries: string, durable: boolean): Promise<void> {
  const { root, account } = folder;
  await removeDrafts(root);
  const draft = join(root, `draft-${process.pid}`);
  const passwordFile = `${draft}-password`;
  const password = randomBytes(24).toString('base64url');
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account !== undefined) {
    await chown(draft, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  await runInitdb(
    join(binaries, 'bin/initdb'),
    [
      ...['-D', draft, '--username=summa', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      ...['--encoding=UTF8', '--locale=C', '--no-instructions', ...(durable ? [] : ['--no-sync'])],
    ],
    folder,
  );
  await rm(passwordFile);
  await writeFile(join(root, 'password'), password, { mode: 0o600 });
  await rename(draft, join(root, 'data'));
}

/** The password that initializePostgres stored; DATA_DIR_UNUSABLE when its file is gone. */
export async function readPassword(root: string): Promise<string> {
  try {
    return (await readFile(join(root, 'password'), 'utf8')).trim();
  } catch (cause) {
    throw new StartError(
      'DATA_DIR_UNUSABLE',
      `${join(root, 'password')} cannot be read; without it the database cannot be opened`,
      [],
      { cause },
    );
  }
}

async function runInitdb(initdb: string, args: string[], { root, account }: PostgresFolder): Promise<void> {
  const identity = account === undefined ? {} : { uid: account.uid, gid: account.gid };
  try {
    await run(initdb, args, { cwd: '/', env: postgresEnvironment, ...identity });
  } catch (cause) {
    const { stderr = '', message } = cause as Error & { stderr?: string };
    const reason = stderr.match(/(?:error|FATAL):\s*(.*)/)?.[1] ?? message.split('\n')[0];
    throw new StartError('POSTGRES_FAILED', `the database could not be created in ${root}: ${reason}`, [], { cause });
  }
}

async function removeDrafts(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    if (name.startsWith('draft-')) await rm(join(root, name), { recursive: true, force: true });
  }
}
