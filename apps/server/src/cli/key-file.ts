import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where the key that was made at the first start is kept for the operator. */
export function keyFilePath(dataDir: string): string {
  return join(dataDir, 'api-key');
}

/** Writes the key into a file that only this account can read, making its folder when there is none. */
export async function writeKeyFile(path: string, apiKey: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${apiKey}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, path);
}

/** The key in the file; undefined when there is none or it cannot be read. */
export async function readKeyFile(path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.trim() || undefined;
}
