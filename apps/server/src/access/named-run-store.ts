import type { Queryable } from '../history/history-store.ts';
import type { ProjectRecord } from '../project/project-store.ts';
import { RUN_COLUMNS, RUN_TABLES, type RunRecord, type RunRow, runFromRow } from '../run/run-record.ts';
import type { RunNames } from './find-by-name.ts';
import { type Role, roleFromStored } from './role.ts';

/** What names lead to: a project, the role that a user has in its entity, and the run, null when the project has none of that name. */
export interface NamedRun {
  readonly project: ProjectRecord;
  readonly role: Role | null;
  readonly run: RunRecord | null;
}

interface ProjectColumns {
  readonly projectId: string;
  readonly entityId: string;
  readonly projectName: string;
  readonly description: string;
  readonly visibility: ProjectRecord['visibility'];
  readonly projectCreatedAt: Date;
  readonly role: string | null;
}

/** Every column of the run is null when there is none. */
type NamedRunRow = ProjectColumns & (RunRow | { readonly id: null });

/** What these names lead to, in one statement; undefined when there is no such project. */
export async function findNamedRun(
  client: Queryable,
  { entity, project, run }: RunNames,
  userId: string,
): Promise<NamedRun | undefined> {
  const found = await client.query<NamedRunRow>({
    name: 'find-named-run',
    text: `/* findNamedRun */
      SELECT p.id AS "projectId", p.entity_id AS "entityId", p.name AS "projectName", p.description, p.visibility,
             p.created_at AS "projectCreatedAt", m.role, ${RUN_COLUMNS}
      FROM entity e JOIN project_name n ON n.entity_id = e.id AND n.name = $2 JOIN project p ON p.id = n.project_id
        LEFT JOIN membership m ON m.entity_id = p.entity_id AND m.user_id = $4
        LEFT JOIN (${RUN_TABLES}) ON r.project_id = p.id AND r.name = $3
      WHERE e.name = $1`,
    values: [entity, project, run, userId],
  });
  const row = found.rows[0];
  return (
    row && { project: projectOf(row), role: roleFromStored(row.role), run: row.id === null ? null : runFromRow(row) }
  );
}

function projectOf(row: ProjectColumns): ProjectRecord {
  return {
    id: row.projectId,
    entityId: row.entityId,
    name: row.projectName,
    description: row.description,
    visibility: row.visibility,
    createdAt: row.projectCreatedAt,
  };
}
