import { ServerError } from '../server-error.ts';
import type { Services } from '../services.ts';
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
  const token = readApiKeyToken(apiKeyOfHeader(header));
  if (!token) throw unknownKey();
  const now = services.clock();
  const remembered = services.apiKeys.find(token.hash, now);
  if (remembered) return remembered;
  const proof = await findApiKeyProof(services.database.pool, token.id);
  if (!proof || !sameHash(proof.hash, token.hash)) throw unknownKey();
  requireAlive(proof, now);
  const caller = callerOf(proof);
  services.apiKeys.remember(token.hash, caller, { now, expiresAt: proof.expiresAt });
  noteUse(services, proof, now);
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
