import type { RunRef } from '../services.ts';
import type { RunSummaryData } from './load-summaries.ts';
import { weightOf } from './summary-weight.ts';

/** Bytes of all summaries that are kept; what is made of them, their documents, takes less again. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Bytes of a summary that is kept; a larger one would push out too many others. */
const MOST_BYTES_OF_A_RUN = MOST_BYTES / 8;

interface Kept {
  readonly summary: RunSummaryData;
  readonly bytes: number;
}

/**
 * The summaries that were read last, each at one revision of its run.
 *
 * Every change of a summary gives its run a new revision, whoever makes it. So whoever has just read the revision of a run, and finds its
 * summary here at that one, has what a statement would have told him. Nothing else may be asked of this: it does not know which revision
 * is the last.
 */
export class RecentSummaries {
  readonly #byRun = new Map<string, Kept>();
  #bytes = 0;

  /** The revision at which a run's summary is here; null when it is not. */
  revisionOf(run: RunRef): number | null {
    return this.#byRun.get(nameOf(run))?.summary.revision ?? null;
  }

  /** The summary of a run at a revision, if it was read lately. */
  find(run: RunRef, revision: number): RunSummaryData | undefined {
    const kept = this.#byRun.get(nameOf(run));
    if (kept?.summary.revision !== revision) return undefined;
    // What was used last is forgotten last.
    this.#byRun.delete(nameOf(run));
    this.#byRun.set(nameOf(run), kept);
    return kept.summary;
  }

  /** Keeps a summary, in the place of an older one of the run, for as long as there is room. */
  keep(run: RunRef, summary: RunSummaryData): void {
    const known = this.#byRun.get(nameOf(run));
    if (known && (known.summary === summary || known.summary.revision > summary.revision)) return;
    this.#forget(nameOf(run));
    const bytes = weightOf(summary);
    if (bytes > MOST_BYTES_OF_A_RUN) return;
    this.#byRun.set(nameOf(run), { summary, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#byRun.keys()) {
      if (this.#bytes <= MOST_BYTES) return;
      this.#forget(oldest);
    }
  }

  #forget(name: string): void {
    this.#bytes -= this.#byRun.get(name)?.bytes ?? 0;
    this.#byRun.delete(name);
  }
}

function nameOf({ projectId, runId }: RunRef): string {
  return `${projectId}/${runId}`;
}
