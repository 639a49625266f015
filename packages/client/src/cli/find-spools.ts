import { stat } from 'node:fs/promises';
import { defaultSpoolFolder, listSpools } from '../spool/spool-folder.ts';
import { CommandError } from './command-error.ts';

/** A spool that somebody asked for. */
export interface FoundSpool {
  readonly path: string;
  /** Whether it was named itself, and not only its folder. */
  readonly isNamed: boolean;
}

/** The spools at these paths, which are files or folders of them; those of the default folder when there are none. */
export async function findSpools(paths: readonly string[]): Promise<FoundSpool[]> {
  const places = paths.length > 0 ? paths : [defaultSpoolFolder()];
  const found = await Promise.all(places.map((place) => spoolsAt(place, paths.length > 0)));
  return found.flat();
}

async function spoolsAt(place: string, mustExist: boolean): Promise<FoundSpool[]> {
  const entry = await stat(place).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    if (mustExist) throw new CommandError(`${place}: no such spool or folder`);
    return null;
  });
  if (entry?.isFile()) return [{ path: place, isNamed: true }];
  return (await listSpools(place)).map((path) => ({ path, isNamed: false }));
}
