import type { Queryable } from '../history/history-store.ts';
import type { KeySection } from './metric-keys.ts';

/** One key of one project. */
export interface KeyRef {
  readonly projectId: string;
  readonly section: KeySection;
  readonly id: number;
}

/** In how many runs a key has what. */
export interface KeyUse {
  /** Runs that have a value under the key. */
  readonly runs: number;
  /** Runs that logged it as a metric. */
  readonly logged: number;
  readonly numbers: number;
  readonly texts: number;
  readonly booleans: number;
  /** Runs whose value is neither of the three, and which never logged NaN there. */
  readonly others: number;
}

/** What a key has that no run of its project has any more. */
export const NO_USE: KeyUse = { runs: 0, logged: 0, numbers: 0, texts: 0, booleans: 0, others: 0 };

/** The use of keys by `nameOfKey`, in one statement, whose time grows with the runs that have them. */
export async function findKeyUses(client: Queryable, keys: readonly KeyRef[]): Promise<Map<string, KeyUse>> {
  const found = await client.query<KeyRef & KeyUse>(
    `/* findKeyUses */
      SELECT wanted.project_id AS "projectId", wanted.section, wanted.key_id AS id, used.*
      FROM unnest($1::uuid[], $2::text[], $3::int[]) AS wanted (project_id, section, key_id)
      -- Key by key along the index: all keys at once would be sorted.
      CROSS JOIN LATERAL (
        SELECT count(*)::float8 AS runs, count(f.count)::float8 AS logged,
          count(*) FILTER (WHERE f.number IS NOT NULL OR f.nan_count > 0)::float8 AS numbers,
          count(f.text)::float8 AS texts, count(f.boolean)::float8 AS booleans,
          count(*) FILTER (WHERE num_nonnulls(f.number, f.text, f.boolean) = 0 AND coalesce(f.nan_count, 0) = 0)::float8 AS others
        FROM run_field f
        WHERE f.project_id = wanted.project_id AND f.section = wanted.section AND f.key_id = wanted.key_id) used`,
    [keys.map(({ projectId }) => projectId), keys.map(({ section }) => section), keys.map(({ id }) => id)],
  );
  return new Map(found.rows.map(({ projectId, section, id, ...use }) => [nameOfKey({ projectId, section, id }), use]));
}

/** A text that only this key has. */
export function nameOfKey({ projectId, id }: KeyRef): string {
  return `${projectId}/${id}`;
}
