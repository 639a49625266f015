import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { isJsonObject } from '@summa/core/json/json-value';
import type { RequestContext } from '../access/request-context.ts';
import { RETRY_AFTER_SECONDS } from '../database/passing-failure.ts';
import { LIMITS } from '../limits.ts';
import type { ServerErrorCode } from '../server-error.ts';
import type { Services } from '../services.ts';
import { errorFormatter } from './format-error.ts';
import { limitQueries } from './limit-queries.ts';
import { rejectNulLiterals } from './reject-nul.ts';
import { schema } from './schema.ts';
import { formatAnswer, parseRequestBody } from './wire-body.ts';

/** Codes of a request that is no operation: what GraphQL over HTTP answers with 200 to a client that accepts only `application/json`. */
const NOT_AN_OPERATION = new Set<unknown>(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']);

/** The GraphQL engine, without HTTP. Call `start` before the first operation and `stop` after the last. */
export function createApolloServer(services: Services): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    schema,
    introspection: true,
    csrfPrevention: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: LIMITS.tokens },
    validationRules: [rejectNulLiterals],
    formatError: errorFormatter(services.log),
    stringifyResult: formatAnswer,
    logger: services.log,
    plugins: [
      // Wraps every resolver, which costs lists more than a third of their speed; nothing here is cacheable by time.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      losslessGetVariables,
      limitQueries,
      statusForJsonClients,
      retryAfterBusy,
      placeReadyLists,
    ],
  });
}

/** Reads the variables of a GET request again, without loss. Apollo has checked that they are an object. */
const losslessGetVariables: ApolloServerPlugin<RequestContext> = {
  async requestDidStart({ request }) {
    const text = request.http?.method === 'GET' ? new URLSearchParams(request.http.search).get('variables') : null;
    const variables = text === null ? null : parseRequestBody(text);
    if (isJsonObject(variables)) request.variables = { ...variables };
  },
};

const statusForJsonClients: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response }) {
        const accepts = request.http?.headers.get('accept') ?? '';
        if (accepts.includes('application/graphql-response+json') || response.http.status !== 400) return;
        if (response.body.kind !== 'single') return;
        const { errors } = response.body.singleResult;
        if (errors?.every((error) => NOT_AN_OPERATION.has(error.extensions?.code))) response.http.status = 200;
      },
    };
  },
};

/** Says when to come back where the other doors say so too: they answer these codes with 503. */
const PASSING: ReadonlySet<unknown> = new Set<ServerErrorCode>(['SERVER_BUSY', 'STATEMENT_TIMEOUT']);

const retryAfterBusy: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response }) {
        if (response.body.kind !== 'single') return;
        const { errors } = response.body.singleResult;
        if (errors?.some((error) => PASSING.has(error.extensions?.code)))
          response.http.headers.set('retry-after', String(RETRY_AFTER_SECONDS));
      },
    };
  },
};

const placeReadyLists: ApolloServerPlugin<RequestContext> = {
  async requestDidStart({ contextValue }) {
    return {
      async willSendResponse({ response }) {
        if (response.body.kind === 'single') contextValue.lists.place(response.body.singleResult.data);
      },
    };
  },
};
