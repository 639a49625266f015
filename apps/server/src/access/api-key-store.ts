import type { Queryable } from '../history/history-store.ts';
import { type Scope, scopesFromStored, storedScopes } from './scope.ts';

/** An API key as its owner may see it: without its secret, which nobody keeps. */
export interface ApiKeyRecord {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
}

/** A key with what proves it, and whose it is. */
export interface ApiKeyProof extends ApiKeyRecord {
  readonly hash: Buffer;
  readonly userName: string;
  readonly administrator: boolean;
}

interface ApiKeyRow extends Omit<ApiKeyRecord, 'scopes'> {
  readonly scopes: string[];
}

const COLUMNS = `k.id, k.user_id AS "userId", k.name, k.scopes, k.created_at AS "createdAt", k.expires_at AS "expiresAt",
  k.revoked_at AS "revokedAt", k.last_used_at AS "lastUsedAt"`;

/** The key with this id and whose it is, whether or not it still works. */
export async function findApiKeyProof(client: Queryable, id: string): Promise<ApiKeyProof | undefined> {
  const found = await client.query<ApiKeyRow & { hash: Buffer; userName: string; administrator: boolean }>({
    name: 'find-api-key-proof',
    text: `/* findApiKeyProof */ SELECT ${COLUMNS}, k.secret_hash AS hash, u.name AS "userName", u.administrator
      FROM api_key k JOIN "user" u ON u.id = k.user_id WHERE k.id = $1`,
    values: [id],
  });
  const row = found.rows[0];
  return row && { ...row, scopes: scopesFromStored(row.scopes) };
}

/** The keys with these ids, in no order. */
export async function findApiKeys(client: Queryable, ids: readonly string[]): Promise<ApiKeyRecord[]> {
  const found = await client.query<ApiKeyRow>(
    `/* findApiKeys */ SELECT ${COLUMNS} FROM api_key k WHERE k.id = ANY($1::text[])`,
    [ids],
  );
  return found.rows.map((row) => ({ ...row, scopes: scopesFromStored(row.scopes) }));
}

/** The keys of one user, newest first, revoked and expired ones too; at most `limit`. */
export async function findApiKeysOfUser(client: Queryable, userId: string, limit: number): Promise<ApiKeyRecord[]> {
  const found = await client.query<ApiKeyRow>(
    `/* findApiKeysOfUser */ SELECT ${COLUMNS} FROM api_key k WHERE k.user_id = $1 ORDER BY k.created_at DESC, k.id LIMIT $2`,
    [userId, limit],
  );
  return found.rows.map((row) => ({ ...row, scopes: scopesFromStored(row.scopes) }));
}

/** Stores a key. @returns false when its id is taken, and nothing was stored. */
export async function insertApiKey(client: Queryable, key: ApiKeyRecord, hash: Buffer): Promise<boolean> {
  const stored = await client.query(
    `/* insertApiKey */ INSERT INTO api_key (id, user_id, name, secret_hash, scopes, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [key.id, key.userId, key.name, hash, storedScopes(key.scopes), key.createdAt, key.expiresAt],
  );
  return stored.rowCount === 1;
}

/** Revokes a key of a user; one that was revoked before keeps the time of that. @returns false when he has no such key. */
export async function revokeStoredApiKey(client: Queryable, id: string, at: Date): Promise<boolean> {
  const stored = await client.query(
    `/* revokeApiKey */ UPDATE api_key SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1`,
    [id, at],
  );
  return stored.rowCount === 1;
}

/** Notes that a key was used in this minute, unless that is known. */
export async function touchApiKey(client: Queryable, id: string, at: Date): Promise<void> {
  await client.query(
    `/* touchApiKey */ UPDATE api_key SET last_used_at = date_trunc('minute', $2::timestamptz)
     WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < date_trunc('minute', $2::timestamptz))`,
    [id, at],
  );
}
