import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url));
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/summa-wandb', import.meta.url));

/**
 * Makes the virtual environment with the packages of `requirements.txt`, once for each state of that file, and tells the tests
 * where its Python is. `SUMMA_WANDB_PYTHON` names the Python of another environment instead.
 */
export default async function makeEnvironment(): Promise<void> {
  process.env.SUMMA_WANDB_PYTHON ||= join(await environmentFolder(), 'bin/python');
}

async function environmentFolder(): Promise<string> {
  const state = createHash('sha256')
    .update(await readFile(REQUIREMENTS))
    .digest('hex')
    .slice(0, 16);
  const folder = join(CACHE, state);
  const ready = join(folder, 'ready');
  if (await exists(ready)) return folder;
  await rm(folder, { recursive: true, force: true });
  await mkdir(CACHE, { recursive: true });
  await run('python3', ['-m', 'venv', folder]);
  await run(join(folder, 'bin/python'), ['-m', 'pip', 'install', '--quiet', '-r', REQUIREMENTS], {
    maxBuffer: 2 ** 26,
  });
  await mkdir(`${ready}.new`);
  await rename(`${ready}.new`, ready);
  return folder;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
