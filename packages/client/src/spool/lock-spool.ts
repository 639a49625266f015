import { open, readFile, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { lifeOf, type ProcessIdentity, thisProcess } from './process-identity.ts';

/** Nobody takes as long to write a lock. */
const WRITING_MS = 3_000;
const LOOK_AGAIN_MS = 50;

/**
 * Takes a spool for this process alone, until it is disposed; null when another process that still runs has it. One that
 * ended without letting go does not count, nor one that was killed while it took the spool: that is waited for, some seconds.
 */
export async function lockSpool(path: string): Promise<AsyncDisposable | null> {
  const lock = `${path}.lock`;
  while (!(await writeNew(lock))) {
    const state = await stateOf(lock);
    if (state === 'held') return null;
    if (state === 'abandoned') await rm(lock, { force: true });
    if (state === 'unclear') await sleep(LOOK_AGAIN_MS);
  }
  return { [Symbol.asyncDispose]: () => rm(lock, { force: true }) };
}

async function writeNew(lock: string): Promise<boolean> {
  try {
    await using handle = await openNew(lock);
    await handle.file.writeFile(JSON.stringify(thisProcess()));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function openNew(lock: string) {
  const file = await open(lock, 'wx');
  return { file, [Symbol.asyncDispose]: () => file.close() };
}

/** Unclear while it is just being written, or was let go this moment. */
async function stateOf(lock: string): Promise<'held' | 'abandoned' | 'unclear'> {
  try {
    const owner: ProcessIdentity = JSON.parse(await readFile(lock, 'utf8'));
    return lifeOf(owner) === 'dead' ? 'abandoned' : 'held';
  } catch {
    // Somebody who was killed before it was written whole never will.
    const { mtimeMs } = await stat(lock).catch(() => ({ mtimeMs: Date.now() }));
    return Date.now() - mtimeMs > WRITING_MS ? 'abandoned' : 'unclear';
  }
}
