import { requireEntity } from '../access/project-access.ts';
import type { RequestContext } from '../access/request-context.ts';
import { inTransaction } from '../database/in-transaction.ts';
import { ServerError } from '../server-error.ts';
import type { Services } from '../services.ts';
import { checkLength, checkName } from '../text-input.ts';
import { uuidV7 } from '../uuid-v7.ts';
import { findProjectByName, insertProject, type ProjectRecord } from './project-store.ts';

/** What a new project is to be. */
export interface CreateProjectInput {
  readonly entity: string;
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly visibility?: 'private' | 'public' | null | undefined;
}

/**
 * Makes a project. Of two that are made with one name at once, exactly one is.
 *
 * @throws ServerError INVALID_NAME, TEXT_TOO_LONG, ENTITY_NOT_FOUND, FORBIDDEN, PROJECT_EXISTS
 */
export async function createProject(context: RequestContext, input: CreateProjectInput): Promise<ProjectRecord> {
  checkName(input.name, ['name']);
  checkLength(input.description, 'prose', ['description']);
  const entity = await requireEntity(context, input.entity, 'create');
  const project = newProject(context.services, entity.id, input);
  const isStored = await inTransaction(context.services.database.pool, 'write', (client) =>
    insertProject(client, project),
  );
  if (isStored) return project;
  throw new ServerError(
    'PROJECT_EXISTS',
    `entity "${input.entity}" already has a project "${input.name}"; choose another name`,
    ['name'],
  );
}

/** The project with this name, made now if there is none. However many ask for it at once, all get the same one. */
export async function findOrCreateProject(services: Services, entityId: string, name: string): Promise<ProjectRecord> {
  const { pool } = services.database;
  const known = await findProjectByName(pool, entityId, name);
  if (known) return known;
  const project = newProject(services, entityId, { name });
  if (await inTransaction(pool, 'write', (client) => insertProject(client, project))) return project;
  const made = await findProjectByName(pool, entityId, name);
  if (!made)
    throw new ServerError('PROJECT_NOT_FOUND', `project "${name}" was deleted just now; try again`, ['project']);
  return made;
}

function newProject(services: Services, entityId: string, input: Omit<CreateProjectInput, 'entity'>): ProjectRecord {
  const now = services.clock();
  return {
    id: uuidV7(now),
    entityId,
    name: input.name,
    description: input.description ?? '',
    visibility: input.visibility ?? 'private',
    createdAt: now,
  };
}
