import type { Spool } from '../platform/spool.ts';
import { SummaClientError } from '../summa-client-error.ts';
import { waitBeforeRetry } from '../transport/backoff.ts';
import { type Pause, startPause, wait } from '../transport/wait.ts';
import { Backlog, type SpoolRest } from './backlog.ts';
import { type DeliveryPolicy, isAboutContent, isWorthRetrying, refusedRow } from './delivery-policy.ts';
import type { Outgoing, OutgoingRow, SendItems } from './outgoing.ts';
import { Waiters } from './waiters.ts';

/** What a delivery tells its owner while it works. */
export interface DeliveryEvents {
  /** Something was refused or given up; the same error rejects the next `flush`. `row` is the refused row, if one was. */
  readonly onError: (error: SummaClientError, row?: OutgoingRow) => void;
  /** A request failed and will be sent again after `waitMs`. */
  readonly onRetry: (error: SummaClientError, waitMs: number) => void;
}

/** What else a delivery may be given. */
export interface DeliveryOptions {
  /** Keeps what waits on disk too. The process may then end while something waits, unless it awaits a flush. */
  readonly spool?: Spool | null | undefined;
  /** What the spool holds already. */
  readonly left?: SpoolRest | undefined;
}

/**
 * Sends what is queued, in order, one request at a time, until all is stored or refused.
 *
 * Rows go in batches by size and time. A request that fails for want of a server is sent again without end. A row or
 * change that the server refuses is left out and reported, and the rest goes on; when the server refuses the run itself
 * (no access, run deleted or finished) everything queued is given up here, and stays in the spool if there is one.
 */
export class Delivery {
  readonly #backlog: Backlog;
  readonly #send: SendItems;
  readonly #mayEnd: boolean;
  readonly #policy: DeliveryPolicy;
  readonly #events: DeliveryEvents;
  readonly #aborted = new AbortController();
  #rowLimit: number;
  #added = 0;
  #settled = 0;
  #flushTo = 0;
  #windowFrom = 0;
  #working = false;
  #pause: Pause | null = null;
  #stopped: SummaClientError | null = null;
  #problems: SummaClientError[] = [];
  readonly #waiters = new Waiters(() => this.#stopped !== null);

  constructor(send: SendItems, policy: DeliveryPolicy, events: DeliveryEvents & DeliveryOptions) {
    const { spool = null, left } = events;
    this.#send = send;
    this.#policy = policy;
    this.#events = events;
    this.#rowLimit = policy.batchRows;
    this.#mayEnd = spool !== null;
    this.#backlog = new Backlog({ memoryBytes: policy.queueBytes, spool, left });
    this.#added = this.#backlog.length;
  }

  /** Rows that are queued or on their way. */
  get pendingRows(): number {
    return this.#backlog.rows;
  }

  /** Whether nothing waits. */
  get isEmpty(): boolean {
    return this.#backlog.length === 0;
  }

  /** Bytes of what waits in memory. */
  get pendingBytes(): number {
    return this.#backlog.bytes;
  }

  /** Whether everything was given up, so that nothing more is taken. */
  get isStopped(): boolean {
    return this.#stopped !== null;
  }

  /** The server has started the run and has that many rows of the writer. */
  start(acceptedRows: number): void {
    this.#backlog.start(acceptedRows);
  }

  /**
   * Queues items, all or none, and returns whether it did: not when the queue is full, unless they are changes. Once it
   * has stopped they go into the spool alone, for another process to send.
   */
  add(...items: readonly Outgoing[]): boolean {
    if (this.#stopped !== null) return this.#backlog.keep(items);
    if (!this.#backlog.add(items)) return false;
    this.#added += items.length;
    if (!this.#working) void this.#work();
    else if (this.#pause !== null && this.#isBatchFull()) this.#endPause();
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
    await this.#waiters.until(() => this.#settled >= target, signal);
    if (this.#stopped !== null) throw this.#stopped;
    const [problem] = this.#problems.splice(0);
    if (problem !== undefined) throw problem;
  }

  /** Resolves when at most half of the queue's bytes are taken, or the delivery has stopped. */
  async ready(signal?: AbortSignal): Promise<void> {
    if (this.hasRoom) return;
    this.#hurry();
    await this.#waiters.until(() => this.hasRoom, signal);
  }

  /** Whether at most half of the queue is taken: of its bytes in memory, or of the spool if there is one. */
  get hasRoom(): boolean {
    return this.#backlog.hasRoom;
  }

  /** Gives up everything queued, and the request under way; what the server has stored stays stored. */
  abort(reason: SummaClientError): void {
    if (this.#stopped === null) this.#stop(reason);
    this.#aborted.abort();
    this.#pause?.end();
  }

  /** Sends all that is queued now without waiting for more. */
  #hurry(): void {
    this.#flushTo = this.#added;
    if (this.#working) this.#endPause();
    else if (this.#backlog.length > 0) void this.#work();
  }

  async #work(): Promise<void> {
    this.#working = true;
    this.#windowFrom = Date.now();
    while (this.#backlog.length > 0 && this.#stopped === null) {
      await this.#waitForMore();
      this.#windowFrom = Date.now();
      await this.#refill();
      await this.#deliverFirst();
      this.#waiters.wake();
    }
    this.#working = false;
  }

  async #refill(): Promise<void> {
    try {
      await this.#backlog.refill();
    } catch (error) {
      if (this.#stopped === null) this.#stop(toClientError(error));
    }
  }

  #endPause(): void {
    this.#pause?.end();
    this.#pause = null;
  }

  async #waitForMore(): Promise<void> {
    if (this.#isBatchFull() || this.#flushTo > this.#settled) return;
    const restMs = this.#policy.batchAfterMs - (Date.now() - this.#windowFrom);
    const pause = startPause(restMs, { holdsProcess: !this.#mayEnd });
    this.#pause = pause;
    await pause.over;
    this.#pause = null;
  }

  async #deliverFirst(): Promise<void> {
    for (let attempt = 1; this.#stopped === null && this.#backlog.length > 0; attempt++) {
      const items = this.#backlog.firstBatch(this.#rowLimit, this.#policy.batchBytes);
      if (items.length === 0) return;
      try {
        await this.#send(items, this.#aborted.signal);
        if (this.#stopped !== null) return;
        this.#backlog.settle(items);
        this.#settled += items.length;
        this.#rowLimit = Math.min(this.#policy.batchRows, this.#rowLimit * 2);
        return;
      } catch (cause) {
        if (this.#stopped !== null) return;
        const error = toClientError(cause);
        if (!isWorthRetrying(error, attempt)) {
          this.#leaveOut(error, items.length);
          return;
        }
        await this.#waitToRetry(error, attempt);
      }
    }
  }

  async #waitToRetry(error: SummaClientError, attempt: number): Promise<void> {
    const waitMs = waitBeforeRetry(attempt, error, this.#policy.backoff);
    this.#events.onRetry(error, waitMs);
    await wait(waitMs, this.#aborted.signal, { holdsProcess: !this.#mayEnd });
  }

  #leaveOut(error: SummaClientError, count: number): void {
    if (!isAboutContent(error)) {
      this.#stop(error);
      return;
    }
    const index = refusedRow(error);
    if (count > 1 && (index === null || index >= count)) {
      // Nothing says which one it was, or all together are too much: halves find out.
      this.#rowLimit = Math.ceil(count / 2);
      return;
    }
    const refused = this.#backlog.refuse(index ?? 0);
    this.#settled += 1;
    this.report(error, refused?.kind === 'row' ? refused : undefined);
  }

  #stop(error: SummaClientError): void {
    this.#stopped = error;
    this.#settled += this.#backlog.length;
    this.#backlog.clear();
    this.#events.onError(error);
    this.#waiters.wake();
  }

  #isBatchFull(): boolean {
    return this.#backlog.rows >= this.#rowLimit || this.#backlog.bytes >= this.#policy.batchBytes;
  }
}

function toClientError(cause: unknown): SummaClientError {
  if (cause instanceof SummaClientError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  return new SummaClientError('INVALID_RESPONSE', message, { cause });
}
