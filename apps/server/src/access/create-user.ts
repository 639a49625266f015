import { inTransaction } from '../database/in-transaction.ts';
import type { Queryable } from '../history/history-store.ts';
import { ServerError } from '../server-error.ts';
import type { Services } from '../services.ts';
import { checkLength, checkName } from '../text-input.ts';
import { uuidV7 } from '../uuid-v7.ts';
import { type ApiKeyRecord, insertApiKey } from './api-key-store.ts';
import { type ApiKeyToken, makeApiKeyToken } from './api-key-token.ts';
import { type EntityRecord, insertEntity } from './entity-store.ts';
import { upsertMembership } from './membership-store.ts';
import type { RequestContext } from './request-context.ts';
import { SCOPES } from './scope.ts';
import { insertUser, type UserRecord } from './user-store.ts';

/** What a new user is to be. */
export interface CreateUserInput {
  readonly name: string;
  readonly displayName?: string | null | undefined;
  readonly email?: string | null | undefined;
}

/** A user with a first key, whose text is told this once. */
export interface CreatedUser {
  readonly user: UserRecord;
  readonly apiKey: ApiKeyRecord;
  readonly key: string;
}

/**
 * Makes a user with an own entity and a first key with all scopes. Only administrators may.
 *
 * @throws ServerError FORBIDDEN, INVALID_NAME, TEXT_TOO_LONG, USER_EXISTS, ENTITY_EXISTS
 */
export async function createUser({ services, caller }: RequestContext, input: CreateUserInput): Promise<CreatedUser> {
  if (!caller.administrator)
    throw new ServerError('FORBIDDEN', 'only an administrator may create users; ask the user who set up this server');
  checkName(input.name, ['name']);
  checkLength(input.displayName, 'title', ['displayName']);
  checkLength(input.email, 'title', ['email']);
  const user = newUser(services, { ...input, administrator: false });
  return inTransaction(services.database.pool, 'write', async (client) => {
    await storeUser(client, user);
    const token = makeApiKeyToken();
    const apiKey = await storeFullKey(client, user, { token, name: 'first key', at: user.createdAt });
    return { user, apiKey, key: token.key };
  });
}

/** A user that is not stored yet. */
export function newUser(services: Services, input: CreateUserInput & { readonly administrator: boolean }): UserRecord {
  const createdAt = services.clock();
  return {
    id: uuidV7(createdAt),
    name: input.name,
    displayName: input.displayName ?? input.name,
    email: input.email ?? null,
    administrator: input.administrator,
    createdAt,
  };
}

/** Stores a user with an own entity, inside a transaction. @throws ServerError USER_EXISTS, ENTITY_EXISTS */
export async function storeUser(client: Queryable, user: UserRecord): Promise<void> {
  const { name, createdAt } = user;
  const entity: EntityRecord = { id: uuidV7(createdAt), name, kind: 'user', createdAt };
  if (!(await insertUser(client, user)))
    throw new ServerError('USER_EXISTS', `there already is a user "${name}"; choose another name`, ['name']);
  if (!(await insertEntity(client, entity)))
    throw new ServerError('ENTITY_EXISTS', `a team is already called "${name}"; choose another name`, ['name']);
  await upsertMembership(client, { entityId: entity.id, userId: user.id, role: 'OWNER', createdAt });
}

/** Stores a key with all scopes for a user, unless it is stored already. */
export async function storeFullKey(
  client: Queryable,
  user: UserRecord,
  { token, name, at }: { token: ApiKeyToken; name: string; at: Date },
): Promise<ApiKeyRecord> {
  const apiKey: ApiKeyRecord = {
    id: token.id,
    userId: user.id,
    name,
    scopes: [...SCOPES],
    createdAt: at,
    expiresAt: null,
    revokedAt: null,
    lastUsedAt: null,
  };
  await insertApiKey(client, apiKey, token.hash);
  return apiKey;
}
