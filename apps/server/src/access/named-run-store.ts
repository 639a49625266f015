import type { Queryable } from '../history/history-store.ts';
import type { ProjectRecord } from '../project/project-store.ts';
import { RUN_COLUMNS, RUN_TABLES, type RunRecord, type RunRow, runFromRow } from '../run/run-record.ts';
import type { ProjectNames } from './find-by-name.ts';
import { type Role, roleFromStored } from './role.ts';

/** What names lead to: a project, the role that a user has in its entity, and the run, null when the project has none of that name. */
export interface NamedRun {
  readonly project: ProjectRecord;
  readonly role: Role | null;
  readonly run: RunRecord | null;
}

interface ProjectColumns {
  readonly place: number;
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

/** The names of a run, or those of a project alone, and the user who asks. */
export interface NamedRunAsk extends ProjectNames {
  readonly run: string | null;
  readonly userId: string;
}

/** What each of these names leads to, in their order, in one statement; undefined where there is no such project. */
export async function findNamedRuns(
  client: Queryable,
  asks: readonly NamedRunAsk[],
): Promise<(NamedRun | undefined)[]> {
  const found = await client.query<NamedRunRow>({
    name: 'find-named-runs',
    text: `/* findNamedRuns */
      SELECT ask.place::int, p.id AS "projectId", p.entity_id AS "entityId", p.name AS "projectName", p.description, p.visibility,
             p.created_at AS "projectCreatedAt",
             (SELECT m.role FROM membership m WHERE m.entity_id = p.entity_id AND m.user_id = ask.user_id) AS role,
             ${RUN_COLUMNS}
      FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[]) WITH ORDINALITY AS ask (entity, project, run, user_id, place)
        JOIN entity e ON e.name = ask.entity JOIN project_name n ON n.entity_id = e.id AND n.name = ask.project
        JOIN project p ON p.id = n.project_id
        LEFT JOIN (${RUN_TABLES}) ON r.project_id = p.id AND r.name = ask.run`,
    values: [
      asks.map((ask) => ask.entity),
      asks.map((ask) => ask.project),
      asks.map((ask) => ask.run),
      asks.map((ask) => ask.userId),
    ],
  });
  // Places are counted from 1.
  const byPlace = new Map(found.rows.map((row) => [row.place - 1, row]));
  return [...asks.keys()].map((place) => namedRunOf(byPlace.get(place)));
}

function namedRunOf(row: NamedRunRow | undefined): NamedRun | undefined {
  if (!row) return undefined;
  const run = row.id === null ? null : runFromRow(row);
  return { project: projectOf(row), role: roleFromStored(row.role), run };
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
