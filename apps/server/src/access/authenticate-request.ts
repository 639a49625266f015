import type { IncomingHttpHeaders } from 'node:http';
import { ServerError } from '../server-error.ts';
import type { Services } from '../services.ts';
import { authenticate, authenticateSession } from './authenticate.ts';
import type { Caller } from './caller.ts';
import { isSameOrigin } from './same-origin.ts';

/** What of an HTTP request says who it is from. */
export interface KeyedRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

const READS = new Set(['GET', 'HEAD']);

/**
 * Whom a request proves: its `Authorization` header when it has one, else the session in its cookie.
 *
 * A session does nothing but read for a page of another origin: browsers say of every POST where it comes from.
 *
 * @throws ServerError UNAUTHENTICATED, FORBIDDEN when a request of another origin carries a session
 */
export async function authenticateRequest(services: Services, { method, headers }: KeyedRequest): Promise<Caller> {
  if (headers.authorization !== undefined) return authenticate(services, headers.authorization);
  const apiKeyId = await services.sessions.read(headers.cookie);
  if (apiKeyId === undefined) return authenticate(services, undefined);
  if (!READS.has(method) && !isSameOrigin(services.config, headers)) {
    throw new ServerError('FORBIDDEN', 'a session may change things from the pages of this server only');
  }
  return authenticateSession(services, apiKeyId);
}
