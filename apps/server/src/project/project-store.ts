import type { Queryable } from '../history/history-store.ts';

/** A set of runs that belong together. */
export interface ProjectRecord {
  readonly id: string;
  readonly entityId: string;
  readonly name: string;
  readonly description: string;
  readonly visibility: 'private' | 'public';
  readonly createdAt: Date;
}

/** Which part of an entity's projects, by name, a list wants. */
export interface ProjectPage {
  readonly entityId: string;
  /** Leaves out private projects. */
  readonly onlyPublic: boolean;
  /** Names strictly after (or, backward, before) this one. */
  readonly beyond: string | null;
  readonly backward: boolean;
  readonly limit: number;
}

const COLUMNS = 'p.id, p.entity_id AS "entityId", p.name, p.description, p.visibility, p.created_at AS "createdAt"';

/** The projects with these ids, in no order. */
export async function findProjects(client: Queryable, ids: readonly string[]): Promise<ProjectRecord[]> {
  const found = await client.query<ProjectRecord>({
    name: 'find-projects',
    text: `/* findProjects */ SELECT ${COLUMNS} FROM project p WHERE id = ANY($1::uuid[])`,
    values: [ids],
  });
  return found.rows;
}

/** The project that has this name in an entity. */
export async function findProjectByName(
  client: Queryable,
  entityId: string,
  name: string,
): Promise<ProjectRecord | undefined> {
  const found = await client.query<ProjectRecord>({
    name: 'find-project-by-name',
    text: `/* findProjectByName */ SELECT ${COLUMNS} FROM project_name n JOIN project p ON p.id = n.project_id
      WHERE n.entity_id = $1 AND n.name = $2`,
    values: [entityId, name],
  });
  return found.rows[0];
}

/** A page of an entity's projects in the order asked for: ascending names, or descending ones when backward. */
export async function findProjectPage(client: Queryable, page: ProjectPage): Promise<ProjectRecord[]> {
  const [comparison, direction] = page.backward ? ['<', 'DESC'] : ['>', 'ASC'];
  const found = await client.query<ProjectRecord>(
    `/* findProjectPage */ SELECT ${COLUMNS} FROM project p
     WHERE p.entity_id = $1 AND (p.visibility = 'public' OR NOT $2) AND ($3::text IS NULL OR p.name COLLATE "C" ${comparison} $3 COLLATE "C")
     ORDER BY p.name COLLATE "C" ${direction} LIMIT $4`,
    [page.entityId, page.onlyPublic, page.beyond, page.limit],
  );
  return found.rows;
}

/** How many projects an entity has, or how many public ones. */
export async function countProjects(client: Queryable, entityId: string, onlyPublic: boolean): Promise<number> {
  const found = await client.query<{ count: number }>(
    `/* countProjects */ SELECT count(*)::float8 AS count FROM project p WHERE p.entity_id = $1 AND (p.visibility = 'public' OR NOT $2)`,
    [entityId, onlyPublic],
  );
  return found.rows[0]?.count ?? 0;
}

/** Which of these entities have a project that everybody may see. */
export async function findEntitiesWithPublicProject(
  client: Queryable,
  entityIds: readonly string[],
): Promise<string[]> {
  const found = await client.query<{ entity_id: string }>({
    name: 'find-entities-with-public-project',
    text: `/* findEntitiesWithPublicProject */
      SELECT DISTINCT entity_id FROM project WHERE entity_id = ANY($1::uuid[]) AND visibility = 'public'`,
    values: [entityIds],
  });
  return found.rows.map((row) => row.entity_id);
}

/** When a run of each project was last heard of; a project without runs is left out. */
export async function findLastActivity(client: Queryable, projectIds: readonly string[]): Promise<Map<string, Date>> {
  const found = await client.query<{ project_id: string; at: Date }>({
    name: 'find-last-activity',
    text: `/* findLastActivity */ SELECT project_id, max(heartbeat_at) AS at FROM run_summary WHERE project_id = ANY($1::uuid[]) GROUP BY 1`,
    values: [projectIds],
  });
  return new Map(found.rows.map((row) => [row.project_id, row.at]));
}

/**
 * Stores a project under its name, inside a transaction. Of two that take the same name at once, the second waits for the first.
 *
 * @returns false when the name is taken, and nothing was stored.
 */
export async function insertProject(client: Queryable, project: ProjectRecord): Promise<boolean> {
  const named = await client.query(
    `/* insertProject */ INSERT INTO project_name (entity_id, name, project_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    [project.entityId, project.name, project.id],
  );
  if (named.rowCount !== 1) return false;
  await client.query(
    `/* insertProject */ INSERT INTO project (id, entity_id, name, description, visibility, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [project.id, project.entityId, project.name, project.description, project.visibility, project.createdAt],
  );
  return true;
}

/** Changes what is not null of a project. @returns the project as it is then, or undefined when there is none */
export async function changeProject(
  client: Queryable,
  projectId: string,
  changes: { readonly [Name in 'description' | 'visibility']: ProjectRecord[Name] | null },
): Promise<ProjectRecord | undefined> {
  const changed = await client.query<ProjectRecord>(
    `/* changeProject */ UPDATE project p SET description = coalesce($2, p.description), visibility = coalesce($3, p.visibility)
     WHERE p.id = $1 RETURNING ${COLUMNS}`,
    [projectId, changes.description, changes.visibility],
  );
  return changed.rows[0];
}

/** Removes a project with everything in it, inside a transaction that may take minutes; its name is free afterwards. */
export async function removeProject(client: Queryable, projectId: string): Promise<void> {
  await client.query(`/* removeProject */ SET LOCAL statement_timeout = '10min'`);
  await client.query(`/* removeProject */ DELETE FROM project WHERE id = $1`, [projectId]);
  await client.query(`/* removeProject */ DELETE FROM project_name WHERE project_id = $1`, [projectId]);
}
