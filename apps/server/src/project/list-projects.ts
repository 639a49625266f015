import type { RequestContext } from '../access/request-context.ts';
import { formatCursor, parseTextCursor } from '../graphql/cursor.ts';
import { type Connection, connectionOf, type PageArguments, readPage } from '../graphql/page.ts';
import { countProjects, findProjectPage, type ProjectRecord } from './project-store.ts';

const CURSOR = 'project';

/** A page of an entity's projects by name: all of them for its members, the public ones for everybody else. */
export async function listProjects(
  context: RequestContext,
  entityId: string,
  args: PageArguments,
): Promise<Connection<ProjectRecord>> {
  const { pool } = context.services.database;
  const page = readPage(args);
  const onlyPublic = (await context.loaders.roles.load(entityId)) === null;
  const beyond = page.cursor === null ? null : parseTextCursor(CURSOR, page.cursor, page.backward ? 'before' : 'after');
  const found = await findProjectPage(pool, {
    entityId,
    onlyPublic,
    beyond,
    backward: page.backward,
    limit: page.size + 1,
  });
  return connectionOf(found, page, {
    cursorOf: (project) => formatCursor(CURSOR, project.name),
    totalCount: () => countProjects(pool, entityId, onlyPublic),
  });
}
