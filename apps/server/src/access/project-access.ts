import type { ProjectRecord } from '../project/project-store.ts';
import type { RunRecord } from '../run/run-record.ts';
import { ServerError } from '../server-error.ts';
import type { RunRef } from '../services.ts';
import type { EntityRecord } from './entity-store.ts';
import type { RequestContext } from './request-context.ts';
import { ROLES, type Role } from './role.ts';
import { grants, type Scope } from './scope.ts';

/**
 * What may be done with a project and what is in it, with the least role and the scope of the key that it needs.
 *
 * A public project may be read by everybody whose key has the scope. Nothing else asks who may do what with a project.
 */
const NEEDS = {
  read: { role: 'READER', scope: 'READ', verb: 'reading' },
  write: { role: 'WRITER', scope: 'INGEST', verb: 'writing runs' },
  create: { role: 'WRITER', scope: 'ADMIN', verb: 'creating a project' },
  'delete run': { role: 'WRITER', scope: 'ADMIN', verb: 'deleting a run' },
  'delete file': { role: 'WRITER', scope: 'ADMIN', verb: 'deleting a file' },
  administer: { role: 'OWNER', scope: 'ADMIN', verb: 'this' },
} as const satisfies Record<string, { role: Role; scope: Scope; verb: string }>;

/** Something that may be done with a project: see `NEEDS`. */
export type Need = keyof typeof NEEDS;

/** Who asks, and what loads what he asks about. */
export type Asking = Pick<RequestContext, 'caller' | 'loaders'>;

/** How a caller stands to a project or to an entity. */
export interface Standing {
  readonly role: Role | null;
  /** Whether everybody may see it. */
  readonly isPublic: boolean;
  readonly scopes: ReadonlySet<Scope>;
}

/**
 * Whether a need is met: `allowed`, `forbidden` when the caller may know that the thing exists, `hidden` when he may not.
 */
export function decideAccess(standing: Standing, need: Need): 'allowed' | 'forbidden' | 'hidden' {
  if (!standing.role && !standing.isPublic) return 'hidden';
  if (!grants(standing.scopes, NEEDS[need].scope)) return 'forbidden';
  if (need === 'read' && standing.isPublic) return 'allowed';
  return isAtLeast(standing.role, NEEDS[need].role) ? 'allowed' : 'forbidden';
}

/** The project with this id, if the caller may do what he needs with it; null when it is hidden from him or is not there. */
export async function findProjectFor(context: Asking, projectId: string, need: Need): Promise<ProjectRecord | null> {
  const project = await context.loaders.projects.load(projectId);
  if (!project) return null;
  const access = decideAccess(await standingTo(context, project), need);
  if (access === 'forbidden') throw forbidden(`project ${project.name}`, need);
  return access === 'allowed' ? project : null;
}

/** As `findProjectFor`. @throws ServerError PROJECT_NOT_FOUND instead of giving null. */
export async function requireProject(context: RequestContext, projectId: string, need: Need): Promise<ProjectRecord> {
  const project = await findProjectFor(context, projectId, need);
  if (!project) throw new ServerError('PROJECT_NOT_FOUND', 'there is no such project, or you may not see it');
  return project;
}

/** The run, if the caller may do what he needs with its project; null when it is hidden from him or is not there. */
export async function findRunFor(context: RequestContext, ref: RunRef, need: Need): Promise<RunRecord | null> {
  const project = await findProjectFor(context, ref.projectId, need);
  return project && (await context.loaders.runs.load(ref));
}

/** As `findRunFor`. @throws ServerError RUN_NOT_FOUND instead of giving null. */
export async function requireRun(context: RequestContext, ref: RunRef, need: Need): Promise<RunRecord> {
  const run = await findRunFor(context, ref, need);
  if (!run) throw runNotFound();
  return run;
}

/** The entity with this name, if the caller is a member of it or it has a project that everybody may see; else null. */
export async function findEntityFor(context: RequestContext, name: string, need: Need): Promise<EntityRecord | null> {
  const entity = await context.loaders.entitiesByName.load(name);
  if (!entity) return null;
  const access = decideAccess(await standingToEntity(context, entity), need);
  if (access === 'forbidden') throw forbidden(`entity ${entity.name}`, need);
  return access === 'allowed' ? entity : null;
}

/** As `findEntityFor`. @throws ServerError ENTITY_NOT_FOUND instead of giving null. */
export async function requireEntity(context: RequestContext, name: string, need: Need): Promise<EntityRecord> {
  const entity = await findEntityFor(context, name, need);
  if (!entity)
    throw new ServerError('ENTITY_NOT_FOUND', `there is no entity "${name}", or you are not a member of it`, [
      'entity',
    ]);
  return entity;
}

/**
 * Returns when the caller may write to the project of a run, in one statement, which other requests may share; whether the run is there is not looked at.
 *
 * @throws ServerError RUN_NOT_FOUND, FORBIDDEN
 */
export async function requireWriting({ services, caller }: RequestContext, ref: RunRef): Promise<void> {
  const known = await services.standings.find({ projectId: ref.projectId, userId: caller.userId });
  const access = known ? decideAccess({ ...known, scopes: caller.scopes }, 'write') : 'hidden';
  if (access === 'hidden') throw runNotFound();
  if (access === 'forbidden') throw forbidden('this project', 'write');
}

/** Whether the caller may only look at a project: no rows, no changes. */
export async function isReadOnly(context: RequestContext, project: ProjectRecord): Promise<boolean> {
  return decideAccess(await standingTo(context, project), 'write') !== 'allowed';
}

async function standingTo(context: Asking, project: ProjectRecord): Promise<Standing> {
  const role = await context.loaders.roles.load(project.entityId);
  return { role, isPublic: project.visibility === 'public', scopes: context.caller.scopes };
}

async function standingToEntity(context: RequestContext, entity: EntityRecord): Promise<Standing> {
  const role = await context.loaders.roles.load(entity.id);
  const isPublic = role !== null || (await context.loaders.hasPublicProject.load(entity.id));
  return { role, isPublic, scopes: context.caller.scopes };
}

function isAtLeast(role: Role | null, least: Role): boolean {
  return role !== null && ROLES.indexOf(role) <= ROLES.indexOf(least);
}

function forbidden(what: string, need: Need): ServerError {
  const { role, scope, verb } = NEEDS[need];
  return new ServerError(
    'FORBIDDEN',
    `${verb} in ${what} needs the role ${role} there and an API key with the scope ${scope}`,
  );
}

function runNotFound(): ServerError {
  return new ServerError('RUN_NOT_FOUND', 'there is no such run, or you may not see it', ['runId']);
}
