import { SummaError } from '@summa/core/summa-error';
import type { ServerErrorCode } from '../server-error.ts';

/** An error as one thread tells another of it. */
export interface ToldError {
  /** INTERNAL when nobody expected it. */
  readonly code: string;
  readonly message: string;
  readonly path: readonly (string | number)[];
}

/** What to tell of an error: of one that nobody expected, where it happened. */
export function tellError(error: unknown): ToldError {
  if (error instanceof SummaError) return { code: error.code, message: error.message, path: error.path };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: 'INTERNAL', message, path: [] };
}

/** The error that another thread told of; one that no caller may see when nobody expected it there. */
export function errorOf({ code, message, path }: ToldError): Error {
  // A thread of ours names only codes of the server.
  return code === 'INTERNAL' ? new Error(message) : new SummaError(code as ServerErrorCode, message, path);
}
