import type { Column } from '@summa/core/history/column';
import { sliceColumn } from '@summa/core/history/slice-column';
import { TIME_KEY_ID } from '../metric/metric-keys.ts';
import type { RunRef, Services } from '../services.ts';
import { assembleColumns, timesAt } from './assemble-columns.ts';
import { findChunkCounts, findColumns, type KeySpan, sameSpan } from './column-store.ts';

/** Steps from `from` to `to`, both included; an open end is the run's. */
export interface StepRange {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** A metric's values with the time of each, in seconds since 1970. */
export interface TimedColumn {
  readonly column: Column;
  readonly times: Float64Array;
}

/** Every value of some metrics within a range, by key; a key that was never logged in the run has no entry. */
export async function readColumns(
  services: Services,
  run: RunRef,
  keys: readonly string[],
  range: StepRange = {},
): Promise<Map<string, TimedColumn>> {
  const ids = await services.keys.existing(run.projectId, 'summary', keys);
  return readSpans(services, run, ids, sameSpan([...ids.values()], spanOf(range)));
}

/** The first points of a metric within a range. */
export interface PointPage extends TimedColumn {
  readonly hasNextPage: boolean;
}

/** The first `first` values of each metric within a range, by key, in step order; a key never logged has no entry. */
export async function readPoints(
  services: Services,
  run: RunRef,
  { keys, range, first }: { keys: readonly string[]; range: StepRange; first: number },
): Promise<Map<string, PointPage>> {
  const ids = await services.keys.existing(run.projectId, 'summary', keys);
  const spans = await shortenSpans(services, run, {
    spans: sameSpan([...ids.values()], spanOf(range)),
    points: first + 1,
  });
  const columns = await readSpans(services, run, ids, spans);
  return new Map([...columns].map(([key, timed]) => [key, firstPoints(timed, first)]));
}

/** The closed span of a range. */
export function spanOf(range: StepRange): { from: number; to: number } {
  return { from: range.from ?? 0, to: range.to ?? Number.MAX_SAFE_INTEGER };
}

/**
 * Ends each span where the chunks in it hold enough points, so that a page of a long column reads a page of chunks.
 *
 * What is still in segments only adds points within the shortened span.
 */
export async function shortenSpans(
  services: Services,
  run: RunRef,
  { spans, points }: { spans: readonly KeySpan[]; points: number },
): Promise<KeySpan[]> {
  if (spans.length === 0) return [];
  const counts = await findChunkCounts(services.database.pool, run, { spans, points });
  const ends = new Map<number, number>();
  for (const { keyId, lastStep, countThrough } of counts) {
    if (countThrough >= points && !ends.has(keyId)) ends.set(keyId, lastStep);
  }
  return spans.map((span) => ({ ...span, to: Math.min(span.to, ends.get(span.keyId) ?? span.to) }));
}

async function readSpans(
  services: Services,
  run: RunRef,
  ids: ReadonlyMap<string, number>,
  spans: readonly KeySpan[],
): Promise<Map<string, TimedColumn>> {
  if (spans.length === 0) return new Map();
  const times = {
    keyId: TIME_KEY_ID,
    from: Math.min(...spans.map((s) => s.from)),
    to: Math.max(...spans.map((s) => s.to)),
  };
  const wanted = [times, ...spans.filter((span) => span.keyId !== TIME_KEY_ID)];
  const stored = await findColumns(services.database.pool, run, wanted);
  const columns = assembleColumns(
    stored,
    wanted.map((span) => span.keyId),
  );
  const spanById = new Map(wanted.map((span) => [span.keyId, span]));
  const read = new Map<string, TimedColumn>();
  for (const [key, id] of ids) {
    const span = spanById.get(id) ?? times;
    const column = sliceColumn(columns.get(id) ?? EMPTY, { fromStep: span.from, toStep: span.to });
    if (column.steps.length > 0)
      read.set(key, { column, times: timesAt(columns.get(TIME_KEY_ID) ?? EMPTY, column.steps) });
  }
  return read;
}

const EMPTY: Column = { steps: new Float64Array(0), numbers: new Float64Array(0), others: null };

function firstPoints({ column, times }: TimedColumn, first: number): PointPage {
  const hasNextPage = column.steps.length > first;
  if (!hasNextPage) return { column, times, hasNextPage };
  const toStep = column.steps[first - 1] ?? -1;
  return { column: sliceColumn(column, { fromStep: 0, toStep }), times: times.subarray(0, first), hasNextPage };
}
