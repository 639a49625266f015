import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { SummaError } from '@summa/core/summa-error';
import type { GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { findCause, passingFailure } from '../database/passing-failure.ts';
import type { ApiErrorCode } from './error-codes.ts';

const APOLLO_INTERNAL = 'INTERNAL_SERVER_ERROR';
/** What graphql-js says when checking whether repeated fields agree takes it too long. */
const VALIDATION_ABORTED = 'Validation aborted.';
const TOO_MANY_TOKENS = /Document contains more tha[nt] (\d+) tokens/;

/**
 * Makes of any error what a caller may see: a stable `extensions.code`, the path of the bad argument, and a message that says
 * what to do. What broke inside is masked and logged under the `errorId` that the caller sees.
 */
export function errorFormatter(
  log: Logger,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const expected = findCause(error, (cause) => cause instanceof SummaError);
    if (expected instanceof SummaError) return formatExpected(formatted, expected);
    const code = formatted.extensions?.code;
    if (code === 'GRAPHQL_PARSE_FAILED') return formatParseError(formatted);
    if (formatted.message === VALIDATION_ABORTED) return formatAborted(formatted);
    if (typeof code === 'string' && code !== APOLLO_INTERNAL) return withExtensions(formatted, { code });
    return formatUnexpected(formatted, error, log);
  };
}

function formatExpected(formatted: GraphQLFormattedError, error: SummaError<string>): GraphQLFormattedError {
  const argumentPath = error.path.length > 0 ? { argumentPath: error.path } : {};
  return withExtensions(formatted, { code: error.code, ...argumentPath });
}

function formatParseError(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const limit = TOO_MANY_TOKENS.exec(formatted.message)?.[1];
  if (limit === undefined) return withExtensions(formatted, { code: 'GRAPHQL_PARSE_FAILED' });
  const message = `the document has more than ${limit} tokens; put values into variables or split the operation`;
  return withExtensions({ ...formatted, message }, { code: 'TOO_MANY_TOKENS' satisfies ApiErrorCode });
}

function formatAborted(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const message = 'the document repeats fields so often that it cannot be checked; select each field once';
  return withExtensions({ ...formatted, message }, { code: 'QUERY_TOO_COMPLEX' satisfies ApiErrorCode });
}

function formatUnexpected(formatted: GraphQLFormattedError, error: unknown, log: Logger): GraphQLFormattedError {
  const passing = passingFailure(error);
  if (passing) return withExtensions({ ...formatted, message: passing.message }, { code: passing.code });
  const errorId = randomUUID();
  log.error({ err: unwrapResolverError(error), errorId, path: formatted.path }, 'an operation failed');
  const message = `something broke inside the server; its log tells more under the error id ${errorId}`;
  return withExtensions({ ...formatted, message }, { code: 'INTERNAL' satisfies ApiErrorCode, errorId });
}

function withExtensions(formatted: GraphQLFormattedError, extensions: Record<string, unknown>): GraphQLFormattedError {
  const { message, locations, path } = formatted;
  return { message, ...(locations && { locations }), ...(path && { path }), extensions };
}
