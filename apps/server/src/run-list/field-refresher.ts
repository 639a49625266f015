import type { Logger } from 'pino';

/** How long after a write the fields of its project are refreshed, so that many writes share one refresh; */
const REFRESH_DELAY_MS = 500;
/** where a refresh takes long, so many times as long as the last one took, so that writing goes on meanwhile, */
const REST_FACTOR = 9;
/** but no longer than this. */
const MAX_DELAY_MS = 10_000;

/** What a project's refreshes are doing: the one that runs, and the one that begins when it is done. */
interface ProjectRefreshes {
  running: Promise<void>;
  next: Promise<void> | null;
}

/** What a `FieldRefresher` is made of. */
export interface FieldRefresherOptions {
  /** Brings `run_field` of one project up to date; safe to call at any time, in any process. */
  readonly refresh: (projectId: string) => Promise<void>;
  readonly log: Logger;
}

/**
 * Keeps `run_field` close behind the runs that are being written: soon after each write, and on demand before a query.
 *
 * However many callers ask at once, a project has at most one refresh running and one waiting. Beside writes, refreshes take a tenth of
 * the time at most, unless one alone takes more than a second.
 */
export class FieldRefresher {
  readonly #options: FieldRefresherOptions;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #refreshes = new Map<string, ProjectRefreshes>();
  /** How long the last refresh of a project took, where that makes the next one wait longer. */
  readonly #slow = new Map<string, number>();
  #stopped = false;

  constructor(options: FieldRefresherOptions) {
    this.#options = options;
  }

  /**
   * Refreshes a project within a second, or within ten where its refreshes take long. Call it after a write is committed; it costs
   * nothing when one is due already.
   */
  schedule(projectId: string): void {
    if (this.#stopped || this.#timers.has(projectId)) return;
    const timer = setTimeout(() => this.#refreshInBackground(projectId), this.#delayMs(projectId));
    timer.unref();
    this.#timers.set(projectId, timer);
  }

  /** Resolves when every write that was acknowledged before this call shows in `run_field`. */
  refresh(projectId: string): Promise<void> {
    const known = this.#refreshes.get(projectId);
    if (known === undefined) return this.#start(projectId);
    // The running refresh may have looked for stale runs before the caller's write, so the caller waits for the next one.
    known.next ??= known.running.then(
      () => this.#start(projectId),
      () => this.#start(projectId),
    );
    return known.next;
  }

  /** Refreshes what is due now and resolves when nothing is left to do; a failure is logged. */
  async drain(): Promise<void> {
    for (const [projectId, timer] of [...this.#timers]) {
      clearTimeout(timer);
      this.#refreshInBackground(projectId);
    }
    while (this.#refreshes.size > 0) {
      await Promise.allSettled([...this.#refreshes.values()].map((refreshes) => refreshes.next ?? refreshes.running));
    }
  }

  /** Takes no more work and drains. What a later write leaves stale is refreshed by the next query or the next server. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.drain();
  }

  #delayMs(projectId: string): number {
    const tookMs = this.#slow.get(projectId) ?? 0;
    return Math.min(Math.max(REFRESH_DELAY_MS, REST_FACTOR * tookMs), MAX_DELAY_MS);
  }

  #start(projectId: string): Promise<void> {
    const began = performance.now();
    const running = this.#options.refresh(projectId);
    const refreshes: ProjectRefreshes = { running, next: null };
    this.#refreshes.set(projectId, refreshes);
    const forget = () => {
      this.#remember(projectId, performance.now() - began);
      if (refreshes.next === null) this.#refreshes.delete(projectId);
    };
    running.then(forget, forget);
    return running;
  }

  #remember(projectId: string, tookMs: number): void {
    if (REST_FACTOR * tookMs > REFRESH_DELAY_MS) this.#slow.set(projectId, tookMs);
    else this.#slow.delete(projectId);
  }

  #refreshInBackground(projectId: string): void {
    this.#timers.delete(projectId);
    this.refresh(projectId).catch((error: unknown) => {
      this.#options.log.error(
        { err: error, projectId },
        'refreshing the fields of runs failed; the next query tries again',
      );
    });
  }
}
