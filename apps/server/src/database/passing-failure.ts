import type { ServerErrorCode } from '../server-error.ts';

/** What Postgres and its driver say when the moment is bad, rather than the request. */
const TIMED_OUT = '57014';
const BUSY = new Set(['53300', '53200', '57P03']);
const POOL_EXHAUSTED = 'timeout exceeded when trying to connect';

/** When a server that is busy may be asked again: what waits in it is stored within a second or so. */
export const RETRY_AFTER_SECONDS = 1;

/** What a caller is told of a failure of the database that may be gone when he asks again; null for any other failure. */
export function passingFailure(error: unknown): { readonly code: ServerErrorCode; readonly message: string } | null {
  if (findCause(error, (cause) => codesOf(cause).includes(TIMED_OUT))) {
    return {
      code: 'STATEMENT_TIMEOUT',
      message: 'the database needed too long for this; ask for fewer things at once',
    };
  }
  if (findCause(error, (cause) => codesOf(cause).some((code) => BUSY.has(code)) || isPoolExhausted(cause))) {
    return { code: 'SERVER_BUSY', message: 'the server is busy; try again in a moment' };
  }
  return null;
}

function codesOf(cause: object): string[] {
  const codes: unknown[] = ['code', 'originalCode'].map((name) => Reflect.get(cause, name));
  return codes.filter((code) => typeof code === 'string');
}

function isPoolExhausted(cause: object): boolean {
  return cause instanceof Error && cause.message === POOL_EXHAUSTED;
}

/** The first error for which `matches` holds, of this one and those that it wraps. */
export function findCause(error: unknown, matches: (cause: object) => boolean, depth = 0): object | undefined {
  if (typeof error !== 'object' || error === null || depth > 8) return undefined;
  if (matches(error)) return error;
  for (const name of ['originalError', 'cause']) {
    const found = findCause(Reflect.get(error, name), matches, depth + 1);
    if (found) return found;
  }
  return undefined;
}
