import type { XRange } from '../chart/chart-line.ts';
import { axisName, type ChartAxis } from './chart-axis.ts';
import type { SeriesPoints } from './series-points.ts';

/** A run whose lines are drawn, with the newest revision that is known of. */
export interface ChartedRun {
  readonly id: string;
  readonly name: string;
  readonly revision: number;
}

/** What of a metric a chart shows. */
export interface SeriesPart {
  readonly key: string;
  readonly axis: ChartAxis;
  /** Steps; all of them when null. */
  readonly range: XRange | null;
  readonly buckets: number;
  readonly hasBand: boolean;
}

/** One request: some metrics of some runs, all cut alike. */
export interface SeriesRequest extends Omit<SeriesPart, 'key'> {
  readonly keys: readonly string[];
  readonly runNames: readonly string[];
}

/** What is answered of one run: for each key its points, in the order asked. */
export interface SeriesAnswer {
  readonly runId: string;
  readonly revision: number;
  readonly points: readonly SeriesPoints[];
}

/** Asks the server. */
export type FetchSeries = (request: SeriesRequest, signal: AbortSignal) => Promise<readonly SeriesAnswer[]>;

/** What is known of one run in a part. */
interface Known {
  readonly revision: number;
  readonly points: SeriesPoints;
}

/** What a chart has got so far. */
export interface PartState {
  /** By the id of the run. A run that is not there is on its way. */
  readonly points: ReadonlyMap<string, SeriesPoints>;
  readonly isComplete: boolean;
  readonly error: unknown;
}

interface Entry {
  readonly part: SeriesPart;
  known: ReadonlyMap<string, Known>;
  runs: readonly ChartedRun[];
  users: number;
  isFirst: boolean;
  error: unknown;
  /** The ids of the runs that are being asked for. */
  readonly asked: Set<string>;
  refreshedAt: number;
  state: PartState;
  readonly listeners: Set<() => void>;
}

const MOST_AT_ONCE = 2;
const MOST_KEYS = 4;
/** Lines of one request, unless one chart has more: what is asked first is seen first. */
const MOST_LINES = 40;
const MOST_BUCKETS_LIVE = 60_000;
/** How many parts that no chart shows are kept, for when somebody scrolls or zooms back. */
const MOST_KEPT = 60;

const EMPTY: PartState = { points: new Map(), isComplete: false, error: null };

/**
 * Keeps the points of the charts of one page, and asks for what is missing: charts that are cut alike in one request of a
 * few keys, two requests at a time, only runs that are not there yet. What nobody shows any more is given up, then
 * forgotten. What has an older revision than is known of is asked for by `refresh`.
 */
export class SeriesStore {
  readonly #fetch: FetchSeries;
  readonly #entries = new Map<string, Entry>();
  readonly #requests = new Set<{ readonly names: readonly string[]; readonly controller: AbortController }>();
  #isPlanned = false;
  #clock = 0;

  constructor(fetch: FetchSeries) {
    this.#fetch = fetch;
  }

  /** What is there of a part; the same object until something changes. */
  read(part: SeriesPart): PartState {
    return this.#entries.get(nameOf(part))?.state ?? EMPTY;
  }

  /** Calls back when `read` of a part changes. The part is asked for while somebody listens. @returns the end of it */
  show(part: SeriesPart, runs: readonly ChartedRun[], listener: () => void): () => void {
    const name = nameOf(part);
    const entry = this.#entries.get(name) ?? newEntry(part);
    // Those that were shown last stand last.
    this.#entries.delete(name);
    this.#entries.set(name, entry);
    entry.users += 1;
    entry.runs = runs;
    entry.listeners.add(listener);
    this.#update(entry);
    this.#plan();
    return () => {
      entry.users -= 1;
      entry.listeners.delete(listener);
      this.#plan();
    };
  }

  /** Has a part asked for before all others, such as the chart that was just zoomed. */
  preferKey(key: string): void {
    for (const entry of this.#entries.values()) entry.isFirst = entry.part.key === key;
  }

  /** Asks again for what failed. */
  retry(part: SeriesPart): void {
    const entry = this.#entries.get(nameOf(part));
    if (!entry) return;
    entry.error = null;
    this.#update(entry);
    this.#plan();
  }

  /** Whether a chart shows a run as it was before its newest revision. */
  get isStale(): boolean {
    return [...this.#entries.values()].some((entry) => entry.users > 0 && staleRuns(entry).length > 0);
  }

  /** Asks, in one request, for runs that have changed, of the charts that were refreshed longest ago. */
  async refresh(): Promise<void> {
    const stale = [...this.#entries.values()]
      .filter((entry) => entry.users > 0 && entry.error === null && staleRuns(entry).length > 0)
      .sort((a, b) => a.refreshedAt - b.refreshedAt);
    const [first] = stale;
    if (!first) return;
    const runs = staleRuns(first);
    const fits = Math.max(1, Math.floor(MOST_BUCKETS_LIVE / (runs.length * first.part.buckets)));
    const entries = stale.filter((entry) => isCutAlike(entry.part, first.part)).slice(0, fits);
    for (const entry of entries) entry.refreshedAt = ++this.#clock;
    await this.#ask(entries, runs);
  }

  /** Gives everything up. */
  stop(): void {
    for (const { controller } of this.#requests) controller.abort();
    this.#entries.clear();
  }

  /** Plans after all charts that appear together have said what they show. */
  #plan(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    queueMicrotask(() => {
      this.#isPlanned = false;
      this.#giveUp();
      this.#askForMissing();
    });
  }

  #askForMissing(): void {
    while (this.#requests.size < MOST_AT_ONCE) {
      const waiting = [...this.#entries.values()]
        .filter((entry) => entry.users > 0 && entry.error === null && missingRuns(entry).length > 0)
        .sort((a, b) => Number(b.isFirst) - Number(a.isFirst));
      const [first] = waiting;
      if (!first) return;
      const runs = missingRuns(first);
      const fits = Math.max(1, Math.floor(MOST_LINES / runs.length));
      const entries = waiting
        .filter((entry) => isCutAlike(entry.part, first.part) && hasSameRuns(missingRuns(entry), runs))
        .slice(0, Math.min(MOST_KEYS, fits));
      // Its failure is kept in each entry.
      void this.#ask(entries, runs).catch(() => undefined);
    }
  }

  async #ask(entries: readonly Entry[], runs: readonly ChartedRun[]): Promise<void> {
    const [first] = entries;
    if (!first) return;
    const controller = new AbortController();
    const request = { names: entries.map(({ part }) => nameOf(part)), controller };
    this.#requests.add(request);
    for (const { asked } of entries) for (const { id } of runs) asked.add(id);
    const { key: _, ...cut } = first.part;
    try {
      const ask = { ...cut, keys: entries.map(({ part }) => part.key), runNames: runs.map(({ name }) => name) };
      const answers = await this.#fetch(ask, controller.signal);
      for (const [at, entry] of entries.entries()) this.#take(entry, runs, answers, at);
    } catch (error) {
      if (controller.signal.aborted) return;
      for (const entry of entries) {
        // A chart that is there stays as it is: it is asked for again when its turn comes.
        if (missingOf(entry, runs)) entry.error = error;
      }
      throw error;
    } finally {
      for (const entry of entries) {
        for (const { id } of runs) entry.asked.delete(id);
        this.#update(entry);
      }
      this.#requests.delete(request);
      this.#plan();
    }
  }

  #take(entry: Entry, runs: readonly ChartedRun[], answers: readonly SeriesAnswer[], at: number): void {
    const byRun = new Map(answers.map((answer) => [answer.runId, answer]));
    const known = new Map(entry.known);
    for (const { id, revision } of runs) {
      const answer = byRun.get(id);
      // A run that is gone has no points, and is not asked for again.
      known.set(id, { revision: Math.max(answer?.revision ?? 0, revision), points: answer?.points[at] ?? NO_POINTS });
    }
    entry.known = known;
  }

  #update(entry: Entry): void {
    const { known, runs, error } = entry;
    const isComplete = runs.every(({ id }) => known.has(id));
    const points = new Map(runs.flatMap(({ id }) => entryOf(id, known.get(id)?.points)));
    const { state } = entry;
    if (state.isComplete === isComplete && state.error === error && isSameMap(state.points, points)) return;
    entry.state = { points, isComplete, error };
    for (const listener of entry.listeners) listener();
  }

  /** Ends requests that nobody waits for, and forgets parts that nobody has shown for long. */
  #giveUp(): void {
    for (const { names, controller } of this.#requests) {
      if (names.every((name) => (this.#entries.get(name)?.users ?? 0) === 0)) controller.abort();
    }
    const unused = [...this.#entries].filter(([, { users }]) => users === 0);
    for (const [name] of unused.slice(0, Math.max(0, unused.length - MOST_KEPT))) this.#entries.delete(name);
  }
}

const NO_POINTS: SeriesPoints = { x: [], y: [], steps: [] };

function newEntry(part: SeriesPart): Entry {
  const now = { asked: new Set<string>(), listeners: new Set<() => void>(), refreshedAt: 0, state: EMPTY };
  return { part, known: new Map(), runs: [], users: 0, isFirst: false, error: null, ...now };
}

function nameOf({ key, axis, range, buckets, hasBand }: SeriesPart): string {
  return JSON.stringify([key, axisName(axis), range?.from ?? null, range?.to ?? null, buckets, hasBand]);
}

function isCutAlike(a: SeriesPart, b: SeriesPart): boolean {
  return nameOf({ ...a, key: '' }) === nameOf({ ...b, key: '' });
}

function missingRuns({ runs, known, asked }: Entry): readonly ChartedRun[] {
  return runs.filter(({ id }) => !known.has(id) && !asked.has(id));
}

function missingOf({ known }: Entry, runs: readonly ChartedRun[]): boolean {
  return runs.some(({ id }) => !known.has(id));
}

function staleRuns({ runs, known, asked }: Entry): readonly ChartedRun[] {
  return runs.filter(({ id, revision }) => revision > (known.get(id)?.revision ?? revision) && !asked.has(id));
}

function hasSameRuns(a: readonly ChartedRun[], b: readonly ChartedRun[]): boolean {
  return a.length === b.length && a.every(({ id }, at) => id === b[at]?.id);
}

function entryOf(id: string, points: SeriesPoints | undefined): [string, SeriesPoints][] {
  return points ? [[id, points]] : [];
}

function isSameMap<Value>(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): boolean {
  return a.size === b.size && [...b].every(([key, value]) => a.get(key) === value);
}
