import { SummaError } from '@summa/core/summa-error';
import { ServerError } from '../server-error.ts';
import type { RunRef } from '../services.ts';
import { type AppendResult, type AppendTools, appendGroup } from './append-group.ts';
import type { AppendRequest } from './plan-append.ts';
import { loadRunHistory, type RunHistory } from './run-history.ts';
import { RunQueue } from './run-queue.ts';
import { SharedCommits } from './shared-commits.ts';

/** Values (one number or text each) that may wait in all queues of this process together: about half a gigabyte. */
const MAX_WAITING_VALUES = 16_000_000;
/** Metric states that idle runs may keep in memory, all runs together: about half a gigabyte. */
const MAX_IDLE_STATES = 1_000_000;
/** How often a change is tried again when another process keeps changing the same run. */
const MAX_TRIES = 10;

/** What is done after a run has changed: telling watchers, refreshing fields, merging segments. */
export type ChangeListener = (run: RunRef, history: RunHistory) => void;

/**
 * The runs that are being written in this process: per run one queue and what is known of its history.
 *
 * Changes of one run happen one after the other in the order in which they were asked for; appends that wait are stored
 * together, and small ones of different runs share a commit. No run waits for another one that somebody holds. Other processes may change the same runs: every change names the revision
 * that it builds on, and is tried again on what is stored when that is no longer the last.
 */
export class Histories {
  readonly #tools: AppendTools;
  readonly #onChange: ChangeListener;
  readonly #queues = new Map<string, RunQueue>();
  #waitingValues = 0;
  /** What all queues weigh together, each as it was when it was weighed last. */
  #weight = 0;

  constructor(tools: Omit<AppendTools, 'commits'>, onChange: ChangeListener) {
    this.#tools = { ...tools, commits: new SharedCommits(tools.pool) };
    this.#onChange = onChange;
  }

  /** Stores the rows that are new; see `appendGroup`. Fails with SERVER_BUSY when too much waits already. */
  async append(run: RunRef, request: AppendRequest): Promise<AppendResult> {
    const values = valueCount(request);
    if (this.#waitingValues + values > MAX_WAITING_VALUES) {
      throw new ServerError(
        'SERVER_BUSY',
        'the server has more rows waiting than it may hold; send these again in a second',
      );
    }
    this.#waitingValues += values;
    try {
      return await this.#queue(run).append(request);
    } finally {
      this.#waitingValues -= values;
    }
  }

  /**
   * Runs `work` on the run's history with no other change of this run beside it. `work` returns 'conflict' when the run's
   * stored revision was not the one it was given; it is then called again with what is stored now.
   */
  change<T>(run: RunRef, work: (history: RunHistory) => Promise<T | 'conflict'>): Promise<T> {
    return this.#queue(run).change(() => this.#untilStored(run, work));
  }

  /** Forgets what is known of a run: call it after changing its stored state beside this class. */
  forget(run: RunRef): void {
    const queue = this.#queues.get(nameOf(run));
    if (queue !== undefined) queue.history = null;
  }

  /** What is known of a run at the given stored revision, or null when this process knows an older state or none. */
  known(run: RunRef, revision: number): RunHistory | null {
    const history = this.#queues.get(nameOf(run))?.history ?? null;
    return history?.revision === revision ? history : null;
  }

  /** The revision at which a run is known here, or null when it is not. */
  knownRevision(run: RunRef): number | null {
    return this.#queues.get(nameOf(run))?.history?.revision ?? null;
  }

  /** Resolves when nothing waits any more. */
  async drain(): Promise<void> {
    while ([...this.#queues.values()].some((queue) => !queue.isIdle)) {
      await Promise.all([...this.#queues.values()].map((queue) => queue.idle()));
    }
  }

  #queue(run: RunRef): RunQueue {
    const name = nameOf(run);
    const queue = this.#queues.get(name) ?? new RunQueue((requests) => this.#appendAll(run, requests));
    this.#queues.delete(name);
    this.#queues.set(name, queue);
    this.#weigh(queue);
    this.#forgetIdle(queue);
    return queue;
  }

  /**
   * Stores a group. A refusal that rests on what is remembered is checked against what is stored; and when the group as a
   * whole fails for a reason of one request, each is tried alone.
   */
  async #appendAll(run: RunRef, requests: readonly AppendRequest[]): Promise<(AppendResult | Error)[]> {
    const isRemembered = this.#queue(run).history !== null;
    try {
      const results: (AppendResult | Error)[] = await this.#appendOnce(run, requests);
      const refused = [...results.keys()].filter((i) => results[i] instanceof Error);
      if (!isRemembered || refused.length === 0) return results;
      this.forget(run);
      const again = await this.#appendOnce(
        run,
        refused.flatMap((i) => requests[i] ?? []),
      );
      for (const [place, i] of refused.entries()) results[i] = again[place] ?? new Error('an append was not answered');
      return results;
    } catch (error) {
      if (!(error instanceof SummaError)) throw error;
      if (requests.length === 1) return [error];
      const results: (AppendResult | Error)[] = [];
      for (const request of requests) results.push(...(await this.#appendAll(run, [request])));
      return results;
    }
  }

  #appendOnce(run: RunRef, requests: readonly AppendRequest[]): Promise<(AppendResult | Error)[]> {
    return this.#untilStored(run, (history) => appendGroup(this.#tools, run, { history, requests }));
  }

  async #untilStored<T>(run: RunRef, work: (history: RunHistory) => Promise<T | 'conflict'>): Promise<T> {
    const queue = this.#queue(run);
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const isRemembered = queue.history !== null;
      const history = queue.history ?? (await loadRunHistory(this.#tools.pool, run));
      // Until the outcome is known nothing is: a failed statement may have been stored or not.
      queue.history = null;
      try {
        const result = await work(history);
        if (result === 'conflict') continue;
        queue.history = history;
        this.#weigh(queue);
        this.#onChange(run, history);
        return result;
      } catch (error) {
        // What is remembered may be out of date (a finished run that was resumed elsewhere): ask once what is stored.
        if (!(error instanceof SummaError) || !isRemembered) throw error;
      }
    }
    throw new ServerError(
      'SERVER_BUSY',
      `run ${run.runId} is being changed by others all the time; try again in a second`,
    );
  }

  /** Weighs a queue anew; going through all of them with each request would cost more than the request. */
  #weigh(queue: RunQueue): void {
    this.#weight += queue.weight - queue.weighed;
    queue.weighed = queue.weight;
  }

  #forgetIdle(inUse: RunQueue): void {
    for (const [name, queue] of this.#queues) {
      if (this.#weight <= MAX_IDLE_STATES) return;
      if (queue === inUse || !queue.isIdle) continue;
      this.#weight -= queue.weighed;
      this.#queues.delete(name);
    }
  }
}

function nameOf(run: RunRef): string {
  return `${run.projectId}/${run.runId}`;
}

function valueCount(request: AppendRequest): number {
  let values = request.batch.rowCount;
  for (const column of request.batch.columns.values()) values += column.rows.length;
  return values;
}
