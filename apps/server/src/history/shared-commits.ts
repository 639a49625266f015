import type { Pool } from 'pg';
import { Gathering } from '../database/gathering.ts';
import type { RunRef } from '../services.ts';
import { type RunAppend, storeAppends } from './append-all-store.ts';
import { type AppendRecord, storeAppend } from './append-store.ts';

/** Appends that share a statement at most. */
const MOST_TOGETHER = 64;
/** Bytes of an append that may share a statement; a larger one has enough to do alone. */
const MOST_BYTES = 16_384;

/**
 * Stores the appends of many runs with few commits: small ones of different runs of a project that wait while others are being stored
 * are stored by one statement. Every append is on disk when it is answered, as with a statement of its own.
 */
export class SharedCommits {
  readonly #pool: Pool;
  readonly #projects = new Map<string, Gathering<RunAppend, boolean | null>>();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** As `storeAppend`. */
  async store(run: RunRef, record: AppendRecord): Promise<boolean> {
    const stored = mayShare(record) ? await this.#gathering(run.projectId).ask({ runId: run.runId, record }) : null;
    return stored ?? storeAppend(this.#pool, run, record);
  }

  #gathering(projectId: string): Gathering<RunAppend, boolean | null> {
    for (const [id, gathering] of this.#projects) if (gathering.isIdle) this.#projects.delete(id);
    const known = this.#projects.get(projectId);
    if (known) return known;
    const made = new Gathering<RunAppend, boolean | null>(
      (appends) => this.#storeAll(projectId, appends),
      MOST_TOGETHER,
    );
    this.#projects.set(projectId, made);
    return made;
  }

  /** For each append as `storeAppend`, or null when it has to be stored alone: somebody holds the run, or has changed it. */
  async #storeAll(projectId: string, appends: readonly RunAppend[]): Promise<(boolean | null)[]> {
    const [first, ...others] = appends;
    // The statement for many costs one append half as much again.
    if (first && others.length === 0)
      return [await storeAppend(this.#pool, { projectId, runId: first.runId }, first.record)];
    const stored = await storeAppends(this.#pool, projectId, appends);
    return appends.map(({ runId }) => stored.has(runId) || null);
  }
}

function mayShare({ segment, state, explicit, revive }: AppendRecord): boolean {
  return !explicit && !revive && segment.body.byteLength + (state?.byteLength ?? 0) <= MOST_BYTES;
}
