import { createHash } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The version of the client that all tests use but those that compare versions. */
export const NEWEST = '0.31';
/** The versions of the client for which there is an environment. */
export const VERSIONS: readonly string[] = [NEWEST, '0.22', '0.19', '0.16'];

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/summa-wandb', import.meta.url));

/** The Python with a version of the client. */
export async function pythonOf(version: string): Promise<string> {
  const other = version === NEWEST ? process.env.SUMMA_WANDB_PYTHON : undefined;
  return other || join(await environmentFolder(version), 'bin/python');
}

/** Where the environment with a version of the client lies: another folder for each state of its requirements. */
export async function environmentFolder(version: string): Promise<string> {
  const requirements = await readFile(requirementsOf(version));
  return join(CACHE, createHash('sha256').update(requirements).digest('hex').slice(0, 16));
}

/** The file that names the packages of an environment. */
export function requirementsOf(version: string): string {
  const name = version === NEWEST ? 'requirements.txt' : `requirements-${version}.txt`;
  return fileURLToPath(new URL(name, import.meta.url));
}

/** Whether there is something at a path. */
export function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
