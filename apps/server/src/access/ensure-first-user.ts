import { inTransaction } from '../database/in-transaction.ts';
import type { Services } from '../services.ts';
import { makeApiKeyToken, readApiKeyToken } from './api-key-token.ts';
import { newUser, storeFullKey, storeUser } from './create-user.ts';
import { findFirstAdministrator } from './user-store.ts';

/** The first user of a server. */
export interface FirstUser {
  readonly userName: string;
  /** The text of the key that was made just now; null when the user was there before, or the operator chose the key. */
  readonly apiKey: string | null;
}

const FIRST_USER_NAME = 'admin';
/** Held while the first user is made, so that of two servers that start at once only one makes it. */
const LOCK = 7_305_001;

/**
 * Makes the first user, an administrator called `admin` with an own entity and one key with all scopes, if there is no
 * administrator yet. The key of `SUMMA_API_KEY`, when given, is this user's from then on, whenever the user was made.
 */
export async function ensureFirstUser(services: Services): Promise<FirstUser> {
  const { apiKey } = services.config;
  const chosen = apiKey === undefined ? null : readApiKeyToken(apiKey);
  const at = services.clock();
  return inTransaction(services.database.pool, 'write', async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const known = await findFirstAdministrator(client);
    const user = known ?? newUser(services, { name: FIRST_USER_NAME, administrator: true });
    if (!known) await storeUser(client, user);
    if (chosen) await storeFullKey(client, user, { token: chosen, name: 'SUMMA_API_KEY', at });
    if (known || chosen) return { userName: user.name, apiKey: null };
    const token = makeApiKeyToken();
    await storeFullKey(client, user, { token, name: 'first key', at });
    return { userName: user.name, apiKey: token.key };
  });
}
