import type { Pool } from 'pg';
import type { KeyKind, KeySection } from './metric-keys.ts';

/** A key text and the number that stands for it in columns and fields of its project. */
export interface StoredKey {
  readonly id: number;
  readonly key: string;
}

/** The stored ids of those keys that have one. */
export async function findKeys(
  pool: Pool,
  projectId: string,
  section: KeySection,
  keys: readonly string[],
): Promise<StoredKey[]> {
  const found = await pool.query<StoredKey>({
    name: 'find-keys',
    text: `/* findKeys */ SELECT id, key FROM metric_key WHERE project_id = $1 AND section = $2 AND key = ANY($3::text[])`,
    values: [projectId, section, keys],
  });
  return found.rows;
}

/** The texts of key ids; an id of no key is left out. */
export async function findKeyTexts(
  pool: Pool,
  projectId: string,
  ids: readonly number[],
): Promise<(StoredKey & { section: KeySection })[]> {
  const found = await pool.query<StoredKey & { section: KeySection }>({
    name: 'find-key-texts',
    text: `/* findKeyTexts */ SELECT id, section, key FROM metric_key WHERE project_id = $1 AND id = ANY($2::int[])`,
    values: [projectId, ids],
  });
  return found.rows;
}

/**
 * Gives each new key of a section the next free number of its project, counting from 1 (0 is `_timestamp`).
 *
 * Keys that another writer allocates at the same moment keep the number that they got there: the project's row is locked
 * while numbers are taken, and nothing is ever renumbered.
 */
export async function allocateKeys(
  pool: Pool,
  projectId: string,
  section: KeySection,
  keys: readonly { readonly key: string; readonly kind: KeyKind }[],
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(`/* allocateKeys */ SELECT 1 FROM project WHERE id = $1 FOR NO KEY UPDATE`, [projectId]);
    await client.query(
      `/* allocateKeys */ INSERT INTO metric_key (project_id, id, section, key, kind, first_seen_at)
       SELECT $1::uuid, taken.id + row_number() OVER (ORDER BY fresh.position), $2, fresh.key, fresh.kind, now()
       FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS fresh (key, kind, position),
            (SELECT coalesce(max(id), 0) AS id FROM metric_key WHERE project_id = $1::uuid) AS taken
       WHERE NOT EXISTS (
         SELECT 1 FROM metric_key known WHERE known.project_id = $1::uuid AND known.section = $2 AND known.key = fresh.key)`,
      [projectId, section, keys.map((item) => item.key), keys.map((item) => item.kind)],
    );
    await client.query('COMMIT');
    client.release();
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    client.release(error instanceof Error);
    throw error;
  }
}
