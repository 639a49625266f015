import type { Column } from '@summa/core/history/column';
import { mergeColumns } from '@summa/core/history/merge-columns';
import { decodeSegment, type Segment } from '@summa/core/history/segment-codec';
import { CHUNK_SIZE } from '@summa/core/history/slice-column';
import { decodeStates, encodeStates } from '@summa/core/metric/metric-state-codec';
import type { PoolClient } from 'pg';
import { inTransaction } from '../database/in-transaction.ts';
import { TIME_KEY_ID } from '../metric/metric-keys.ts';
import type { RunRef, Services } from '../services.ts';
import { assembleColumns } from './assemble-columns.ts';
import { findColumns, sameSpan } from './column-store.ts';
import {
  findMergeTargets,
  lockAllSegments,
  lockSegments,
  type MergeTarget,
  type NewChunk,
  storeCompaction,
} from './compaction-store.ts';
import { findRunState } from './history-store.ts';
import { type MergeSources, mergeMetric } from './merge-metric.ts';
import { foldSegment } from './run-history.ts';

/** Segment bytes that one transaction merges at most. */
const MAX_PASS_BYTES = 16 * 1024 * 1024;

/**
 * Merges all segments that a run has now into chunks, a bounded amount a transaction.
 *
 * Rows are in exactly one place at any time; reads and appends go on meanwhile. A crash leaves whole passes done. When
 * another compaction of the run is under way, this one leaves the work to it.
 */
export async function compactRun({ database }: Pick<Services, 'database'>, run: RunRef): Promise<void> {
  let pass: 'more' | 'done' = 'more';
  while (pass === 'more') pass = await inTransaction(database.pool, 'write', (client) => compactPass(client, run));
}

/**
 * Merges all segments that a run has now into chunks, in a transaction of the caller: until it ends, no other compaction of the run
 * takes place. Rows that others append meanwhile come in segments of their own.
 */
export async function compactInTransaction(client: PoolClient, run: RunRef): Promise<void> {
  await lockAllSegments(client, run);
  let pass: 'more' | 'done' = 'more';
  while (pass === 'more') pass = await compactPass(client, run);
}

async function compactPass(client: PoolClient, run: RunRef): Promise<'more' | 'done'> {
  const locked = await lockSegments(client, run, MAX_PASS_BYTES);
  const last = locked === 'busy' ? undefined : locked.at(-1);
  if (locked === 'busy' || last === undefined) return 'done';
  const stored = await findRunState(client, run);
  if (stored === undefined) return 'done';
  const segments = locked.map(({ seq, body }) => ({ seq, segment: decodeSegment(body) }));
  const states = decodeStates(stored.state);
  for (const { seq, segment } of segments) if (seq > stored.stateSeq) foldSegment(states, segment);
  const merged = await mergeSegments(
    client,
    run,
    segments.map(({ segment }) => segment),
  );
  await storeCompaction(client, run, { ...merged, upToSeq: last.seq, state: encodeStates(states) });
  return 'more';
}

/** What takes the place of which chunks once the segments are merged into them. */
async function mergeSegments(
  client: PoolClient,
  run: RunRef,
  segments: readonly Segment[],
): Promise<{ replaced: MergeTarget[]; chunks: NewChunk[] }> {
  const incoming = incomingColumns(segments);
  const targets = byKey(await findMergeTargets(client, run, spansOf(incoming), CHUNK_SIZE));
  const sources: MergeSources = {
    timesOfNewRows: mergeColumns(incoming.get(TIME_KEY_ID) ?? []),
    timesOfOldRows: (from, to) => readTimes(client, run, { from, to }),
  };
  const replaced: MergeTarget[] = [];
  const chunks: NewChunk[] = [];
  for (const [keyId, columns] of incoming) {
    const merged = await mergeMetric(keyId, { targets: targets.get(keyId) ?? [], incoming: columns, sources });
    replaced.push(...merged.replaced);
    chunks.push(...merged.chunks);
  }
  return { replaced, chunks };
}

function byKey(targets: readonly MergeTarget[]): Map<number, MergeTarget[]> {
  const groups = new Map<number, MergeTarget[]>();
  for (const target of targets) {
    const group = groups.get(target.keyId);
    if (group === undefined) groups.set(target.keyId, [target]);
    else group.push(target);
  }
  return groups;
}

/** The new columns of each metric in order of arrival, row times among them. */
function incomingColumns(segments: readonly Segment[]): Map<number, Column[]> {
  const incoming = new Map<number, Column[]>();
  for (const segment of segments) {
    for (const keyId of [TIME_KEY_ID, ...segment.keyIds]) {
      const column = segment.column(keyId)?.column;
      if (column === undefined || column.steps.length === 0) continue;
      const columns = incoming.get(keyId);
      if (columns === undefined) incoming.set(keyId, [column]);
      else columns.push(column);
    }
  }
  return incoming;
}

function spansOf(
  incoming: ReadonlyMap<number, readonly Column[]>,
): { keyId: number; firstStep: number; lastStep: number }[] {
  return [...incoming].map(([keyId, columns]) => ({
    keyId,
    firstStep: Math.min(...columns.map((column) => column.steps[0] ?? Infinity)),
    lastStep: Math.max(...columns.map((column) => column.steps.at(-1) ?? -1)),
  }));
}

/** The times of the rows of a run within a span of steps. */
export async function readTimes(client: PoolClient, run: RunRef, span: { from: number; to: number }): Promise<Column> {
  const stored = await findColumns(client, run, sameSpan([TIME_KEY_ID], span));
  return mergeColumns([...assembleColumns(stored, [TIME_KEY_ID]).values()]);
}
