import type { Queryable } from '../history/history-store.ts';
import type { KeyKind, KeySection } from './metric-keys.ts';

/** A key that runs of a project have. */
export interface ProjectKey {
  readonly projectId: string;
  readonly id: number;
  readonly key: string;
  readonly section: KeySection;
  readonly kind: KeyKind;
  readonly firstSeenAt: Date;
}

/** Which keys of a project are wanted. */
export interface ProjectKeySelection {
  readonly projectId: string;
  readonly section: KeySection;
  /** Keys that begin with it; keys of system metrics only when it names them. */
  readonly prefix: string;
}

// `starts_with` instead of LIKE: a prefix may hold % and _.
const SELECTED = `project_id = $1 AND section = $2 AND starts_with(key, $3) AND (starts_with($3, 'system/') OR NOT starts_with(key, 'system/'))`;

/** The keys that come after a key text, by code point, at most `limit`. */
export async function findProjectKeys(
  client: Queryable,
  selection: ProjectKeySelection,
  { after, limit }: { after: string | null; limit: number },
): Promise<ProjectKey[]> {
  const found = await client.query<ProjectKey>(
    `/* findProjectKeys */ SELECT project_id AS "projectId", id, key, section, kind, first_seen_at AS "firstSeenAt" FROM metric_key
     WHERE ${SELECTED} AND ($4::text IS NULL OR key COLLATE "C" > $4 COLLATE "C") ORDER BY key COLLATE "C" LIMIT $5`,
    [selection.projectId, selection.section, selection.prefix, after, limit],
  );
  return found.rows;
}

/** How many keys there are. */
export async function countProjectKeys(client: Queryable, selection: ProjectKeySelection): Promise<number> {
  const found = await client.query<{ count: number }>(
    `/* countProjectKeys */ SELECT count(*)::float8 AS count FROM metric_key WHERE ${SELECTED}`,
    [selection.projectId, selection.section, selection.prefix],
  );
  return found.rows[0]?.count ?? 0;
}
