import type { Column } from '@summa/core/history/column';
import { decodeColumn, encodeColumn } from '@summa/core/history/column-codec';
import { mergeColumns } from '@summa/core/history/merge-columns';
import { planCompaction, rechunk } from '@summa/core/history/plan-compaction';
import { sliceColumn } from '@summa/core/history/slice-column';
import { foldColumn } from '@summa/core/metric/fold-column';
import { mergeStates } from '@summa/core/metric/merge-states';
import { emptyState, type MetricState } from '@summa/core/metric/metric-state';
import { decodeStates, encodeStates } from '@summa/core/metric/metric-state-codec';
import { timesAt } from './assemble-columns.ts';
import type { MergeTarget, NewChunk } from './compaction-store.ts';

/** Where the times of rows come from. */
export interface MergeSources {
  /** Times of the new rows. */
  readonly timesOfNewRows: Column;
  /** Times of all rows within a span, stored ones too; asked only when rows arrived late. */
  readonly timesOfOldRows: (from: number, to: number) => Promise<Column>;
}

/** Chunks of one metric that go, and those that take their place. */
export interface MergedMetric {
  readonly replaced: MergeTarget[];
  readonly chunks: NewChunk[];
}

/** Merges new columns of one metric, in order of arrival, into those of its chunks that they touch. */
export async function mergeMetric(
  keyId: number,
  {
    targets,
    incoming,
    sources,
  }: { targets: readonly MergeTarget[]; incoming: readonly Column[]; sources: MergeSources },
): Promise<MergedMetric> {
  const fresh = mergeColumns(incoming);
  const merged: MergedMetric = { replaced: [], chunks: [] };
  for (const part of planCompaction(targets, fresh.steps)) {
    const added = sliceColumn(fresh, part);
    const columns = rechunk(part.replaced.map(bodyOf), [added]);
    const states = await foldChunks(keyId, { columns, replaced: part.replaced, added, sources });
    merged.replaced.push(...part.replaced);
    merged.chunks.push(...columns.map((column, i) => toChunk(keyId, column, states[i] ?? emptyState)));
  }
  return merged;
}

function bodyOf(target: MergeTarget): Column {
  if (target.body === null)
    throw new Error(`chunk ${target.keyId}/${target.firstStep} is to be replaced but was not read`);
  return decodeColumn(target.body);
}

interface FoldInput {
  readonly columns: readonly Column[];
  readonly replaced: readonly MergeTarget[];
  readonly added: Column;
  readonly sources: MergeSources;
}

/** The state of each new chunk; where rows were only appended, what the old chunk knew is kept and nothing is read. */
async function foldChunks(keyId: number, { columns, replaced, added, sources }: FoldInput): Promise<MetricState[]> {
  const lastOld = replaced.at(-1)?.lastStep ?? -1;
  const isAppend = replaced.length <= 1 && lastOld < (added.steps[0] ?? Infinity);
  if (!isAppend) return foldAnew(columns, sources);
  const times = sources.timesOfNewRows;
  return columns.map((column) => {
    const appended = sliceColumn(column, { fromStep: lastOld + 1, toStep: Infinity });
    const state = foldColumn(appended, timesAt(times, appended.steps));
    const old = replaced[0];
    const holdsOld = old !== undefined && (column.steps[0] ?? Infinity) <= lastOld;
    return holdsOld ? mergeStates(decodeStates(old.stats).get(keyId) ?? emptyState, state) : state;
  });
}

async function foldAnew(columns: readonly Column[], sources: MergeSources): Promise<MetricState[]> {
  const from = columns[0]?.steps[0] ?? 0;
  const to = columns.at(-1)?.steps.at(-1) ?? 0;
  const times = await sources.timesOfOldRows(from, to);
  return columns.map((column) => foldColumn(column, timesAt(times, column.steps)));
}

/** Up to 4,096 values of one metric as they are stored, with their folded state. */
export function toChunk(keyId: number, column: Column, state: MetricState): NewChunk {
  return {
    keyId,
    firstStep: column.steps[0] ?? 0,
    lastStep: column.steps.at(-1) ?? 0,
    count: column.steps.length,
    stats: encodeStates(new Map([[keyId, state]])),
    body: encodeColumn(column),
  };
}
