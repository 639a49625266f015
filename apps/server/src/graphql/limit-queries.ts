import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { RequestContext } from '../access/request-context.ts';
import { LIMITS } from '../limits.ts';
import type { ApiErrorCode } from './error-codes.ts';
import { measureQuery, type QueryCost } from './query-cost.ts';

/** Refuses an operation that is too deep, renames too many fields, or could resolve too many, before anything of it is done. */
export const limitQueries: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, request }) {
        if (!operation) return;
        const refused = refusal(measureQuery({ schema, document, operation, variables: request.variables ?? {} }));
        if (refused) throw refused;
      },
    };
  },
};

function refusal(cost: QueryCost): GraphQLError | undefined {
  if (cost.depth > LIMITS.depth) {
    return tooMuch(
      'QUERY_TOO_DEEP',
      `fields are nested ${cost.depth} deep, more than ${LIMITS.depth}; ask in two operations`,
    );
  }
  if (cost.aliases > LIMITS.aliases) {
    return tooMuch(
      'TOO_MANY_ALIASES',
      `${cost.aliases} fields are renamed, more than ${LIMITS.aliases}; ask in several operations`,
    );
  }
  if (cost.complexity > LIMITS.complexity) {
    const message = `the operation may resolve ${cost.complexity} fields, more than ${LIMITS.complexity}; ask for smaller pages or fewer fields`;
    return tooMuch('QUERY_TOO_COMPLEX', message);
  }
  return undefined;
}

function tooMuch(code: ApiErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } });
}
