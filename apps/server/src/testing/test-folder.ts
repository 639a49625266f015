import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder below the system's temporary folder, open to the account under which Postgres runs. */
export async function createTestFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `summa-${name}-`));
  await chmod(folder, 0o755);
  return folder;
}
