import type { Column } from '@summa/core/history/column';
import { decodeColumn } from '@summa/core/history/column-codec';
import { mergeColumns } from '@summa/core/history/merge-columns';
import { decodeSegment, type Segment } from '@summa/core/history/segment-codec';
import { bucketColumn, type ChunkHeader as CoreChunkHeader, needsBody, type Series } from '@summa/core/history/series';
import { seriesByMetric } from '@summa/core/history/series-by-metric';
import type { SeriesGrid } from '@summa/core/history/series-grid';
import { sliceColumn } from '@summa/core/history/slice-column';
import { emptyState } from '@summa/core/metric/metric-state';
import { decodeStates } from '@summa/core/metric/metric-state-codec';
import { resolveDefinitions } from '@summa/core/metric/resolve-definitions';
import { inTransaction } from '../database/in-transaction.ts';
import { findDefinitions } from '../metric/definition-store.ts';
import type { RunRef, Services } from '../services.ts';
import { type ChunkHeader, findChunkBodies, findChunkExtents, findChunkHeaders } from './column-store.ts';
import { findSegments, type Queryable } from './history-store.ts';
import { readColumns, type StepRange, spanOf } from './read-history.ts';

/** What is asked of a run's history for a chart. */
export interface SeriesAsk {
  readonly keys: readonly string[];
  readonly range: StepRange;
  readonly buckets: number;
  /** A metric to draw over; steps when absent. */
  readonly x?: string | undefined;
}

/** One metric of a chart. */
export interface KeySeries {
  readonly key: string;
  /** Whether each bucket is a single value. */
  readonly exact: boolean;
  readonly series: Series;
  /** With `x`: its value at each bucket's first step. */
  readonly xValues: Float64Array | null;
}

type KeyHeader = CoreChunkHeader & { readonly stored: ChunkHeader };

/** A metric's parts within a range: chunks by their headers, and what is still in segments. */
interface KeyParts {
  readonly headers: readonly KeyHeader[];
  readonly tail: Column;
}

const NOTHING: Column = { steps: new Float64Array(0), numbers: new Float64Array(0), others: null };

/**
 * The metrics in at most `buckets` buckets over the range (or over all their steps), in the order asked; all share one grid.
 *
 * Chunks that lie wholly in one bucket are read by their headers alone. The same rows give the same answer however they
 * are stored. A key that was never logged has an empty series.
 */
export async function readSeries(services: Services, run: RunRef, ask: SeriesAsk): Promise<KeySeries[]> {
  if (ask.x !== undefined) return readSeriesOver(services, run, { ...ask, x: ask.x });
  const ids = await services.keys.existing(run.projectId, 'summary', ask.keys);
  if (ids.size === 0) return ask.keys.map((key) => emptySeries(key));
  return inTransaction(services.database.pool, 'snapshot', async (client) => {
    const { byKey: parts, extent } = await readParts(client, run, {
      keyIds: [...new Set(ids.values())],
      range: ask.range,
    });
    const grid = gridOver(extent, ask);
    if (grid === null) return ask.keys.map((key) => emptySeries(key));
    const bodies = await readNeededBodies(client, run, { parts, grid });
    return ask.keys.map((key) => {
      const ofKey = parts.get(ids.get(key) ?? -1);
      return ofKey === undefined ? emptySeries(key) : keySeries(key, bucketParts(ofKey, { bodies, grid }), null);
    });
  });
}

/** Each metric joined with `x` at the same step; where the metric's definition says so, with the last `x` before it. */
async function readSeriesOver(services: Services, run: RunRef, ask: SeriesAsk & { x: string }): Promise<KeySeries[]> {
  const columns = await readColumns(services, run, [...new Set([...ask.keys, ask.x])], { to: ask.range.to });
  const resolve = resolveDefinitions(await findDefinitions(services.database.pool, run));
  const x = columns.get(ask.x)?.column ?? NOTHING;
  const { from } = spanOf(ask.range);
  return ask.keys.map((key) => {
    const asOf = resolve(key)?.stepSync === true;
    const joined = seriesByMetric(columns.get(key)?.column ?? NOTHING, x, { asOf });
    const y: Column = { steps: joined.steps, numbers: joined.y, others: null };
    const [fromStep, toStep] = [Math.max(from, joined.steps[0] ?? 0), joined.steps.at(-1) ?? -1];
    if (toStep < fromStep) return emptySeries(key);
    const buckets = Math.min(ask.buckets, toStep - fromStep + 1);
    const series = bucketColumn([y], { fromStep, toStep, buckets });
    return keySeries(key, series, pickAt(joined, series.firstStep));
  });
}

/** The x at each of some of the steps, ascending. */
function pickAt(joined: { steps: Float64Array; x: Float64Array }, steps: Float64Array): Float64Array {
  let i = 0;
  return steps.map((step) => {
    while (i < joined.steps.length - 1 && (joined.steps[i] ?? 0) < step) i++;
    return joined.x[i] ?? Number.NaN;
  });
}

/** What is stored of some metrics within a range, and the steps between which they have values at all. */
interface StoredParts {
  readonly byKey: ReadonlyMap<number, KeyParts>;
  readonly extent: { readonly from: number; readonly to: number };
}

async function readParts(
  client: Queryable,
  run: RunRef,
  { keyIds, range }: { keyIds: readonly number[]; range: StepRange },
): Promise<StoredParts> {
  const span = spanOf(range);
  const extents = await findChunkExtents(client, run, keyIds);
  const segments = (await findSegments(client, run)).map((segment) => decodeSegment(segment.body));
  const headers = new Map<number, KeyHeader[]>(keyIds.map((keyId) => [keyId, []]));
  for (const stored of await findChunkHeaders(client, run, keyIds, span))
    headers.get(stored.keyId)?.push(toKeyHeader(stored));
  const byKey = new Map<number, KeyParts>();
  for (const [keyId, ofKey] of headers) {
    const tail = tailOf(segments, keyId);
    extents.push({ firstStep: tail.steps[0] ?? Infinity, lastStep: tail.steps.at(-1) ?? -1 });
    byKey.set(keyId, { headers: ofKey, tail: sliceColumn(tail, { fromStep: span.from, toStep: span.to }) });
  }
  const from = Math.min(...extents.map((extent) => extent.firstStep));
  return { byKey, extent: { from, to: Math.max(...extents.map((extent) => extent.lastStep)) } };
}

function toKeyHeader(stored: ChunkHeader): KeyHeader {
  const state = decodeStates(stored.stats).get(stored.keyId) ?? emptyState;
  return { firstStep: stored.firstStep, lastStep: stored.lastStep, state, stored };
}

function tailOf(segments: readonly Segment[], keyId: number): Column {
  return mergeColumns(segments.flatMap((segment) => segment.column(keyId)?.column ?? []));
}

/**
 * Buckets over the range asked for, cut to the steps between which the metrics have values: how these are stored makes no
 * difference. Null when there are none.
 */
function gridOver(extent: StoredParts['extent'], { range, buckets }: SeriesAsk): SeriesGrid | null {
  const span = spanOf(range);
  const fromStep = Math.max(span.from, extent.from);
  const toStep = Math.min(span.to, extent.to);
  if (!(fromStep <= toStep)) return null;
  return { fromStep, toStep, buckets: Math.min(buckets, toStep - fromStep + 1) };
}

/** Whether a chunk's values are needed: it spans buckets, or later rows fall among its steps. */
function isBodyNeeded(header: CoreChunkHeader, tail: Column, grid: SeriesGrid): boolean {
  return needsBody(header, grid) || isMixedWith(header, tail);
}

function isMixedWith(header: CoreChunkHeader, tail: Column): boolean {
  return (tail.steps[0] ?? Infinity) <= header.lastStep && (tail.steps.at(-1) ?? -1) >= header.firstStep;
}

async function readNeededBodies(
  client: Queryable,
  run: RunRef,
  { parts, grid }: { parts: ReadonlyMap<number, KeyParts>; grid: SeriesGrid },
): Promise<Map<string, Column>> {
  const wanted = [...parts.values()].flatMap(({ headers, tail }) =>
    headers.filter((header) => isBodyNeeded(header, tail, grid)).map((header) => header.stored),
  );
  if (wanted.length === 0) return new Map();
  const found = await findChunkBodies(client, run, wanted);
  return new Map(found.map((chunk) => [placeOf(chunk), decodeColumn(chunk.body)]));
}

function placeOf(chunk: { readonly keyId: number; readonly firstStep: number }): string {
  return `${chunk.keyId}/${chunk.firstStep}`;
}

/** Ascending, disjoint parts: chunks that later rows fall into are merged with them, the others stay as they are. */
function bucketParts(
  { headers, tail }: KeyParts,
  { bodies, grid }: { bodies: ReadonlyMap<string, Column>; grid: SeriesGrid },
): Series {
  const mixed = headers.filter((header) => isMixedWith(header, tail));
  const bodyOf = (header: KeyHeader) => bodies.get(placeOf(header.stored)) ?? NOTHING;
  const merged = mergeColumns([...mixed.map(bodyOf), tail]);
  const apart = headers
    .filter((header) => !mixed.includes(header))
    .map((header) => (needsBody(header, grid) ? bodyOf(header) : header));
  const first = merged.steps[0] ?? Infinity;
  const before = apart.filter((part) => firstStepOf(part) < first);
  return bucketColumn([...before, merged, ...apart.slice(before.length)], grid);
}

function firstStepOf(part: Column | CoreChunkHeader): number {
  return 'state' in part ? part.firstStep : (part.steps[0] ?? Infinity);
}

function keySeries(key: string, series: Series, xValues: Float64Array | null): KeySeries {
  return { key, series, xValues, exact: series.count.every((count) => count === 1) };
}

function emptySeries(key: string): KeySeries {
  const none = () => new Float64Array(0);
  const series = {
    firstStep: none(),
    lastStep: none(),
    count: none(),
    min: none(),
    max: none(),
    mean: none(),
    first: none(),
    last: none(),
  };
  return keySeries(key, series, null);
}
