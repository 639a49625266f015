import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

const EXTENSION = '.spool';

/** Where spools lie unless a caller says otherwise: SUMMA_SPOOL_DIR, or `.summa/spool` in the home folder. */
export function defaultSpoolFolder(): string {
  return process.env.SUMMA_SPOOL_DIR || join(homedir(), '.summa', 'spool');
}

/** The path of a writer's spool; a writer has one. */
export function spoolPath(
  folder: string,
  { name, writer }: { readonly name: string; readonly writer: string },
): string {
  const parts = [name, writer].map((part) => part.replace(/[^\w.-]/g, '_').slice(0, 100));
  return join(folder, `${parts.join('-')}${EXTENSION}`);
}

/** The spools of a folder, in the order of their names; none when there is no such folder. */
export async function listSpools(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .filter((name) => name.endsWith(EXTENSION))
    .sort()
    .map((name) => join(folder, name));
}
