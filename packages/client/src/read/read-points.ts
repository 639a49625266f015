import type { JsonValue } from '@summa/core/json/json-value';
import { fromWire } from '@summa/core/json/wire-json';
import { HistoryPointsDocument } from '../generated/graphql.ts';
import type { Execute } from '../transport/execute.ts';
import { joinPoints, type MetricPoints, type PointsBlock, putValue } from './points-block.ts';
import { type Page, type ReadOptions, readPages } from './read-pages.ts';
import { requireRun } from './require-run.ts';
import type { StepRange } from './step-range.ts';

/** Which points are wanted. */
export interface PointsSelection extends ReadOptions {
  readonly key: string;
  readonly range?: StepRange | undefined;
}

const POINTS_PER_PAGE = 100_000;

/** All points of one metric, read in pages of 100,000. */
export async function readPoints(
  execute: Execute,
  id: string,
  { key, range, ...options }: PointsSelection,
): Promise<MetricPoints> {
  const blocks: PointsBlock[] = [];
  const load = (after: string | null, signal: AbortSignal) =>
    loadPoints(execute, { id, key, range, after, first: POINTS_PER_PAGE }, signal);
  for await (const block of readPages(load, options)) blocks.push(block);
  return joinPoints(key, blocks);
}

interface PointsAsk {
  readonly id: string;
  readonly key: string;
  readonly range: StepRange | undefined;
  readonly after: string | null;
  readonly first: number;
}

/** A page of points: one item, or none when the run never logged the metric. */
export async function loadPoints(
  execute: Execute,
  ask: PointsAsk,
  signal: AbortSignal | undefined,
): Promise<Page<PointsBlock>> {
  const { node } = await execute(HistoryPointsDocument, { ...ask }, { signal });
  const [points] = requireRun(node, ask.id).history.points;
  if (points === undefined) return { items: [], after: null };
  return { items: [toBlock(points)], after: points.hasNextPage ? points.endCursor : null };
}

function toBlock({ steps, times, values }: PointsPage): PointsBlock {
  const block = {
    steps: Float64Array.from(steps),
    times: Float64Array.from(times),
    values: new Float64Array(values.length),
    others: new Map<number, JsonValue>(),
  };
  for (const [i, wire] of values.entries()) putValue(block, i, fromWire(wire));
  return block;
}

interface PointsPage {
  readonly steps: readonly number[];
  readonly times: readonly number[];
  readonly values: readonly (JsonValue | null)[];
}
