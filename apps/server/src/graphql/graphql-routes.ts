import { type ApolloServer, HeaderMap } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { authenticateRequest } from '../access/authenticate-request.ts';
import type { Caller } from '../access/caller.ts';
import { createContext } from '../access/create-context.ts';
import type { RequestContext } from '../access/request-context.ts';
import type { Services } from '../services.ts';
import { createApolloServer } from './apollo-server.ts';
import { baseUrlOf } from './base-url.ts';
import { addGraphiqlRoute } from './graphiql-route.ts';
import { LogBodyThreads } from './log-body-threads.ts';
import { parseRequestBody } from './wire-body.ts';

/**
 * Adds GraphQL at `/graphql` (POST and GET, with an API key or a session) and GraphiQL at `/graphiql` (a page that asks for the key).
 *
 * A request without a key is refused before its body is read.
 */
export async function registerGraphqlRoutes(app: FastifyInstance, services: Services): Promise<void> {
  const apollo = createApolloServer(services);
  await apollo.start();
  app.addHook('onClose', () => apollo.stop());
  addGraphiqlRoute(app);
  await app.register(async (scope) => addGraphqlRoute(scope, services, apollo));
}

function addGraphqlRoute(scope: FastifyInstance, services: Services, apollo: ApolloServer<RequestContext>): void {
  const callers = new WeakMap<FastifyRequest, Caller>();
  scope.removeContentTypeParser('application/json');
  const bodies = new LogBodyThreads();
  scope.addHook('onClose', () => bodies.stop());
  scope.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (_request: FastifyRequest, bytes: Buffer) => bodies.read(bytes),
  );
  scope.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    onRequest: async (request) => {
      callers.set(request, await authenticateRequest(services, request));
    },
    handler: async (request, reply) => {
      const caller = callers.get(request);
      if (!caller) throw new Error('a GraphQL request came through without a caller');
      checkSearch(request);
      return execute(apollo, {
        request,
        reply,
        context: createContext(services, caller, baseUrlOf(services.config, scope)),
      });
    },
  });
}

async function execute(
  apollo: ApolloServer<RequestContext>,
  { request, reply, context }: { request: FastifyRequest; reply: FastifyReply; context: RequestContext },
): Promise<FastifyReply> {
  const answer = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method,
      headers: headersOf(request),
      search: searchOf(request.url),
      body: request.body,
    },
    context: async () => context,
  });
  if (answer.body.kind === 'chunked') throw new Error('no operation of this schema is answered in pieces');
  for (const [name, value] of answer.headers) void reply.header(name, value);
  return reply.code(answer.status ?? 200).send(answer.body.string);
}

function headersOf(request: FastifyRequest): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

/** Refuses the variables of a GET that could not be read; Apollo would call that a failure of the server. */
function checkSearch(request: FastifyRequest): void {
  if (request.method !== 'GET') return;
  const variables = new URLSearchParams(searchOf(request.url)).get('variables');
  if (variables !== null) parseRequestBody(variables);
}

function searchOf(url: string): string {
  const mark = url.indexOf('?');
  return mark === -1 ? '' : url.slice(mark);
}
