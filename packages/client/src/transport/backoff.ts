import { SummaClientError } from '../summa-client-error.ts';

/** How long to wait between tries; both in ms. */
export interface Backoff {
  /** Upper bound of the wait after the first failure; it doubles with each further one. */
  readonly firstMs: number;
  /** Upper bound of any wait that the server did not ask for. */
  readonly mostMs: number;
}

/** 250 ms, 500 ms, 1 s … up to 30 s, each times a random number between 0 and 1. */
export const defaultBackoff: Backoff = { firstMs: 250, mostMs: 30_000 };

/**
 * The wait before try `attempt + 1`, in ms: "full jitter" (uniform between 0 and the doubled bound), on top of what the
 * server asked for in `Retry-After`, so that many clients do not come back at one moment.
 */
export function waitBeforeRetry(attempt: number, error: unknown, backoff: Backoff, random = Math.random): number {
  const bound = Math.min(backoff.mostMs, backoff.firstMs * 2 ** Math.min(attempt - 1, 30));
  const asked = error instanceof SummaClientError ? (error.retryAfterMs ?? 0) : 0;
  return asked + random() * bound;
}

const transientCodes = new Set(['NETWORK', 'TIMEOUT', 'SERVER_BUSY', 'STATEMENT_TIMEOUT']);
const transientStatuses = new Set([408, 425, 429, 502, 503, 504]);

/** Whether the same request may succeed later without anyone changing anything. */
export function isTransient(error: unknown): error is SummaClientError {
  if (!(error instanceof SummaClientError)) return false;
  return transientCodes.has(error.code) || (error.status !== undefined && transientStatuses.has(error.status));
}

/** Whether the server failed for a reason of its own, which a few more tries may outlast. */
export function isServerFault(error: unknown): error is SummaClientError {
  if (!(error instanceof SummaClientError)) return false;
  return error.code.startsWith('INTERNAL') || error.status === 500;
}
