import { parseJson } from '@summa/core/json/parse-json';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { authenticate } from '../access/authenticate.ts';
import { createContext } from '../access/create-context.ts';
import type { RequestContext } from '../access/request-context.ts';
import { RETRY_AFTER_SECONDS } from '../database/passing-failure.ts';
import { baseUrlOf } from '../graphql/base-url.ts';
import { formatAnswer } from '../graphql/wire-body.ts';
import type { Services } from '../services.ts';
import { addLinkRoutes } from './link-routes.ts';
import { addFileStreamRoute, addStorageRoute } from './live/live-routes.ts';
import { executeOperation } from './schema/execute-operation.ts';

/**
 * Adds the door of the W&B client below `/wandb`: what it needs with `WANDB_BASE_URL` set to this server's URL and `/wandb`.
 *
 * GraphQL and the file stream need an API key; uploads go to signed URLs.
 */
export async function registerWandbRoutes(app: FastifyInstance, services: Services): Promise<void> {
  await app.register(
    async (door) => {
      await door.register(async (scope) => addKeyedRoutes(scope, services));
      await door.register(async (scope) => addStorageRoute(scope, services, () => baseUrlOf(services.config, scope)));
      addLinkRoutes(door);
    },
    { prefix: '/wandb' },
  );
}

function addKeyedRoutes(scope: FastifyInstance, services: Services): void {
  const contexts = new WeakMap<FastifyRequest, RequestContext>();
  scope.removeAllContentTypeParsers();
  // The client says nothing of the type of some bodies.
  scope.addContentTypeParser('*', { parseAs: 'string' }, async (_request: FastifyRequest, text: string) => text);
  scope.addHook('onRequest', async (request) => {
    const caller = await authenticate(services, request.headers.authorization);
    contexts.set(request, createContext(services, caller, baseUrlOf(services.config, scope)));
  });
  const contextFor = (request: FastifyRequest): RequestContext => {
    const context = contexts.get(request);
    if (!context) throw new Error('a request came through without a caller');
    return context;
  };
  scope.post<{ Body: string | undefined }>('/graphql', async (request, reply) => {
    const answer = await executeOperation(contextFor(request), parseJson(request.body ?? ''));
    if (answer.status === 503) void reply.header('retry-after', RETRY_AFTER_SECONDS);
    return reply.code(answer.status).type('application/json').send(formatAnswer(answer.body));
  });
  addFileStreamRoute(scope, contextFor);
}
