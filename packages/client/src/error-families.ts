import { type ClientErrorCode, type ErrorDetails, type FailureCode, SummaClientError } from './summa-client-error.ts';

type NotFoundCode = Extract<FailureCode, `${string}NOT_FOUND`>;
type ForbiddenCode = 'FORBIDDEN' | 'HTTP_401' | 'HTTP_403' | 'UNAUTHENTICATED';
type ConflictCode =
  | Extract<FailureCode, `${string}_EXISTS` | `UPLOAD_${'INCOMPLETE' | 'RECEIVED'}`>
  | 'LAST_OWNER'
  | 'OFFSET_GAP'
  | 'REVISION_CONFLICT'
  | 'RUN_FINISHED';
type RateLimitedCode = 'HTTP_429' | 'HTTP_503' | 'SERVER_BUSY' | `TOO_MANY_${'EXPORTS' | 'UPLOADS'}`;
type NetworkCode = 'NETWORK' | 'TIMEOUT';
type ServerFaultCode =
  | 'CORRUPT_DATA'
  | 'INTERNAL'
  | 'OPERATION_RESOLUTION_FAILURE'
  | 'STATEMENT_TIMEOUT'
  | 'STORAGE_FULL'
  | 'TENSOR_TIMEOUT'
  | `HTTP_${number}`;
type BadInputCode = Exclude<
  FailureCode,
  | NotFoundCode
  | ForbiddenCode
  | ConflictCode
  | RateLimitedCode
  | NetworkCode
  | Exclude<ServerFaultCode, `HTTP_${number}`>
  | Exclude<ClientErrorCode, 'INVALID_OPTION'>
>;

/** What was asked for is not there, or the key may not know of it. */
export class NotFoundError extends SummaClientError {
  declare readonly code: NotFoundCode;
}

/** The key is missing, unknown, revoked or expired (UNAUTHENTICATED), or may not do this (FORBIDDEN). */
export class ForbiddenError extends SummaClientError {
  declare readonly code: ForbiddenCode;
}

/** What is there already, or was changed by somebody else meanwhile, stands in the way. */
export class ConflictError extends SummaClientError {
  declare readonly code: ConflictCode;
}

/** The request itself is wrong, or asks for too much: the same one will always fail. */
export class BadInputError extends SummaClientError {
  declare readonly code: BadInputCode;
}

/** The server has too much to do; the same request may succeed after `retryAfterMs`. */
export class RateLimitedError extends SummaClientError {
  declare readonly code: RateLimitedCode;
}

/** No answer came; whether the request was heard is not known. */
export class NetworkError extends SummaClientError {
  declare readonly code: NetworkCode;
}

/** The server failed for a reason of its own; `requestId` is in its log. */
export class ServerFaultError extends SummaClientError {
  declare readonly code: ServerFaultCode;
}

/** The first that fits holds. */
const families: readonly (readonly [codes: RegExp, family: new (...args: never) => SummaClientError])[] = [
  [/NOT_FOUND$/, NotFoundError],
  [/^(FORBIDDEN|UNAUTHENTICATED|HTTP_40[13])$/, ForbiddenError],
  [
    /_EXISTS$|^(LAST_OWNER|OFFSET_GAP|REVISION_CONFLICT|RUN_FINISHED|UPLOAD_INCOMPLETE|UPLOAD_RECEIVED)$/,
    ConflictError,
  ],
  [/^(SERVER_BUSY|TOO_MANY_EXPORTS|TOO_MANY_UPLOADS|HTTP_429|HTTP_503)$/, RateLimitedError],
  [/^(NETWORK|TIMEOUT)$/, NetworkError],
  [
    /^(CORRUPT_DATA|INTERNAL|INTERNAL_SERVER_ERROR|OPERATION_RESOLUTION_FAILURE|STORAGE_FULL|\w+_TIMEOUT|HTTP_5..)$/,
    ServerFaultError,
  ],
  [/^(INVALID|BAD|UNSUPPORTED|GRAPHQL|TOO|PERSISTED)_(?!RESPONSE)|_TOO_|_MISMATCH$|_EXPIRED$|^HTTP_4/, BadInputError],
];

/** A failure as an instance of its family; of a code in no family it is a plain `SummaClientError`. */
export function clientError(code: string, message: string, details?: ErrorDetails): SummaClientError {
  const Family = families.find(([codes]) => codes.test(code))?.[1] ?? SummaClientError;
  // The patterns say what the classes' types say; a code of a newer server passes as it is.
  return new (Family as typeof SummaClientError)(code as FailureCode, message, details);
}
