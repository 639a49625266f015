import { ServerError } from '../server-error.ts';
import { checkLength } from '../text-input.ts';
import { type ApiKeyRecord, findApiKeys, insertApiKey, revokeStoredApiKey } from './api-key-store.ts';
import { makeApiKeyToken } from './api-key-token.ts';
import type { RequestContext } from './request-context.ts';
import type { Scope } from './scope.ts';
import { findUserByName } from './user-store.ts';

/** What a new key is to be. */
export interface CreateApiKeyInput {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt?: Date | null | undefined;
  /** Whose it is: the caller's when left out. Only administrators may name somebody else. */
  readonly userName?: string | null | undefined;
}

/** A new key, with its text. */
export interface CreatedApiKey {
  readonly apiKey: ApiKeyRecord;
  /** Shown this once: nobody can read it again. */
  readonly key: string;
}

/** Makes an API key. @throws ServerError TEXT_TOO_LONG, INVALID_INPUT, USER_NOT_FOUND, FORBIDDEN */
export async function createApiKey(context: RequestContext, input: CreateApiKeyInput): Promise<CreatedApiKey> {
  const { services } = context;
  const now = services.clock();
  checkApiKey(input, now);
  const token = makeApiKeyToken();
  const apiKey: ApiKeyRecord = {
    id: token.id,
    userId: await ownerOf(context, input.userName),
    name: input.name,
    scopes: input.scopes,
    createdAt: now,
    expiresAt: input.expiresAt ?? null,
    revokedAt: null,
    lastUsedAt: null,
  };
  await insertApiKey(services.database.pool, apiKey, token.hash);
  return { apiKey, key: token.key };
}

/**
 * Revokes a key of the caller, or, as an administrator, of anybody. It stops working at once; again changes nothing.
 *
 * @throws ServerError API_KEY_NOT_FOUND
 */
export async function revokeApiKey({ services, caller }: RequestContext, id: string): Promise<ApiKeyRecord> {
  const { pool } = services.database;
  const [known] = await findApiKeys(pool, [id]);
  if (!known || (known.userId !== caller.userId && !caller.administrator)) {
    throw new ServerError('API_KEY_NOT_FOUND', 'you have no such API key', ['apiKeyId']);
  }
  await revokeStoredApiKey(pool, id, services.clock());
  services.apiKeys.forget(id);
  const [revoked] = await findApiKeys(pool, [id]);
  return revoked ?? known;
}

/** The caller's key with this id; null when he has none. */
export async function findOwnApiKey({ services, caller }: RequestContext, id: string): Promise<ApiKeyRecord | null> {
  const [known] = await findApiKeys(services.database.pool, [id]);
  return known?.userId === caller.userId ? known : null;
}

function checkApiKey(input: CreateApiKeyInput, now: Date): void {
  checkLength(input.name, 'label', ['name']);
  if (input.name.trim() === '')
    throw new ServerError('INVALID_INPUT', 'name is empty; say what the key is for', ['name']);
  if (input.scopes.length === 0)
    throw new ServerError('INVALID_INPUT', 'scopes is empty; give at least one of INGEST, READ, ADMIN', ['scopes']);
  if (input.expiresAt && input.expiresAt <= now)
    throw new ServerError('INVALID_INPUT', 'expiresAt is in the past', ['expiresAt']);
}

async function ownerOf({ services, caller }: RequestContext, userName: string | null | undefined): Promise<string> {
  if (userName == null || userName === caller.userName) return caller.userId;
  if (!caller.administrator)
    throw new ServerError('FORBIDDEN', 'only an administrator may make keys for somebody else', ['userName']);
  const user = await findUserByName(services.database.pool, userName);
  if (!user) throw new ServerError('USER_NOT_FOUND', `there is no user "${userName}"`, ['userName']);
  return user.id;
}
