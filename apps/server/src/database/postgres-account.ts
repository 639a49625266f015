import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { StartError } from '../start-error.ts';

const run = promisify(execFile);

/** An account of the operating system under which Postgres runs. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Whether this process may act as another account, and must: Postgres refuses to run as root. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The account for a new database of a server that runs as root: `summa`, which is made when it can be, else one that
 * every system has. Undefined when we are not root: then Postgres runs as we do.
 */
export async function chooseAccount(): Promise<Account | undefined> {
  if (!isRoot()) return undefined;
  const account = (await findAccount('summa')) ?? (await createAccount('summa'));
  const found = account ?? (await findAccount('postgres')) ?? (await findAccount('nobody'));
  if (found !== undefined) return found;
  throw new StartError(
    'POSTGRES_FAILED',
    'Postgres refuses to run as root, and there is no account to run it as; create one named "summa", or set DATABASE_URL',
  );
}

/** The account that owns an existing database folder; undefined when we are not root. */
export async function accountOfOwner(folder: string): Promise<Account | undefined> {
  const { uid, gid } = await stat(folder);
  if (isRoot() && uid !== 0) return { name: `uid ${uid}`, uid, gid };
  if (uid === process.getuid?.() && !isRoot()) return undefined;
  const whose = uid === 0 ? 'root, as whom Postgres refuses to run' : `uid ${uid}`;
  throw new StartError('DATA_DIR_UNUSABLE', `${folder} belongs to ${whose}; give it to the account that runs Summa`);
}

async function findAccount(name: string): Promise<Account | undefined> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  for (const line of passwd.split('\n')) {
    const [account, , uid, gid] = line.split(':');
    if (account === name && Number(uid) > 0) return { name, uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
}

async function createAccount(name: string): Promise<Account | undefined> {
  const attempts = [
    [
      'useradd',
      '--system',
      '--user-group',
      '--no-create-home',
      '--home-dir',
      '/nonexistent',
      '--shell',
      '/bin/false',
      name,
    ],
    ['adduser', '-S', '-D', '-H', '-s', '/bin/false', name],
  ];
  for (const [command = '', ...args] of attempts) {
    const created = await run(command, args).then(
      () => true,
      () => false,
    );
    if (created) return findAccount(name);
  }
  return undefined;
}
