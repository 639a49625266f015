/** Codes that the client itself raises; every other code is the server's (enum `ErrorCode` of its schema). */
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
 * A request that failed: `code` is stable and meant for programs, the message says what to do.
 *
 * `code` is one of `ClientErrorCode`, a code of the server, or `HTTP_<status>` for an answer that was not GraphQL.
 */
export class SummaClientError extends Error {
  readonly code: ClientErrorCode | (string & {});
  readonly argumentPath: readonly (string | number)[];
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: ClientErrorCode | (string & {}), message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'SummaClientError';
    this.code = code;
    this.argumentPath = details.argumentPath ?? [];
    this.status = details.status;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
  }
}
