import { pauseAfter, pickTopic } from './pick-topic.ts';

/** Something that is asked for again and again. */
export interface Topic {
  readonly id: string;
  /** How long after an answer it is asked again; null: only when it is marked. */
  readonly everyMs: number | null;
  ask(): Promise<unknown>;
}

/** Where the poller stands: `offline` from the second failure on, until something is answered. */
export type LiveStatus = 'live' | 'offline';

interface Entry {
  readonly id: string;
  topic: Topic;
  users: number;
  dueAt: number;
}

const MIN_SPACING_MS = 1_000;
const OFFLINE_AFTER = 2;

/** What the poller takes from its surroundings. */
export interface PollerSurroundings {
  now(): number;
  /** Whether anybody can see the page. */
  isVisible(): boolean;
  /** Whether a failure means that the server is not there, as opposed to a refusal. */
  isOutage(error: unknown): boolean;
}

/**
 * Asks for everything on the page that moves: never two requests at once, at least a second between their starts, none
 * while nobody looks. After failures it waits longer and longer.
 */
export class Poller {
  readonly #around: PollerSurroundings;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking = false;
  #lastStart = Number.NEGATIVE_INFINITY;
  #failures = 0;
  #notBefore = 0;

  constructor(around: PollerSurroundings) {
    this.#around = around;
  }

  get status(): LiveStatus {
    return this.#failures >= OFFLINE_AFTER ? 'offline' : 'live';
  }

  /** Calls back when `status` changes. @returns the end of it */
  onStatus(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks for a topic from now on, once for all that add it under one id. @returns the end of it */
  add(topic: Topic): () => void {
    const known = this.#entries.get(topic.id);
    if (known) {
      known.users += 1;
      known.topic = topic;
    } else {
      this.#entries.set(topic.id, { id: topic.id, topic, users: 1, dueAt: this.#next(topic) });
    }
    this.#schedule();
    return () => this.#remove(topic.id);
  }

  /** Asks for a topic as soon as its turn comes. */
  mark(id: string): void {
    const entry = this.#entries.get(id);
    if (entry) entry.dueAt = Math.min(entry.dueAt, this.#around.now());
    this.#schedule();
  }

  /** To be called when the page is seen again, or the network is back: everything is asked at once, in turn. */
  wake(): void {
    this.#notBefore = 0;
    const now = this.#around.now();
    for (const entry of this.#entries.values())
      if (entry.topic.everyMs !== null) entry.dueAt = Math.min(entry.dueAt, now);
    this.#schedule();
  }

  /** Stops for good. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#entries.clear();
  }

  #remove(id: string): void {
    const entry = this.#entries.get(id);
    if (entry && --entry.users === 0) this.#entries.delete(id);
  }

  #next({ everyMs }: Topic): number {
    return everyMs === null ? Number.POSITIVE_INFINITY : this.#around.now() + everyMs;
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#asking || !this.#around.isVisible()) return;
    const first = Math.min(...[...this.#entries.values()].map((entry) => entry.dueAt));
    if (first === Number.POSITIVE_INFINITY) return;
    const at = Math.max(first, this.#lastStart + MIN_SPACING_MS, this.#notBefore);
    this.#timer = setTimeout(() => void this.#turn(), Math.max(0, at - this.#around.now()));
  }

  async #turn(): Promise<void> {
    const entry = pickTopic(this.#entries.values(), this.#around.now());
    if (!entry || !this.#around.isVisible()) return this.#schedule();
    this.#asking = true;
    this.#lastStart = this.#around.now();
    // What is marked while it is asked for is asked for again.
    entry.dueAt = Number.POSITIVE_INFINITY;
    try {
      await entry.topic.ask();
      this.#settle(0);
    } catch (error) {
      if (this.#around.isOutage(error)) this.#settle(this.#failures + 1);
    } finally {
      entry.dueAt = Math.min(entry.dueAt, this.#next(entry.topic));
      this.#asking = false;
      this.#schedule();
    }
  }

  #settle(failures: number): void {
    const before = this.status;
    this.#failures = failures;
    this.#notBefore = failures === 0 ? 0 : this.#around.now() + pauseAfter(failures);
    if (this.status !== before) for (const listener of this.#listeners) listener();
  }
}
