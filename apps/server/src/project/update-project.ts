import { requireProject } from '../access/project-access.ts';
import type { RequestContext } from '../access/request-context.ts';
import { ServerError } from '../server-error.ts';
import { checkLength } from '../text-input.ts';
import { changeProject, type ProjectRecord } from './project-store.ts';

/** What is to be changed of a project; what is left out, or null, stays. */
export interface UpdateProjectInput {
  readonly description?: string | null | undefined;
  readonly visibility?: 'private' | 'public' | null | undefined;
}

/**
 * Changes what a project is about and who may see it. Only owners of the entity may.
 *
 * @throws ServerError TEXT_TOO_LONG, PROJECT_NOT_FOUND, FORBIDDEN
 */
export async function updateProject(
  context: RequestContext,
  projectId: string,
  { description, visibility }: UpdateProjectInput,
): Promise<ProjectRecord> {
  checkLength(description, 'prose', ['description']);
  await requireProject(context, projectId, 'administer');
  const changes = { description: description ?? null, visibility: visibility ?? null };
  const changed = await changeProject(context.services.database.pool, projectId, changes);
  if (!changed) throw new ServerError('PROJECT_NOT_FOUND', 'the project was deleted just now', ['projectId']);
  return changed;
}
