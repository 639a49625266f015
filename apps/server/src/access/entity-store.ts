import type { Queryable } from '../history/history-store.ts';

/** A namespace of projects. */
export interface EntityRecord {
  readonly id: string;
  readonly name: string;
  readonly kind: 'user' | 'team';
  readonly createdAt: Date;
}

/** At most this many entities or members are ever listed at once. */
export const MAX_LISTED_MEMBERSHIPS = 1000;

const COLUMNS = 'e.id, e.name, e.kind, e.created_at AS "createdAt"';

/** The entities with these ids, in no order. */
export async function findEntities(client: Queryable, ids: readonly string[]): Promise<EntityRecord[]> {
  const found = await client.query<EntityRecord>({
    name: 'find-entities',
    text: `/* findEntities */ SELECT ${COLUMNS} FROM entity e WHERE id = ANY($1::uuid[])`,
    values: [ids],
  });
  return found.rows;
}

/** The entities with these names, in no order. */
export async function findEntitiesByName(client: Queryable, names: readonly string[]): Promise<EntityRecord[]> {
  const found = await client.query<EntityRecord>({
    name: 'find-entities-by-name',
    text: `/* findEntitiesByName */ SELECT ${COLUMNS} FROM entity e WHERE name = ANY($1::text[])`,
    values: [names],
  });
  return found.rows;
}

/** The entities that each of these users is a member of, by name; at most 1,000 a user. */
export async function findEntitiesOfUsers(
  client: Queryable,
  userIds: readonly string[],
): Promise<(EntityRecord & { readonly userId: string })[]> {
  const found = await client.query<EntityRecord & { userId: string }>({
    name: 'find-entities-of-users',
    text: `/* findEntitiesOfUsers */
      SELECT u.id AS "userId", e.* FROM unnest($1::uuid[]) AS u (id), LATERAL (
        SELECT ${COLUMNS} FROM membership m JOIN entity e ON e.id = m.entity_id
        WHERE m.user_id = u.id ORDER BY e.name LIMIT ${MAX_LISTED_MEMBERSHIPS}) AS e ORDER BY e.name`,
    values: [userIds],
  });
  return found.rows;
}

/** Stores an entity. @returns false when the name is taken, and nothing was stored. */
export async function insertEntity(client: Queryable, entity: EntityRecord): Promise<boolean> {
  const stored = await client.query(
    `/* insertEntity */ INSERT INTO entity (id, name, kind, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
    [entity.id, entity.name, entity.kind, entity.createdAt],
  );
  return stored.rowCount === 1;
}
