import type { ErrorCode as ServerErrorCode } from './generated/graphql.ts';

/** Codes of the server: the enum `ErrorCode` of its schema, which says what each means. */
export type { ServerErrorCode };

/** Codes that the client itself raises. */
export type ClientErrorCode =
  | 'ABORTED'
  | 'INVALID_OPTION'
  | 'INVALID_RESPONSE'
  | 'NETWORK'
  | 'OFFLINE'
  | 'QUEUE_FULL'
  | 'RUN_CLOSED'
  | 'RUN_NOT_STARTED'
  | 'SPOOL_DAMAGED'
  | 'SPOOL_FAILED'
  | 'SPOOL_LEFT'
  | 'TIMEOUT';

/** Every code that a failure may have; `HTTP_<status>` is of an answer that was not GraphQL. */
export type FailureCode = ClientErrorCode | ServerErrorCode | `HTTP_${number}`;

/** What is known about a failed request, beside its code and message. */
export interface ErrorDetails {
  /** Where in the variables the refused value stands: `['input', 'rows', 3, 'values', 'loss']`. */
  readonly argumentPath?: readonly (string | number)[];
  /** The HTTP status, when there was an answer. */
  readonly status?: number;
  /** The id under which the server logged the failure. */
  readonly requestId?: string;
  /** How long the server asked to wait before the next try, in ms. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/**
 * A request that failed: `code` is stable and meant for programs, the message says what to do. Most are of a family that
 * `instanceof` tells: `NotFoundError`, `ForbiddenError`, `BadInputError`, `ConflictError`, `RateLimitedError`,
 * `NetworkError`, `ServerFaultError`.
 *
 * A server that is newer than this package may have codes that `FailureCode` does not know yet.
 */
export class SummaClientError extends Error {
  readonly code: FailureCode;
  readonly argumentPath: readonly (string | number)[];
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: FailureCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'SummaClientError';
    this.code = code;
    this.argumentPath = details.argumentPath ?? [];
    this.status = details.status;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
  }
}
