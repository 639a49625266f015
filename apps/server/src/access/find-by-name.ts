import type { ProjectRecord } from '../project/project-store.ts';
import { type RunRecord, refOf } from '../run/run-record.ts';
import type { Services } from '../services.ts';
import type { Caller } from './caller.ts';
import { createLoaders } from './loaders.ts';
import type { NamedRun } from './named-run-store.ts';
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
  return (await findProjectByNames({ services, caller, loaders: createLoaders(services, caller) }, names)) ?? undefined;
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

/** Who asks by names. */
type AskingByName = Pick<RequestContext, 'services' | 'caller' | 'loaders'>;

/**
 * The project with these names, if the caller may read it; null when it is hidden from him or is not there. One statement; the loaders
 * know the project afterwards, and the caller's role in its entity.
 *
 * @throws ServerError FORBIDDEN when he may know of the project, but his key is not for reading
 */
export async function findProjectByNames(asking: AskingByName, names: ProjectNames): Promise<ProjectRecord | null> {
  const named = await findNamed(asking, { ...names, run: null });
  return named && findProjectFor(asking, named.project.id, 'read');
}

/**
 * The run with these names, if the caller may read its project; null when it is hidden from him or is not there. The loaders know
 * the project afterwards, and the summary of the run where it is kept at the revision that the run has.
 *
 * @throws ServerError FORBIDDEN when he may know of the project, but his key is not for reading
 */
export async function findRunByNames(asking: AskingByName, names: RunNames): Promise<RunRecord | null> {
  const named = await findNamed(asking, names);
  if (!named || !(await findProjectFor(asking, named.project.id, 'read')) || !named.run) return null;
  const ref = refOf(named.run);
  const recent = asking.services.recentSummaries.find(ref, named.run.revision);
  if (recent) asking.loaders.summaries.prime(ref, recent);
  return named.run;
}

async function findNamed(
  { services, caller, loaders }: AskingByName,
  names: ProjectNames & { readonly run: string | null },
): Promise<NamedRun | null> {
  const named = await services.standings.findNamedRun({ ...names, userId: caller.userId });
  if (!named) return null;
  loaders.projects.prime(named.project.id, named.project);
  loaders.roles.prime(named.project.entityId, named.role);
  return named;
}
