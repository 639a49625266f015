import type { Caller } from '../access/caller.ts';
import { createLoaders } from '../access/loaders.ts';
import { findProjectFor } from '../access/project-access.ts';
import { findProjectByName } from '../project/project-store.ts';
import { findRunByName } from '../run/run-store.ts';
import { ServerError } from '../server-error.ts';
import type { Services } from '../services.ts';
import { checkFilePath } from './file-path.ts';
import { findStoredFile, type StoredFile } from './file-store.ts';

/** The names that lead to a file, as they came from outside. */
export interface FileNames {
  readonly entity: string;
  readonly project: string;
  readonly run: string;
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
  if (!couldBe(names)) return undefined;
  const { pool } = services.database;
  const loaders = createLoaders(services, caller);
  const entity = await loaders.entitiesByName.load(names.entity);
  const named = entity && (await findProjectByName(pool, entity.id, names.project));
  const project = named && (await findProjectFor({ caller, loaders }, named.id, 'read'));
  const run = project && (await findRunByName(pool, project.id, names.run));
  return run ? findStoredFile(pool, { projectId: run.projectId, runId: run.id, path: names.path }) : undefined;
}

/** Whether there can be such names at all; the database has no text with NUL. */
function couldBe({ entity, project, run, path }: FileNames): boolean {
  if ([entity, project, run].some((name) => name.includes('\0'))) return false;
  try {
    checkFilePath(path, []);
    return true;
  } catch (error) {
    if (error instanceof ServerError) return false;
    throw error;
  }
}
