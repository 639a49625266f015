import type { Caller } from '../access/caller.ts';
import { findReadableRun, type RunNames } from '../access/find-by-name.ts';
import { ServerError } from '../server-error.ts';
import type { Services } from '../services.ts';
import { checkFilePath } from './file-path.ts';
import { findStoredFile, type StoredFile } from './file-store.ts';

/** The names that lead to a file, as they came from outside. */
export interface FileNames extends RunNames {
  readonly path: string;
}

/**
 * The file with these names, if the caller may read it; undefined when it is hidden from him or is not there.
 *
 * @throws ServerError FORBIDDEN when he may know of the project, but his key is not for reading
 */
export async function findFileFor(
  services: Services,
  caller: Caller,
  names: FileNames,
): Promise<StoredFile | undefined> {
  if (!canBePath(names.path)) return undefined;
  const run = await findReadableRun(services, caller, names);
  if (!run) return undefined;
  return findStoredFile(services.database.pool, { projectId: run.projectId, runId: run.id, path: names.path });
}

function canBePath(path: string): boolean {
  try {
    checkFilePath(path, []);
    return true;
  } catch (error) {
    if (error instanceof ServerError) return false;
    throw error;
  }
}
