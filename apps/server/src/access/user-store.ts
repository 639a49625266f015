import type { Queryable } from '../history/history-store.ts';

/** A person or a service account. */
export interface UserRecord {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly administrator: boolean;
  readonly createdAt: Date;
}

const COLUMNS = 'id, name, display_name AS "displayName", email, administrator, created_at AS "createdAt"';

/** The users with these ids, in no order; an id of nobody is left out. */
export async function findUsers(client: Queryable, ids: readonly string[]): Promise<UserRecord[]> {
  const found = await client.query<UserRecord>({
    name: 'find-users',
    text: `/* findUsers */ SELECT ${COLUMNS} FROM "user" WHERE id = ANY($1::uuid[])`,
    values: [ids],
  });
  return found.rows;
}

/** The user with this login name. */
export async function findUserByName(client: Queryable, name: string): Promise<UserRecord | undefined> {
  const found = await client.query<UserRecord>(`/* findUserByName */ SELECT ${COLUMNS} FROM "user" WHERE name = $1`, [
    name,
  ]);
  return found.rows[0];
}

/** The administrator who was there first: the user whom the server made at its first start. */
export async function findFirstAdministrator(client: Queryable): Promise<UserRecord | undefined> {
  const found = await client.query<UserRecord>(
    `/* findFirstAdministrator */ SELECT ${COLUMNS} FROM "user" WHERE administrator ORDER BY created_at, id LIMIT 1`,
  );
  return found.rows[0];
}

/** Stores a user. @returns false when the name is taken, and nothing was stored. */
export async function insertUser(client: Queryable, user: UserRecord): Promise<boolean> {
  const stored = await client.query(
    `/* insertUser */ INSERT INTO "user" (id, name, display_name, email, administrator, created_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [user.id, user.name, user.displayName, user.email, user.administrator, user.createdAt],
  );
  return stored.rowCount === 1;
}
