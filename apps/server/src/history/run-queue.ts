import type { AppendResult } from './append-group.ts';
import type { AppendRequest } from './plan-append.ts';
import type { RunHistory } from './run-history.ts';

/** Rows that are stored together at most, unless one request alone has more. */
const MAX_GROUP_ROWS = 20_000;
/** What a run weighs beside its metric states, when memory is shared out. */
const BASE_WEIGHT = 20;

/** Stores a group of requests and answers each. */
export type AppendAll = (requests: readonly AppendRequest[]) => Promise<(AppendResult | Error)[]>;

interface Waiting<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}
type Job =
  | ({ readonly kind: 'append'; readonly request: AppendRequest } & Waiting<AppendResult>)
  | { readonly kind: 'change'; readonly work: () => Promise<void> };

/** The changes of one run, one after the other; appends that wait next to each other go together. */
export class RunQueue {
  /** What is known of the run, or null when it must be read first. */
  history: RunHistory | null = null;
  /** What it weighed when the queues were weighed last. */
  weighed = 0;
  readonly #appendAll: AppendAll;
  readonly #jobs: Job[] = [];
  #running: Promise<void> | null = null;

  constructor(appendAll: AppendAll) {
    this.#appendAll = appendAll;
  }

  get isIdle(): boolean {
    return this.#running === null;
  }

  /** Memory that the run takes, in metric states. */
  get weight(): number {
    return BASE_WEIGHT + (this.history?.states.size ?? 0);
  }

  append(request: AppendRequest): Promise<AppendResult> {
    return new Promise((resolve, reject) => this.#add({ kind: 'append', request, resolve, reject }));
  }

  change<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#add({ kind: 'change', work: () => work().then(resolve, reject) });
    });
  }

  /** Resolves when nothing of this run waits. */
  async idle(): Promise<void> {
    await this.#running;
  }

  #add(job: Job): void {
    this.#jobs.push(job);
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    // Requests that arrive in the same turn of the event loop should go together.
    await Promise.resolve();
    for (let job = this.#jobs[0]; job !== undefined; job = this.#jobs[0]) {
      if (job.kind === 'change') {
        this.#jobs.shift();
        await job.work();
      } else {
        await this.#runGroup();
      }
    }
    // In the same turn as the last look at the queue, so that a job added next starts a new run of it.
    this.#running = null;
  }

  async #runGroup(): Promise<void> {
    const group = this.#takeGroup();
    try {
      const results = await this.#appendAll(group.map((job) => job.request));
      for (const [i, job] of group.entries()) settle(job, results[i]);
    } catch (error) {
      for (const job of group) job.reject(error);
    }
  }

  #takeGroup(): (Job & { kind: 'append' })[] {
    const group: (Job & { kind: 'append' })[] = [];
    let rows = 0;
    for (let job = this.#jobs[0]; job?.kind === 'append'; job = this.#jobs[0]) {
      rows += job.request.batch.rowCount;
      if (group.length > 0 && rows > MAX_GROUP_ROWS) break;
      this.#jobs.shift();
      group.push(job);
    }
    return group;
  }
}

function settle(job: Waiting<AppendResult>, result: AppendResult | Error | undefined): void {
  if (result === undefined || result instanceof Error) job.reject(result ?? new Error('an append was not answered'));
  else job.resolve(result);
}
