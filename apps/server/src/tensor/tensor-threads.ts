import { ServerError } from '../server-error.ts';
import type { TensorFormat, TensorJobs, TensorQuestion } from './tensor-job.ts';
import { type TensorBytes, TensorThreadHandle } from './tensor-thread-handle.ts';

/** A file of tensors, as threads read it. */
export interface TensorFileBytes extends TensorBytes {
  readonly format: TensorFormat;
  readonly size: number;
}

/** What threads may take. */
export interface TensorThreadLimits {
  /** Threads at once. */
  readonly threads: number;
  /** Questions that wait for one; more are SERVER_BUSY. */
  readonly waiting: number;
  /** How long the thread may take for one question. */
  readonly timeLimitMs: number;
}

/** After so long without a question a thread is ended. */
const IDLE_MS = 60_000;

/** The threads that read tensors. A file that breaks its thread breaks nothing else: the next question gets a new one. */
export class TensorThreads {
  readonly #limits: TensorThreadLimits;
  readonly #idle = new Map<TensorThreadHandle, NodeJS.Timeout>();
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  constructor(limits: TensorThreadLimits) {
    this.#limits = limits;
  }

  /** Asks a question about a file. @throws ServerError SERVER_BUSY, TENSOR_TIMEOUT, CORRUPT_DATA and the errors of the format */
  async ask<Kind extends keyof TensorJobs>(
    kind: Kind,
    input: TensorJobs[Kind]['input'],
    file: TensorFileBytes,
  ): Promise<TensorJobs[Kind]['output']> {
    await this.#enter();
    const thread = this.#takeThread();
    try {
      // The kind and its input belong together, which is beyond what types say of a union; so does the answer.
      const question = { kind, format: file.format, size: file.size, input } as TensorQuestion;
      return (await thread.ask(question, file, this.#limits.timeLimitMs)) as TensorJobs[Kind]['output'];
    } finally {
      this.#putBack(thread);
      this.#leave();
    }
  }

  async stop(): Promise<void> {
    const threads = [...this.#idle.keys()];
    for (const timer of this.#idle.values()) clearTimeout(timer);
    this.#idle.clear();
    await Promise.all(threads.map((thread) => thread.stop()));
  }

  async #enter(): Promise<void> {
    if (this.#busy < this.#limits.threads) {
      this.#busy += 1;
      return;
    }
    if (this.#waiting.length >= this.#limits.waiting) throw tooBusy(this.#limits.waiting);
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Hands the place on, or gives it up. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#busy -= 1;
  }

  #takeThread(): TensorThreadHandle {
    for (const [thread, timer] of this.#idle) {
      clearTimeout(timer);
      this.#idle.delete(thread);
      if (!thread.isSpent) return thread;
    }
    return new TensorThreadHandle();
  }

  #putBack(thread: TensorThreadHandle): void {
    if (thread.isSpent) return;
    const timer = setTimeout(() => {
      this.#idle.delete(thread);
      void thread.stop();
    }, IDLE_MS);
    this.#idle.set(thread, timer.unref());
  }
}

function tooBusy(most: number): ServerError {
  const message = `${most} tensors are waiting to be read on this server, as many as it takes; try again in a moment`;
  return new ServerError('SERVER_BUSY', message);
}
