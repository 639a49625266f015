import { type Backoff, defaultBackoff, isServerFault, isTransient, waitBeforeRetry } from './backoff.ts';
import { wait } from './wait.ts';

const MOST_TRIES = 8;

/** How work is repeated. */
export interface RetryOptions {
  /** Between tries; `defaultBackoff` unless given. */
  readonly backoff?: Backoff | undefined;
  /** Once it is aborted nothing is tried again. */
  readonly signal?: AbortSignal | undefined;
}

/** Does work up to eight times, as long as it fails for reasons that may pass: the network's, or the server's own. */
export async function withRetries<T>(work: () => Promise<T>, { backoff, signal }: RetryOptions = {}): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const mayPass = isTransient(error) || isServerFault(error);
      if (!mayPass || attempt >= MOST_TRIES || signal?.aborted) throw error;
      await wait(waitBeforeRetry(attempt, error, backoff ?? defaultBackoff), signal);
    }
  }
}
