import { SummaClientError } from '../summa-client-error.ts';
import { waitBeforeRetry } from '../transport/backoff.ts';
import { wait } from '../transport/wait.ts';
import { type DeliveryPolicy, isAboutContent, isWorthRetrying, refusedRow } from './delivery-policy.ts';
import { type Outgoing, OutgoingQueue, type OutgoingRow } from './outgoing-queue.ts';

/** What a delivery tells its owner while it works. */
export interface DeliveryEvents {
  /** Something was refused or given up; the same error rejects the next `flush`. `row` is the refused row, if one was. */
  readonly onError: (error: SummaClientError, row?: OutgoingRow) => void;
  /** A request failed and will be sent again after `waitMs`. */
  readonly onRetry: (error: SummaClientError, waitMs: number) => void;
}

/** Sends rows, and resolves when the server has stored them; called again with the same rows after any failure. */
export type SendRows = (rows: readonly string[], signal: AbortSignal) => Promise<void>;

/**
 * Sends what is queued, in order, one request at a time, until all is stored or refused.
 *
 * Rows go in batches by size and time. A request that fails for want of a server is sent again without end. A row or
 * change that the server refuses is left out and reported, and the rest goes on; when the server refuses the run itself
 * (no access, run deleted or finished) everything queued is given up.
 */
export class Delivery {
  readonly #queue = new OutgoingQueue();
  readonly #sendRows: SendRows;
  readonly #policy: DeliveryPolicy;
  readonly #events: DeliveryEvents;
  readonly #aborted = new AbortController();
  #rowLimit: number;
  #added = 0;
  #settled = 0;
  #flushTo = 0;
  #windowFrom = 0;
  #working = false;
  #pause: AbortController | null = null;
  #stopped: SummaClientError | null = null;
  #problems: SummaClientError[] = [];
  #waiters: { readonly isDone: () => boolean; readonly resolve: () => void }[] = [];

  constructor(sendRows: SendRows, policy: DeliveryPolicy, events: DeliveryEvents) {
    this.#sendRows = sendRows;
    this.#policy = policy;
    this.#events = events;
    this.#rowLimit = policy.batchRows;
  }

  /** Rows that are queued or on their way. */
  get pendingRows(): number {
    return this.#queue.rows;
  }

  /** What was queued last, if it still is: a change there may take up another before it is sent. */
  get last(): Outgoing | undefined {
    return this.#queue.last;
  }

  /** Whether everything was given up, so that nothing more is taken. */
  get isStopped(): boolean {
    return this.#stopped !== null;
  }

  /**
   * Queues items, all or none, and returns whether it did: not when the queue is full, unless they are changes of no
   * size, and nothing once it has stopped.
   */
  add(...items: readonly Outgoing[]): boolean {
    const isFull = this.#queue.bytes >= this.#policy.queueBytes && items.some(takesRoom);
    if (isFull || this.#stopped !== null) return false;
    for (const item of items) this.#queue.add(item);
    this.#added += items.length;
    if (!this.#working) void this.#work();
    else if (this.#isBatchFull()) this.#pause?.abort();
    return true;
  }

  /** Makes the next flush reject with this error. */
  report(error: SummaClientError, row?: OutgoingRow): void {
    this.#problems.push(error);
    this.#events.onError(error, row);
  }

  /**
   * Resolves when everything added so far is stored. Rejects when something was refused since the last flush, or
   * everything was given up; with ABORTED when the signal is aborted first (what is queued stays queued).
   */
  async flush(signal?: AbortSignal): Promise<void> {
    const target = this.#added;
    this.#hurry();
    await this.#until(() => this.#settled >= target, signal);
    if (this.#stopped !== null) throw this.#stopped;
    const [problem] = this.#problems.splice(0);
    if (problem !== undefined) throw problem;
  }

  /** Resolves when at most half of the queue's bytes are taken, or the delivery has stopped. */
  async ready(signal?: AbortSignal): Promise<void> {
    if (this.hasRoom) return;
    this.#hurry();
    await this.#until(() => this.hasRoom, signal);
  }

  /** Whether at most half of the queue's bytes are taken. */
  get hasRoom(): boolean {
    return this.#queue.bytes * 2 <= this.#policy.queueBytes;
  }

  /** Gives up everything queued, and the request under way; what the server has stored stays stored. */
  abort(reason: SummaClientError): void {
    if (this.#stopped === null) this.#stop(reason);
    this.#aborted.abort();
    this.#pause?.abort();
  }

  /** Sends all that is queued now without waiting for more. */
  #hurry(): void {
    this.#flushTo = this.#added;
    this.#pause?.abort();
  }

  async #work(): Promise<void> {
    this.#working = true;
    this.#windowFrom = Date.now();
    while (this.#queue.length > 0 && this.#stopped === null) {
      await this.#waitForMore();
      this.#windowFrom = Date.now();
      await this.#deliverFirst();
      this.#wakeWaiters();
    }
    this.#working = false;
  }

  async #waitForMore(): Promise<void> {
    if (this.#isBatchFull() || this.#flushTo > this.#settled) return;
    this.#pause = new AbortController();
    await wait(this.#policy.batchAfterMs - (Date.now() - this.#windowFrom), this.#pause.signal);
    this.#pause = null;
  }

  async #deliverFirst(): Promise<void> {
    for (let attempt = 1; this.#stopped === null && this.#queue.length > 0; attempt++) {
      const rows = this.#queue.firstRows(this.#rowLimit, this.#policy.batchBytes);
      try {
        await this.#sendFirst(rows);
        if (this.#stopped !== null) return;
        this.#settle(Math.max(rows.length, 1));
        this.#rowLimit = Math.min(this.#policy.batchRows, this.#rowLimit * 2);
        return;
      } catch (cause) {
        if (this.#stopped !== null) return;
        const error = toClientError(cause);
        if (!isWorthRetrying(error, attempt)) {
          this.#leaveOut(error, rows.length);
          return;
        }
        await this.#waitToRetry(error, attempt);
      }
    }
  }

  #sendFirst(rows: readonly string[]): Promise<void> {
    const { first } = this.#queue;
    return first?.kind === 'change' ? first.send(this.#aborted.signal) : this.#sendRows(rows, this.#aborted.signal);
  }

  async #waitToRetry(error: SummaClientError, attempt: number): Promise<void> {
    const waitMs = waitBeforeRetry(attempt, error, this.#policy.backoff);
    this.#events.onRetry(error, waitMs);
    await wait(waitMs, this.#aborted.signal);
  }

  #leaveOut(error: SummaClientError, rowCount: number): void {
    if (!isAboutContent(error)) {
      this.#stop(error);
      return;
    }
    const index = refusedRow(error);
    if (rowCount > 1 && (index === null || index >= rowCount)) {
      // Nothing says which row it was, or all together are too much: halves find out.
      this.#rowLimit = Math.ceil(rowCount / 2);
      return;
    }
    const refused = this.#queue.removeAt(index ?? 0);
    this.#settled += 1;
    this.report(error, refused?.kind === 'row' ? refused : undefined);
  }

  #settle(count: number): void {
    this.#queue.removeFirst(count);
    this.#settled += count;
  }

  #stop(error: SummaClientError): void {
    this.#stopped = error;
    this.#settled += this.#queue.length;
    this.#queue.clear();
    this.#events.onError(error);
    this.#wakeWaiters();
  }

  #isBatchFull(): boolean {
    return this.#queue.rows >= this.#rowLimit || this.#queue.bytes >= this.#policy.batchBytes;
  }

  #until(isDone: () => boolean, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (isDone() || this.#stopped !== null) return resolve();
      const abort = () => reject(new SummaClientError('ABORTED', 'Stopped waiting; what is queued stays queued.'));
      if (signal?.aborted) return abort();
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiters.push({
        isDone,
        resolve: () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      });
    });
  }

  #wakeWaiters(): void {
    const done = this.#waiters.filter((waiter) => this.#stopped !== null || waiter.isDone());
    this.#waiters = this.#waiters.filter((waiter) => !done.includes(waiter));
    for (const waiter of done) waiter.resolve();
  }
}

function takesRoom(item: Outgoing): boolean {
  return item.kind === 'row' || item.bytes !== undefined;
}

function toClientError(cause: unknown): SummaClientError {
  if (cause instanceof SummaClientError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  return new SummaClientError('INVALID_RESPONSE', message, { cause });
}
