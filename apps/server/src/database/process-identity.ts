import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether a process with this id lives (a zombie still counts). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When the process began, as the system writes it; undefined when it does not live. Tells a process from a later one with the same id. */
export async function startOfProcess(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return outputOfPs(pid, 'lstart');
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The second field is the command in parentheses and may hold anything; the start is the 22nd field.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

/** Whether this id is a Postgres server that runs on this data folder, and not some other process that got the number later. */
export async function isPostgresOf(pid: number, dataFolder: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return (await outputOfPs(pid, 'command'))?.includes(`-D ${dataFolder}`) ?? false;
  const [folder, name] = await Promise.all([
    readlink(`/proc/${pid}/cwd`).catch(() => undefined),
    readFile(`/proc/${pid}/comm`, 'utf8').catch(() => ''),
  ]);
  return folder === dataFolder && name.startsWith('postgres');
}

async function outputOfPs(pid: number, column: string): Promise<string | undefined> {
  const { stdout } = await run('ps', ['-o', `${column}=`, '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.trim() || undefined;
}
