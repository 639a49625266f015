import type { RunRef } from '../services.ts';
import type { RunSummaryData } from './load-summaries.ts';

/** Metric states that are kept, all runs together: about 25 megabytes, and as much again for what is made of them. */
const MOST_STATES = 50_000;
/** Metrics of a run that is kept; a larger one would push out too many others. */
const MOST_STATES_OF_A_RUN = 10_000;
/** What a run weighs beside its metric states. */
const BASE_WEIGHT = 20;

/**
 * The summaries that were read last, each at one revision of its run.
 *
 * Every change of a summary gives its run a new revision, whoever makes it. So whoever has just read the revision of a run, and finds its
 * summary here at that one, has what a statement would have told him. Nothing else may be asked of this: it does not know which revision
 * is the last.
 */
export class RecentSummaries {
  readonly #byRun = new Map<string, RunSummaryData>();
  #weight = 0;

  /** The summary of a run at a revision, if it was read lately. */
  find(run: RunRef, revision: number): RunSummaryData | undefined {
    const found = this.#byRun.get(nameOf(run));
    if (found?.revision !== revision) return undefined;
    this.#byRun.delete(nameOf(run));
    this.#byRun.set(nameOf(run), found);
    return found;
  }

  /** Keeps a summary, in the place of an older one of the run, for as long as there is room. */
  keep(run: RunRef, summary: RunSummaryData): void {
    const known = this.#byRun.get(nameOf(run));
    if (known && known.revision > summary.revision) return;
    this.#forget(nameOf(run));
    if (summary.states.size > MOST_STATES_OF_A_RUN) return;
    this.#byRun.set(nameOf(run), summary);
    this.#weight += weightOf(summary);
    for (const oldest of this.#byRun.keys()) {
      if (this.#weight <= MOST_STATES) return;
      this.#forget(oldest);
    }
  }

  #forget(name: string): void {
    const known = this.#byRun.get(name);
    if (!known) return;
    this.#weight -= weightOf(known);
    this.#byRun.delete(name);
  }
}

function nameOf({ projectId, runId }: RunRef): string {
  return `${projectId}/${runId}`;
}

function weightOf({ states, explicit, definitions }: RunSummaryData): number {
  return BASE_WEIGHT + states.size + explicit.size + definitions.length;
}
