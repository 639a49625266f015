import type { Column } from '@summa/core/history/column';
import { decodeColumn } from '@summa/core/history/column-codec';
import { mergeColumns } from '@summa/core/history/merge-columns';
import { decodeSegment } from '@summa/core/history/segment-codec';
import { bucketColumn, type ChunkHeader as CoreChunkHeader, needsBody, type Series } from '@summa/core/history/series';
import type { SeriesGrid } from '@summa/core/history/series-grid';
import { sliceColumn } from '@summa/core/history/slice-column';
import { emptyState } from '@summa/core/metric/metric-state';
import { decodeStates } from '@summa/core/metric/metric-state-codec';
import type { StepSpan } from './column-store.ts';
import {
  type ChunkPlace,
  findChunkBodies,
  findChunkExtents,
  findChunkHeaders,
  findSegmentsOfRuns,
  type RunChunkHeader,
} from './columns-of-runs-store.ts';
import type { Queryable } from './history-store.ts';

type KeyHeader = CoreChunkHeader & { readonly stored: RunChunkHeader };

/** A metric's parts within a range: chunks by their headers, and what is still in segments. */
export interface KeyParts {
  readonly headers: readonly KeyHeader[];
  readonly tail: Column;
}

/** Some metrics of a run within a span of steps. */
export interface WantedParts {
  readonly runId: string;
  readonly keyIds: readonly number[];
  readonly span: StepSpan;
}

/** What is stored of some metrics within a range, and the steps between which they have values at all. */
export interface StoredParts {
  readonly byKey: ReadonlyMap<number, KeyParts>;
  readonly extent: { readonly from: number; readonly to: number };
}

const NOTHING: Column = { steps: new Float64Array(0), numbers: new Float64Array(0), others: null };
/** Runs whose segments one statement reads: up to some megabytes each. */
const RUNS_AT_ONCE = 16;

/** The parts of the metrics of several runs of a project, in the order asked. Call it in a snapshot. */
export async function readParts(
  client: Queryable,
  projectId: string,
  wanted: readonly WantedParts[],
): Promise<StoredParts[]> {
  const spans = wanted.flatMap(({ runId, keyIds, span }) => keyIds.map((keyId) => ({ runId, keyId, ...span })));
  const extents = new Map<string, { firstStep: number; lastStep: number }>();
  for (const extent of await findChunkExtents(client, projectId, distinctMetrics(spans)))
    extents.set(metricName(extent), extent);
  const headers = new Map<string, KeyHeader[]>();
  for (const stored of await findChunkHeaders(client, projectId, widestSpans(spans))) {
    const ofMetric = headers.get(metricName(stored)) ?? [];
    headers.set(metricName(stored), ofMetric);
    ofMetric.push(toKeyHeader(stored));
  }
  const tails = await readTails(client, projectId, wanted);
  return wanted.map(({ runId, keyIds, span }) => {
    const byKey = new Map<number, KeyParts>();
    let [from, to] = [Infinity, -1];
    for (const keyId of keyIds) {
      const name = metricName({ runId, keyId });
      const tail = tails.get(name) ?? NOTHING;
      const inChunks = extents.get(name);
      from = Math.min(from, inChunks?.firstStep ?? Infinity, tail.steps[0] ?? Infinity);
      to = Math.max(to, inChunks?.lastStep ?? -1, tail.steps.at(-1) ?? -1);
      byKey.set(keyId, {
        headers: (headers.get(name) ?? []).filter(
          (header) => header.lastStep >= span.from && header.firstStep <= span.to,
        ),
        tail: sliceColumn(tail, { fromStep: span.from, toStep: span.to }),
      });
    }
    return { byKey, extent: { from, to } };
  });
}

interface MetricSpan extends StepSpan {
  readonly runId: string;
  readonly keyId: number;
}

function metricName({ runId, keyId }: { readonly runId: string; readonly keyId: number }): string {
  return `${runId}/${keyId}`;
}

function distinctMetrics(spans: readonly MetricSpan[]): MetricSpan[] {
  return [...new Map(spans.map((span) => [metricName(span), span])).values()];
}

/** One span for each metric: the smallest that holds all that are asked for. */
function widestSpans(spans: readonly MetricSpan[]): MetricSpan[] {
  const widest = new Map<string, MetricSpan>();
  for (const span of spans) {
    const known = widest.get(metricName(span)) ?? span;
    widest.set(metricName(span), {
      ...span,
      from: Math.min(span.from, known.from),
      to: Math.max(span.to, known.to),
    });
  }
  return [...widest.values()];
}

function toKeyHeader(stored: RunChunkHeader): KeyHeader {
  const state = decodeStates(stored.stats).get(stored.keyId) ?? emptyState;
  return { firstStep: stored.firstStep, lastStep: stored.lastStep, state, stored };
}

/** What is in segments of each metric. */
async function readTails(
  client: Queryable,
  projectId: string,
  wanted: readonly WantedParts[],
): Promise<Map<string, Column>> {
  const keysOfRun = new Map<string, Set<number>>();
  for (const { runId, keyIds } of wanted) {
    const keys = keysOfRun.get(runId) ?? new Set();
    keysOfRun.set(runId, keys);
    for (const keyId of keyIds) keys.add(keyId);
  }
  const runIds = [...keysOfRun.keys()];
  const tails = new Map<string, Column>();
  for (let i = 0; i < runIds.length; i += RUNS_AT_ONCE) {
    const found = await findSegmentsOfRuns(client, projectId, runIds.slice(i, i + RUNS_AT_ONCE));
    for (const [runId, bodies] of found) {
      const segments = bodies.map((body) => decodeSegment(body));
      for (const keyId of keysOfRun.get(runId) ?? []) {
        const columns = segments.flatMap((segment) => segment.column(keyId)?.column ?? []);
        if (columns.length > 0) tails.set(metricName({ runId, keyId }), mergeColumns(columns));
      }
    }
  }
  return tails;
}

/** The chunks whose values are needed: they span buckets, or later rows fall among their steps. */
export function neededChunks({ headers, tail }: KeyParts, grid: SeriesGrid): RunChunkHeader[] {
  return headers
    .filter((header) => needsBody(header, grid) || isMixedWith(header, tail))
    .map((header) => header.stored);
}

function isMixedWith(header: CoreChunkHeader, tail: Column): boolean {
  return (tail.steps[0] ?? Infinity) <= header.lastStep && (tail.steps.at(-1) ?? -1) >= header.firstStep;
}

/** The values of chunks, by `placeOf` of each. */
export async function readBodies(
  client: Queryable,
  projectId: string,
  chunks: readonly ChunkPlace[],
): Promise<ReadonlyMap<string, Column>> {
  if (chunks.length === 0) return new Map();
  const distinct = new Map(chunks.map((chunk) => [placeOf(chunk), chunk]));
  const found = await findChunkBodies(client, projectId, [...distinct.values()]);
  return new Map(found.map((chunk) => [placeOf(chunk), decodeColumn(chunk.body)]));
}

function placeOf(chunk: ChunkPlace): string {
  return `${chunk.runId}/${chunk.keyId}/${chunk.firstStep}`;
}

/**
 * The buckets of a metric, given the values of its `neededChunks`. Parts ascend and share no step: chunks that later rows fall
 * into are merged with them, the others stay as they are.
 */
export function bucketParts(
  { headers, tail }: KeyParts,
  { bodies, grid }: { readonly bodies: ReadonlyMap<string, Column>; readonly grid: SeriesGrid },
): Series {
  const mixed = new Set(headers.filter((header) => isMixedWith(header, tail)));
  const bodyOf = (header: KeyHeader) => bodies.get(placeOf(header.stored)) ?? NOTHING;
  const merged = mergeColumns([...[...mixed].map(bodyOf), tail]);
  const apart = headers
    .filter((header) => !mixed.has(header))
    .map((header) => (needsBody(header, grid) ? bodyOf(header) : header));
  const first = merged.steps[0] ?? Infinity;
  const before = apart.filter((part) => firstStepOf(part) < first);
  return bucketColumn([...before, merged, ...apart.slice(before.length)], grid);
}

function firstStepOf(part: Column | CoreChunkHeader): number {
  return 'state' in part ? part.firstStep : (part.steps[0] ?? Infinity);
}
