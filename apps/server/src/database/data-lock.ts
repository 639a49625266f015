import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '../start-error.ts';
import { startOfProcess } from './process-identity.ts';

/** Holds a data folder for one server. */
export interface DataLock {
  release(): Promise<void>;
}

/**
 * Takes the data folder for this process, making it when it does not exist. DATA_DIR_IN_USE when a live server has it;
 * the lock of one that was killed is taken over.
 */
export async function lockDataDir(dataDir: string): Promise<DataLock> {
  const path = join(dataDir, 'server.lock');
  await mkdir(dataDir, { recursive: true });
  const mine = `${path}.${randomUUID()}`;
  const content = `${process.pid} ${await startOfProcess(process.pid)}\n`;
  await writeFile(mine, content, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 20; attempt++) {
      if (await tryLink(mine, path)) return { release: () => releaseLock(path, content) };
      await removeIfStale(path, dataDir);
    }
    throw new StartError('DATA_DIR_IN_USE', `${path} cannot be taken; remove it when no Summa runs on ${dataDir}`);
  } finally {
    await rm(mine, { force: true });
  }
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function removeIfStale(path: string, dataDir: string): Promise<void> {
  const seen = await readFile(path, 'utf8').catch(() => undefined);
  if (seen === undefined) return;
  const [pid = '', ...start] = seen.trim().split(' ');
  if ((await startOfProcess(Number(pid))) === start.join(' ')) {
    throw new StartError(
      'DATA_DIR_IN_USE',
      `another Summa (process ${pid}) runs on ${dataDir}; stop it, or set SUMMA_DATA_DIR to another folder`,
    );
  }
  const aside = `${path}.stale-${randomUUID()}`;
  await rename(path, aside).catch(() => undefined);
  // Between the look and the move another server may have taken the lock: then it gets it back.
  const moved = await readFile(aside, 'utf8').catch(() => undefined);
  if (moved !== undefined && moved !== seen) await tryLink(aside, path);
  await rm(aside, { force: true });
}

async function releaseLock(path: string, content: string): Promise<void> {
  const current = await readFile(path, 'utf8').catch(() => undefined);
  if (current === content) await rm(path, { force: true });
}
