import { SummaClientError } from '@summa/client/query';

/** What went wrong, as the screens tell apart. */
export type FailureKind = 'signed-out' | 'forbidden' | 'not-found' | 'offline' | 'other';

/** Tells which kind of failure an error is. */
export function failureKind(error: unknown): FailureKind {
  if (error instanceof NotFoundError) return 'not-found';
  if (!(error instanceof SummaClientError)) return 'other';
  if (error.code === 'UNAUTHENTICATED' || error.status === 401) return 'signed-out';
  if (error.code === 'FORBIDDEN' || error.status === 403) return 'forbidden';
  if (['NETWORK', 'TIMEOUT'].includes(error.code)) return 'offline';
  return error.code === 'NOT_FOUND' || error.code.endsWith('_NOT_FOUND') ? 'not-found' : 'other';
}

/** The error as a sentence for people; the id under which the server logged it, when there is one, is `requestIdOf`. */
export function failureText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The id under which the server logged the failure. */
export function requestIdOf(error: unknown): string | undefined {
  return error instanceof SummaClientError ? error.requestId : undefined;
}

/** Whether asking again may help: the network's failures and the server's own, not what it refused. */
export function mayPass(error: unknown): boolean {
  if (!(error instanceof SummaClientError)) return false;
  if (error.code === 'SERVER_BUSY') return true;
  return failureKind(error) === 'offline' || (error.status !== undefined && error.status >= 500);
}

/** Thrown by a screen when the answer holds null for what the URL names: there is none, or it may not be known of. */
export class NotFoundError extends Error {
  /** What is not there, in words: `run "adam"`. */
  constructor(what: string) {
    super(`There is no ${what}, or you may not see it.`);
    this.name = 'NotFoundError';
  }
}

/** The value, or a `NotFoundError` for null. */
export function found<Value>(value: Value | null | undefined, what: string): Value {
  if (value === null || value === undefined) throw new NotFoundError(what);
  return value;
}
