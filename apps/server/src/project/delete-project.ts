import { requireProject } from '../access/project-access.ts';
import type { RequestContext } from '../access/request-context.ts';
import { inTransaction } from '../database/in-transaction.ts';
import { retryDeadlocks } from '../database/retry-deadlocks.ts';
import { type ProjectRecord, removeProject } from './project-store.ts';

/**
 * Deletes a project with all its runs and their history, all of it or nothing. It cannot be taken back.
 *
 * @throws ServerError PROJECT_NOT_FOUND, FORBIDDEN
 */
export async function deleteProject(context: RequestContext, projectId: string): Promise<ProjectRecord> {
  const project = await requireProject(context, projectId, 'administer');
  const { pool } = context.services.database;
  await retryDeadlocks(() => inTransaction(pool, 'write', (client) => removeProject(client, project.id)));
  return project;
}
