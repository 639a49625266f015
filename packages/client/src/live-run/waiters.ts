import { SummaClientError } from '../summa-client-error.ts';

interface Waiter {
  readonly isDone: () => boolean;
  readonly resolve: () => void;
}

const LONGEST_INTERVAL_MS = 2 ** 31 - 1;

/** Those who wait for something to come true, or for the end. They keep the process running meanwhile. */
export class Waiters {
  readonly #isOver: () => boolean;
  #waiters: Waiter[] = [];

  constructor(isOver: () => boolean) {
    this.#isOver = isOver;
  }

  /** Resolves when it has come true or all is over; rejects with ABORTED when the signal is aborted first. */
  until(isDone: () => boolean, signal?: AbortSignal): Promise<void> {
    if (isDone() || this.#isOver()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const hold = setInterval(() => {}, LONGEST_INTERVAL_MS);
      const leave = () => {
        clearInterval(hold);
        signal?.removeEventListener('abort', abort);
        this.#waiters = this.#waiters.filter((other) => other !== waiter);
      };
      const waiter: Waiter = { isDone, resolve: () => resolve(leave()) };
      const abort = () => {
        leave();
        reject(new SummaClientError('ABORTED', 'Stopped waiting; what is queued stays queued.'));
      };
      this.#waiters.push(waiter);
      signal?.addEventListener('abort', abort);
      if (signal?.aborted) abort();
    });
  }

  /** Looks again what has come true. */
  wake(): void {
    for (const waiter of this.#waiters) {
      if (this.#isOver() || waiter.isDone()) waiter.resolve();
    }
  }
}
