import { isJsonObject, type JsonValue } from '@summa/core/json/json-value';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { authenticateKey, authenticateSession } from '../access/authenticate.ts';
import { authenticateRequest } from '../access/authenticate-request.ts';
import type { Caller } from '../access/caller.ts';
import { isSameOrigin } from '../access/same-origin.ts';
import type { Scope } from '../access/scope.ts';
import { ServerError } from '../server-error.ts';
import type { Services } from '../services.ts';

const SESSION_URL = '/api/session';
/** Where a link that does not work any more leads: the page to sign in, which says why. */
const LINK_ENDED_URL = '/sign-in?reason=link-ended';

/** Who is signed in. */
interface SessionAnswer {
  readonly userName: string;
  readonly scopes: readonly Scope[];
}

/**
 * Adds the session of a browser: `POST /api/session` with `{ "apiKey": … }` signs in, `GET` says who is signed in, `DELETE`
 * signs out; `GET /sign-in/<token>` signs in by a link.
 */
export function registerSessionRoutes(app: FastifyInstance, services: Services): void {
  app.post<{ Body: JsonValue }>(SESSION_URL, async (request, reply) => {
    refuseOtherOrigins(services, request);
    const caller = await authenticateKey(services, apiKeyOf(request.body));
    notKept(reply).header('set-cookie', await services.sessions.start(caller.apiKeyId));
    return answerOf(caller);
  });
  app.get(SESSION_URL, { exposeHeadRoute: false }, async (request, reply) => {
    notKept(reply);
    return answerOf(await authenticateRequest(services, request));
  });
  app.delete(SESSION_URL, async (request, reply) => {
    refuseOtherOrigins(services, request);
    return notKept(reply).header('set-cookie', services.sessions.end()).code(204).send();
  });
  addLinkRoute(app, services);
}

/** Only the first GET signs in: a program that looks at a link beforehand asks with HEAD. */
function addLinkRoute(app: FastifyInstance, services: Services): void {
  app.get<{ Params: { token: string } }>('/sign-in/:token', { exposeHeadRoute: false }, async (request, reply) => {
    notKept(reply).header('referrer-policy', 'no-referrer');
    const apiKeyId = services.signInLinks.take(request.params.token);
    if (apiKeyId === undefined) return reply.redirect(LINK_ENDED_URL, 302);
    const { apiKeyId: proved } = await authenticateSession(services, apiKeyId);
    return reply.header('set-cookie', await services.sessions.start(proved)).redirect('/', 302);
  });
}

/** Nobody is signed in or out by a page of somebody else. A request that is not of a browser has no origin. */
function refuseOtherOrigins({ config }: Services, { headers }: FastifyRequest): void {
  if (headers.origin === undefined || isSameOrigin(config, headers)) return;
  throw new ServerError('FORBIDDEN', 'a page of another origin cannot sign in or out here');
}

function apiKeyOf(body: JsonValue): string {
  if (isJsonObject(body) && typeof body.apiKey === 'string') return body.apiKey.trim();
  throw new ServerError('INVALID_INPUT', 'the body must be a JSON object with the text "apiKey"', ['apiKey']);
}

function notKept(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-store');
}

function answerOf({ userName, scopes }: Caller): SessionAnswer {
  return { userName, scopes: [...scopes] };
}
