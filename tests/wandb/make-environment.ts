import { execFile } from 'node:child_process';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { environmentFolder, exists, NEWEST, pythonOf, requirementsOf, VERSIONS } from './environments.ts';

const run = promisify(execFile);

/**
 * Makes the virtual environments of all versions of the client, all at once, each once for each state of its requirements.
 * `SUMMA_WANDB_PYTHON` names the Python of another environment for the newest one.
 */
export default async function makeEnvironments(): Promise<void> {
  const missing = process.env.SUMMA_WANDB_PYTHON ? VERSIONS.filter((version) => version !== NEWEST) : VERSIONS;
  await Promise.all(missing.map(makeEnvironment));
  process.env.SUMMA_WANDB_PYTHON ||= await pythonOf(NEWEST);
}

async function makeEnvironment(version: string): Promise<void> {
  const folder = await environmentFolder(version);
  const ready = join(folder, 'ready');
  if (await exists(ready)) return;
  await rm(folder, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  await run('python3', ['-m', 'venv', folder]);
  const install = ['-m', 'pip', 'install', '--quiet', '-r', requirementsOf(version)];
  await run(join(folder, 'bin/python'), install, { maxBuffer: 2 ** 26 });
  await mkdir(`${ready}.new`);
  await rename(`${ready}.new`, ready);
}
