import type { Queryable } from '../history/history-store.ts';
import { MAX_LISTED_MEMBERSHIPS } from './entity-store.ts';
import { type Role, roleFromStored, storedRole } from './role.ts';

/** What a user may do in an entity. */
export interface MembershipRecord {
  readonly entityId: string;
  readonly userId: string;
  readonly role: Role;
  readonly createdAt: Date;
}

interface MembershipRow {
  readonly entityId: string;
  readonly userId: string;
  readonly role: string;
  readonly createdAt: Date;
}

/** The roles that one user has in these entities; an entity in which he has none is left out. */
export async function findRoles(
  client: Queryable,
  userId: string,
  entityIds: readonly string[],
): Promise<Map<string, Role>> {
  const found = await client.query<{ entity_id: string; role: string }>({
    name: 'find-roles',
    text: `/* findRoles */ SELECT entity_id, role FROM membership WHERE user_id = $1 AND entity_id = ANY($2::uuid[])`,
    values: [userId, entityIds],
  });
  const roles = new Map<string, Role>();
  for (const row of found.rows) {
    const role = roleFromStored(row.role);
    if (role) roles.set(row.entity_id, role);
  }
  return roles;
}

/** A user, and the project that he wants to do something with. */
export interface StandingAsk {
  readonly projectId: string;
  readonly userId: string;
}

/** The role of a user in the entity of a project, and whether everybody may see the project. */
export type StoredStanding = StandingAsk & { readonly role: Role | null; readonly isPublic: boolean };

// Where Postgres knows how many items a list has, a plan for so few looks cheaper than one for any list, and it would plan each time.
// How many a JSON text has it never knows.
const ONE_ASK = '(VALUES ($1::uuid, $2::uuid)) AS ask (project_id, user_id)';
const MANY_ASKS = 'json_to_recordset($1::json) AS ask (project_id uuid, user_id uuid)';

/** How these users stand to these projects; one whose project is not there is left out. */
export async function findStandings(client: Queryable, asks: readonly StandingAsk[]): Promise<StoredStanding[]> {
  const isOne = asks.length === 1;
  const found = await client.query<StandingAsk & { role: string | null; isPublic: boolean }>({
    name: isOne ? 'find-standing' : 'find-standings',
    text: `/* findStandings */
      SELECT ask.project_id AS "projectId", ask.user_id AS "userId", p.visibility = 'public' AS "isPublic",
        (SELECT m.role FROM membership m WHERE m.entity_id = p.entity_id AND m.user_id = ask.user_id) AS role
      FROM ${isOne ? ONE_ASK : MANY_ASKS} JOIN project p ON p.id = ask.project_id`,
    values: isOne
      ? [asks[0]?.projectId, asks[0]?.userId]
      : [JSON.stringify(asks.map((ask) => ({ project_id: ask.projectId, user_id: ask.userId })))],
  });
  return found.rows.map((row) => ({ ...row, role: roleFromStored(row.role) }));
}

/** The members of these entities, those longest in them first; at most 1,000 an entity. */
export async function findMembers(client: Queryable, entityIds: readonly string[]): Promise<MembershipRecord[]> {
  const found = await client.query<MembershipRow>({
    name: 'find-members',
    text: `/* findMembers */
      SELECT m.* FROM unnest($1::uuid[]) AS e (id), LATERAL (
        SELECT entity_id AS "entityId", user_id AS "userId", role, created_at AS "createdAt" FROM membership
        WHERE entity_id = e.id ORDER BY created_at, user_id LIMIT ${MAX_LISTED_MEMBERSHIPS}) AS m
      ORDER BY m."createdAt", m."userId"`,
    values: [entityIds],
  });
  return found.rows.flatMap((row) => {
    const role = roleFromStored(row.role);
    return role ? [{ ...row, role }] : [];
  });
}

/** Makes a user a member with this role, or gives a member this role. */
export async function upsertMembership(client: Queryable, membership: MembershipRecord): Promise<void> {
  await client.query(
    `/* upsertMembership */ INSERT INTO membership (entity_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (entity_id, user_id) DO UPDATE SET role = excluded.role`,
    [membership.entityId, membership.userId, storedRole(membership.role), membership.createdAt],
  );
}

/** Ends a membership, if there is one. */
export async function deleteMembership(client: Queryable, entityId: string, userId: string): Promise<void> {
  await client.query(`/* deleteMembership */ DELETE FROM membership WHERE entity_id = $1 AND user_id = $2`, [
    entityId,
    userId,
  ]);
}

/** Locks the owners of an entity until the transaction ends, and tells who they are. */
export async function lockOwners(client: Queryable, entityId: string): Promise<string[]> {
  const found = await client.query<{ user_id: string }>(
    `/* lockOwners */ SELECT user_id FROM membership WHERE entity_id = $1 AND role = 'owner' ORDER BY user_id FOR UPDATE`,
    [entityId],
  );
  return found.rows.map((row) => row.user_id);
}
