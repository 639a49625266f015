import { findProjectByName, type ProjectRecord } from '../project/project-store.ts';
import { type RunRecord, refOf } from '../run/run-record.ts';
import type { Services } from '../services.ts';
import type { Caller } from './caller.ts';
import { createLoaders } from './loaders.ts';
import { findProjectFor } from './project-access.ts';
import type { RequestContext } from './request-context.ts';

/** The names that lead to a project, as they came from outside. */
export interface ProjectNames {
  readonly entity: string;
  readonly project: string;
}

/** The names that lead to a run, as they came from outside. */
export interface RunNames extends ProjectNames {
  readonly run: string;
}

/**
 * The project with these names, if the caller may read it; undefined when it is hidden from him or is not there.
 *
 * @throws ServerError FORBIDDEN when he may know of the project, but his key is not for reading
 */
export async function findReadableProject(
  services: Services,
  caller: Caller,
  names: ProjectNames,
): Promise<ProjectRecord | undefined> {
  // The database has no text with NUL.
  if (names.entity.includes('\0') || names.project.includes('\0')) return undefined;
  const loaders = createLoaders(services, caller);
  const entity = await loaders.entitiesByName.load(names.entity);
  const named = entity && (await findProjectByName(services.database.pool, entity.id, names.project));
  return (named && (await findProjectFor({ caller, loaders }, named.id, 'read'))) ?? undefined;
}

/** The run with these names, as `findReadableProject` has its project; one statement tells of all of them. */
export async function findReadableRun(
  services: Services,
  caller: Caller,
  names: RunNames,
): Promise<RunRecord | undefined> {
  if ([names.entity, names.project, names.run].some((name) => name.includes('\0'))) return undefined;
  return (await findRunByNames({ services, caller, loaders: createLoaders(services, caller) }, names)) ?? undefined;
}

/**
 * The run with these names, if the caller may read its project; null when it is hidden from him or is not there. The loaders know
 * the project afterwards, and the summary of the run where it is kept at the revision that the run has.
 *
 * @throws ServerError FORBIDDEN when he may know of the project, but his key is not for reading
 */
export async function findRunByNames(
  { services, caller, loaders }: Pick<RequestContext, 'services' | 'caller' | 'loaders'>,
  names: RunNames,
): Promise<RunRecord | null> {
  const named = await services.standings.findNamedRun({ ...names, userId: caller.userId });
  if (!named) return null;
  loaders.projects.prime(named.project.id, named.project);
  loaders.roles.prime(named.project.entityId, named.role);
  if (!(await findProjectFor({ caller, loaders }, named.project.id, 'read')) || !named.run) return null;
  const recent = services.recentSummaries.find(refOf(named.run), named.run.revision);
  if (recent) loaders.summaries.prime(refOf(named.run), recent);
  return named.run;
}
