import { ServerError } from '../server-error.ts';
import type { Services } from '../services.ts';
import type { KeyProof } from './api-key-cache.ts';
import { type ApiKeyProof, findApiKeyProof, touchApiKey } from './api-key-store.ts';
import { readApiKeyToken, sameHash } from './api-key-token.ts';
import { apiKeyOfHeader } from './authorization-header.ts';
import type { Caller } from './caller.ts';

const MINUTE_MS = 60_000;

/**
 * Whom an `Authorization` header proves: `Bearer <key>`, or Basic with user `api` and the key as password.
 *
 * @throws ServerError UNAUTHENTICATED when there is no key, or it is unknown, revoked or expired. An unknown key and one
 * with a wrong secret get the same message.
 */
export async function authenticate(services: Services, header: string | undefined): Promise<Caller> {
  return authenticateKey(services, apiKeyOfHeader(header));
}

/** Whom the text of an API key proves. @throws ServerError UNAUTHENTICATED, as `authenticate` does */
export async function authenticateKey(services: Services, key: string): Promise<Caller> {
  const token = readApiKeyToken(key);
  if (!token) throw unknownKey();
  return proveCaller(services, { hash: token.hash }, async () => {
    const proof = await findApiKeyProof(services.database.pool, token.id);
    return proof && sameHash(proof.hash, token.hash) ? proof : undefined;
  });
}

/** Whom a session proves that names this key: whoever the key belongs to. @throws ServerError UNAUTHENTICATED, as `authenticate` does */
export async function authenticateSession(services: Services, apiKeyId: string): Promise<Caller> {
  return proveCaller(services, { sessionOf: apiKeyId }, () => findApiKeyProof(services.database.pool, apiKeyId));
}

async function proveCaller(
  services: Services,
  proof: KeyProof,
  find: () => Promise<ApiKeyProof | undefined>,
): Promise<Caller> {
  const now = services.clock();
  const remembered = services.apiKeys.find(proof, now);
  if (remembered) return remembered;
  const known = await find();
  if (!known) throw unknownKey();
  requireAlive(known, now);
  const caller = callerOf(known);
  services.apiKeys.remember(proof, caller, { now, expiresAt: known.expiresAt });
  noteUse(services, known, now);
  return caller;
}

function requireAlive(proof: ApiKeyProof, now: Date): void {
  if (proof.revokedAt)
    throw new ServerError('UNAUTHENTICATED', `the API key "${proof.name}" was revoked; use another one`);
  if (proof.expiresAt && proof.expiresAt <= now) {
    throw new ServerError(
      'UNAUTHENTICATED',
      `the API key "${proof.name}" expired at ${proof.expiresAt.toISOString()}; use another one`,
    );
  }
}

function callerOf(proof: ApiKeyProof): Caller {
  return {
    userId: proof.userId,
    userName: proof.userName,
    administrator: proof.administrator,
    apiKeyId: proof.id,
    scopes: new Set(proof.scopes),
  };
}

/** Stores the minute of use behind the request's back: a request is not slower or refused for it. */
function noteUse(services: Services, proof: ApiKeyProof, now: Date): void {
  if (proof.lastUsedAt && now.getTime() - proof.lastUsedAt.getTime() < MINUTE_MS) return;
  touchApiKey(services.database.pool, proof.id, now).catch((error: unknown) => {
    services.log.debug({ err: error, apiKey: proof.id }, 'the last use of an API key could not be noted');
  });
}

function unknownKey(): ServerError {
  return new ServerError(
    'UNAUTHENTICATED',
    'this API key is not known here; check that it was copied whole and belongs to this server',
  );
}
