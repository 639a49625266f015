import { open, readFile, rm, stat } from 'node:fs/promises';
import { lifeOf, type ProcessIdentity, thisProcess } from './process-identity.ts';

/** Nobody takes as long to write a lock. */
const WRITING_MS = 10_000;

/**
 * Takes a spool for this process alone, until it is disposed; null when another process that still runs has it. One that
 * ended without letting go does not count.
 */
export async function lockSpool(path: string): Promise<AsyncDisposable | null> {
  const lock = `${path}.lock`;
  if (!(await writeNew(lock)) && !((await isAbandoned(lock)) && (await takeOver(lock)))) return null;
  return { [Symbol.asyncDispose]: () => rm(lock, { force: true }) };
}

async function takeOver(lock: string): Promise<boolean> {
  await rm(lock, { force: true });
  return writeNew(lock);
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

async function isAbandoned(lock: string): Promise<boolean> {
  try {
    const owner: ProcessIdentity = JSON.parse(await readFile(lock, 'utf8'));
    return lifeOf(owner) === 'dead';
  } catch {
    // It was let go this moment, is just being written, or its owner was killed while it wrote.
    const { mtimeMs } = await stat(lock).catch(() => ({ mtimeMs: Date.now() }));
    return Date.now() - mtimeMs > WRITING_MS;
  }
}
