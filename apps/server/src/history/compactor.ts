import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import type { RunRef } from '../services.ts';
import { compactRun } from './compact-run.ts';
import type { RunHistory } from './run-history.ts';

/** A run's segments are merged when there are this many of them, */
const DUE_SEGMENTS = 512;
/** or when they have this many bytes. */
const DUE_BYTES = 4 * 1024 * 1024;

/**
 * Merges the segments of runs that are being written into chunks, in the background, one run at a time.
 *
 * What fails is logged and stays as it is: the rows are read from their segments, and the next append of the run makes it
 * due again.
 */
export class Compactor {
  readonly #database: Database;
  readonly #log: Logger;
  readonly #due = new Map<string, RunRef>();
  #working: Promise<void> | null = null;
  #stopped = false;

  constructor(database: Database, log: Logger) {
    this.#database = database;
    this.#log = log;
  }

  /** Looks at a run after it has changed; takes it up when it is due. */
  consider(run: RunRef, history: RunHistory): void {
    if (this.#stopped || (history.tailSegments < DUE_SEGMENTS && history.tailBytes < DUE_BYTES)) return;
    // What arrives while these are merged is counted from here.
    history.tailSegments = 0;
    history.tailBytes = 0;
    this.#due.set(`${run.projectId}/${run.runId}`, run);
    this.#working ??= this.#work();
  }

  /** Ends the pass under way and takes up nothing more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#due.clear();
    await this.#working;
  }

  /** Resolves when nothing is due. */
  async idle(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    for (const [name, run] of this.#due) {
      this.#due.delete(name);
      await compactRun({ database: this.#database }, run).catch((error: unknown) => {
        this.#log.error(
          { err: error, runId: run.runId },
          'merging segments failed; they stay and are read as they are',
        );
      });
    }
    this.#working = null;
  }
}
