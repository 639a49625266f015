import { decodeColumn } from '@summa/core/history/column-codec';
import { sliceColumn } from '@summa/core/history/slice-column';
import { foldColumn } from '@summa/core/metric/fold-column';
import { mergeStates } from '@summa/core/metric/merge-states';
import { emptyState, type MetricState } from '@summa/core/metric/metric-state';
import { decodeStates } from '@summa/core/metric/metric-state-codec';
import type { PoolClient } from 'pg';
import type { RunRef } from '../services.ts';
import { timesAt } from './assemble-columns.ts';
import type { StoredChunk } from './column-store.ts';
import { findChunkHeaders } from './columns-of-runs-store.ts';
import { readTimes } from './compact-run.ts';
import { type NewChunk, replaceChunks } from './compaction-store.ts';
import { findChunksAcross, findRowExtent, removeChunksBeyond } from './cut-store.ts';
import { toChunk } from './merge-metric.ts';
import type { RunHistory } from './run-history.ts';

/** What is left of a history. */
export interface CutHistory extends Pick<RunHistory, 'rowCount' | 'lastStep'> {
  readonly states: Map<number, MetricState>;
}

/** Metrics whose chunks are held in memory at once. */
const KEYS_AT_ONCE = 1_000;

/**
 * Removes the rows of a run beyond a step from its chunks; all of its rows must be in chunks, and its history locked.
 *
 * Only metrics that have values beyond the step are looked at. Of each, one chunk at most is read and written; the states of what
 * is left are merged from those of the chunks.
 */
export async function cutHistory(
  client: PoolClient,
  run: RunRef,
  { states, step }: { states: ReadonlyMap<number, MetricState>; step: number },
): Promise<CutHistory> {
  await removeChunksBeyond(client, run, step);
  await shortenChunks(client, run, step);
  const left = new Map(states);
  const cut = [...states].filter(([, { last }]) => last !== null && last.step > step).map(([keyId]) => keyId);
  for (const keyId of cut) left.delete(keyId);
  for (let start = 0; start < cut.length; start += KEYS_AT_ONCE) {
    const spans = cut
      .slice(start, start + KEYS_AT_ONCE)
      .map((keyId) => ({ runId: run.runId, keyId, from: 0, to: step }));
    for (const { keyId, stats } of await findChunkHeaders(client, run.projectId, spans)) {
      const state = decodeStates(stats).get(keyId) ?? emptyState;
      left.set(keyId, mergeStates(left.get(keyId) ?? emptyState, state));
    }
  }
  return { ...(await findRowExtent(client, run)), states: left };
}

async function shortenChunks(client: PoolClient, run: RunRef, step: number): Promise<void> {
  for (;;) {
    const across = await findChunksAcross(client, run, { step, limit: KEYS_AT_ONCE });
    if (across.length === 0) return;
    await replaceChunks(client, run, { replaced: across, chunks: await shorten(client, run, { across, step }) });
  }
}

async function shorten(
  client: PoolClient,
  run: RunRef,
  { across, step }: { across: readonly StoredChunk[]; step: number },
): Promise<NewChunk[]> {
  const from = Math.min(...across.map((chunk) => chunk.firstStep));
  const times = await readTimes(client, run, { from, to: step });
  return across.map(({ keyId, firstStep, body }) => {
    const column = sliceColumn(decodeColumn(body), { fromStep: firstStep, toStep: step });
    return toChunk(keyId, column, foldColumn(column, timesAt(times, column.steps)));
  });
}
