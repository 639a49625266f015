import { decodeSegment, type Segment } from '@summa/core/history/segment-codec';
import { foldColumn } from '@summa/core/metric/fold-column';
import { mergeStates } from '@summa/core/metric/merge-states';
import type { MetricState } from '@summa/core/metric/metric-state';
import { decodeStates } from '@summa/core/metric/metric-state-codec';
import type { ExplicitValues } from '@summa/core/summary/explicit-entry';
import type { Pool } from 'pg';
import { inTransaction } from '../database/in-transaction.ts';
import { ServerError } from '../server-error.ts';
import type { RunRef } from '../services.ts';
import { parseExplicitValues } from '../summary/explicit-text.ts';
import { findRunState, findSegments, findWriters, type StoredSegment } from './history-store.ts';

/** What this process knows of a run that is being written: enough to accept rows without reading anything. */
export interface RunHistory {
  lifecycle: string;
  revision: number;
  editRevision: number;
  /** Distinct steps. */
  rowCount: number;
  lastStep: number | null;
  /** Number of the newest segment. */
  lastSeq: number;
  /** By key id; `_timestamp` is not among them. */
  readonly states: Map<number, MetricState>;
  /** Rows accepted so far, by writer. */
  readonly writers: Map<string, number>;
  explicit: ExplicitValues;
  /** What has been stored since metric states were last written. */
  unfoldedBytes: number;
  /** What waits to be merged into chunks. */
  tailSegments: number;
  tailBytes: number;
}

/** Reads a run's history state as of one moment; fails with RUN_NOT_FOUND when there is no such run. */
export function loadRunHistory(pool: Pool, run: RunRef): Promise<RunHistory> {
  return inTransaction(pool, 'snapshot', async (client) => {
    const stored = await findRunState(client, run);
    if (stored === undefined) throw runNotFound(run);
    const segments = await findSegments(client, run);
    const unfolded = segments.filter((segment) => segment.seq > stored.stateSeq);
    const states = decodeStates(stored.state);
    for (const segment of unfolded) foldSegment(states, decodeSegment(segment.body));
    return {
      lifecycle: stored.lifecycle,
      revision: stored.revision,
      editRevision: stored.editRevision,
      rowCount: stored.rowCount,
      lastStep: stored.lastStep,
      lastSeq: stored.lastSeq,
      states,
      writers: await findWriters(client, run),
      explicit: parseExplicitValues(stored.explicit),
      unfoldedBytes: totalBytes(unfolded),
      tailSegments: segments.length,
      tailBytes: totalBytes(segments),
    };
  });
}

/**
 * Adds a segment's values to the states of their metrics.
 *
 * Only for segments whose values replace none: whoever stores a segment that does stores the refolded states with it.
 */
export function foldSegment(states: Map<number, MetricState>, segment: Segment): void {
  for (const keyId of segment.keyIds) {
    const timed = segment.column(keyId);
    if (timed === null) continue;
    const folded = foldColumn(timed.column, timed.times);
    const known = states.get(keyId);
    states.set(keyId, known === undefined ? folded : mergeStates(known, folded));
  }
}

/** The error for a run that does not exist, or no longer. */
export function runNotFound(run: RunRef): ServerError {
  return new ServerError('RUN_NOT_FOUND', `there is no run ${run.runId}; it may have been deleted`);
}

function totalBytes(segments: readonly StoredSegment[]): number {
  return segments.reduce((sum, segment) => sum + segment.body.byteLength, 0);
}
