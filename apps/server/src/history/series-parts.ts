import type { Column } from '@summa/core/history/column';
import { type DecodedColumn, decodeInPlace, listedSteps } from '@summa/core/history/column-codec';
import { mergeColumns } from '@summa/core/history/merge-columns';
import { decodeSegment } from '@summa/core/history/segment-codec';
import { type ChunkHeader as CoreChunkHeader, needsBody, type Series, SeriesFold } from '@summa/core/history/series';
import type { SeriesGrid } from '@summa/core/history/series-grid';
import { CHUNK_SIZE, sliceColumn } from '@summa/core/history/slice-column';
import { emptyState } from '@summa/core/metric/metric-state';
import { decodeStates } from '@summa/core/metric/metric-state-codec';
import type { PoolClient } from 'pg';
import type { StepSpan } from './column-store.ts';
import {
  eachChunkBody,
  eachSegmentOfRuns,
  findChunkExtents,
  findChunkHeaders,
  type RunChunkHeader,
} from './columns-of-runs-store.ts';

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

/** The parts of the metrics of several runs of a project, in the order asked. Call it in a snapshot. */
export async function readParts(
  client: PoolClient,
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
  client: PoolClient,
  projectId: string,
  wanted: readonly WantedParts[],
): Promise<Map<string, Column>> {
  const keysOfRun = new Map<string, Set<number>>();
  for (const { runId, keyIds } of wanted) {
    const keys = keysOfRun.get(runId) ?? new Set();
    keysOfRun.set(runId, keys);
    for (const keyId of keyIds) keys.add(keyId);
  }
  const columns = new Map<string, Column[]>();
  await eachSegmentOfRuns(client, { projectId, runIds: [...keysOfRun.keys()] }, (runId, body) => {
    const segment = decodeSegment(body);
    for (const keyId of keysOfRun.get(runId) ?? []) {
      const timed = segment.column(keyId);
      if (timed === null) continue;
      const name = metricName({ runId, keyId });
      const ofMetric = columns.get(name) ?? [];
      columns.set(name, ofMetric);
      ofMetric.push(timed.column);
    }
  });
  return new Map([...columns].map(([name, ofMetric]) => [name, mergeColumns(ofMetric)]));
}

/** A metric that is to be cut into buckets. */
export interface Chart {
  readonly parts: KeyParts;
  readonly grid: SeriesGrid;
}

/**
 * The buckets of each metric, in the order given. Values are folded as they arrive from the database, a chunk at a time, so that
 * memory does not grow with how many there are, and other work of the server goes on in between.
 */
export async function drawCharts(client: PoolClient, projectId: string, charts: readonly Chart[]): Promise<Series[]> {
  const drawings = charts.map((chart) => new ChartDrawing(chart));
  const wanted = new Map<string, { readonly chunk: RunChunkHeader; readonly takers: ChartDrawing[] }>();
  for (const drawing of drawings) {
    for (const chunk of drawing.neededChunks) {
      const known = wanted.get(placeOf(chunk)) ?? { chunk, takers: [] };
      wanted.set(placeOf(chunk), known);
      known.takers.push(drawing);
    }
  }
  const inOrder = [...wanted.values()].sort((a, b) => compareChunks(a.chunk, b.chunk));
  await eachChunkBody(client, { projectId, chunks: inOrder.map(({ chunk }) => chunk) }, (place, body) => {
    const { takers } = inOrder[place] ?? { takers: [] };
    const column = decodeInPlace(body, roomFor);
    for (const taker of takers) taker.take(column);
  });
  return drawings.map((drawing) => drawing.series());
}

function placeOf(chunk: RunChunkHeader): string {
  return `${metricName(chunk)}/${chunk.firstStep}`;
}

/** So that the chunks of one metric come by step. */
function compareChunks(a: RunChunkHeader, b: RunChunkHeader): number {
  if (a.runId !== b.runId) return a.runId < b.runId ? -1 : 1;
  return a.keyId - b.keyId || a.firstStep - b.firstStep;
}

const room = new Float64Array(CHUNK_SIZE);

/** One and the same room for the numbers of every chunk: they are folded before the next arrive. */
function roomFor(count: number): Float64Array {
  return count <= room.length ? room.subarray(0, count) : new Float64Array(count);
}

/** One metric while the values of its chunks come in, by step. */
class ChartDrawing {
  /** The chunks whose values are needed: they span buckets, or later rows fall among their steps. */
  readonly neededChunks: readonly RunChunkHeader[];
  readonly #fold: SeriesFold;
  readonly #chart: Chart;
  /** Of the chunks that later rows fall into: they are merged with these, the others stay as they are. */
  readonly #mixed: Column[] = [];
  #next = 0;
  #isTailIn = false;

  constructor(chart: Chart) {
    this.#chart = chart;
    this.#fold = new SeriesFold(chart.grid);
    this.neededChunks = chart.parts.headers.filter((header) => this.#isNeeded(header)).map((header) => header.stored);
  }

  /** Takes the values of the next of the needed chunks; they may change afterwards. */
  take(column: DecodedColumn): void {
    this.#addHeaders();
    const header = this.#chart.parts.headers[this.#next++];
    if (header && isMixedWith(header, this.#chart.parts.tail))
      this.#mixed.push({ ...column, steps: listedSteps(column), numbers: column.numbers.slice() });
    else {
      if (header) this.#addTailBefore(header.firstStep);
      this.#fold.add(column);
    }
  }

  /** What all chunks and the later rows give, once every needed chunk was taken. */
  series(): Series {
    this.#addHeaders();
    this.#addTailBefore(Infinity);
    return this.#fold.series();
  }

  /** Adds the next chunks of which no values are needed. */
  #addHeaders(): void {
    const { headers } = this.#chart.parts;
    for (let header = headers[this.#next]; header && !this.#isNeeded(header); header = headers[++this.#next]) {
      this.#addTailBefore(header.firstStep);
      this.#fold.add(header);
    }
  }

  #addTailBefore(step: number): void {
    const { tail } = this.#chart.parts;
    if (this.#isTailIn || (tail.steps[0] ?? Infinity) > step) return;
    this.#fold.add(mergeColumns([...this.#mixed, tail]));
    this.#isTailIn = true;
  }

  #isNeeded(header: CoreChunkHeader): boolean {
    return needsBody(header, this.#chart.grid) || isMixedWith(header, this.#chart.parts.tail);
  }
}

function isMixedWith(header: CoreChunkHeader, tail: Column): boolean {
  return (tail.steps[0] ?? Infinity) <= header.lastStep && (tail.steps.at(-1) ?? -1) >= header.firstStep;
}
