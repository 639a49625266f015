import { type ErrorCode, SummaError } from '@summa/core/summa-error';

/**
 * An expected failure of the server: core's codes and those below. The GraphQL error enum lists and describes each.
 */
export class ServerError extends SummaError<ServerErrorCode> {}

/** Every code that the server may answer with, apart from what Apollo Server itself says of a malformed operation. */
export type ServerErrorCode =
  | ErrorCode
  | 'API_KEY_NOT_FOUND'
  | 'BODY_TOO_LARGE'
  | 'DOCUMENT_TOO_LARGE'
  | 'ENTITY_EXISTS'
  | 'ENTITY_NOT_FOUND'
  | 'FORBIDDEN'
  | 'INTERNAL'
  | 'INVALID_CURSOR'
  | 'INVALID_ID'
  | 'INVALID_INPUT'
  | 'INVALID_NAME'
  | 'INVALID_RANGE'
  | 'LAST_OWNER'
  | 'LIST_TOO_LONG'
  | 'NOT_FOUND'
  | 'OFFSET_GAP'
  | 'PAGE_TOO_LARGE'
  | 'PROJECT_EXISTS'
  | 'PROJECT_NOT_FOUND'
  | 'QUERY_TOO_COMPLEX'
  | 'QUERY_TOO_DEEP'
  | 'RESPONSE_TOO_LARGE'
  | 'REVISION_CONFLICT'
  | 'RUN_EXISTS'
  | 'RUN_FINISHED'
  | 'RUN_NOT_FOUND'
  | 'SERVER_BUSY'
  | 'STATEMENT_TIMEOUT'
  | 'TEXT_TOO_LONG'
  | 'TOO_MANY_ALIASES'
  | 'TOO_MANY_KEYS'
  | 'TOO_MANY_TOKENS'
  | 'UNAUTHENTICATED'
  | 'USER_EXISTS'
  | 'USER_NOT_FOUND';
