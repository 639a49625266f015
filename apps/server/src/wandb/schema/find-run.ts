import { findEntityFor, findProjectFor, type Need } from '../../access/project-access.ts';
import type { RequestContext } from '../../access/request-context.ts';
import { findProjectByName, type ProjectRecord } from '../../project/project-store.ts';
import type { RunRecord } from '../../run/run-record.ts';
import { findRunByName } from '../../run/run-store.ts';
import { ServerError } from '../../server-error.ts';

/** The names by which the client knows a run; an entity that it does not name is the caller's own. */
export interface RunNames {
  readonly entity: string | null | undefined;
  readonly project: string;
  readonly run: string;
}

/** The project of these names, if the caller may do what he needs with it; null when it is hidden from him or is not there. */
export async function findProjectNamed(
  context: RequestContext,
  names: Pick<RunNames, 'entity' | 'project'>,
  need: Need,
): Promise<ProjectRecord | null> {
  const entity = await findEntityFor(context, names.entity || context.caller.userName, need);
  const project = entity && (await findProjectByName(context.services.database.pool, entity.id, names.project));
  return project ? findProjectFor(context, project.id, need) : null;
}

/** The run of these names, if the caller may do what he needs with it; null when it is hidden from him or is not there. */
export async function findRunNamed(context: RequestContext, names: RunNames, need: Need): Promise<RunRecord | null> {
  const project = await findProjectNamed(context, names, need);
  if (!project) return null;
  return (await findRunByName(context.services.database.pool, project.id, names.run)) ?? null;
}

/** As `findRunNamed`. @throws ServerError RUN_NOT_FOUND instead of giving null */
export async function requireRunNamed(context: RequestContext, names: RunNames, need: Need): Promise<RunRecord> {
  const run = await findRunNamed(context, names, need);
  if (run) return run;
  const shown = [names.entity ?? context.caller.userName, names.project, names.run].join('/');
  throw new ServerError('RUN_NOT_FOUND', `there is no run ${shown}, or you may not see it`);
}
