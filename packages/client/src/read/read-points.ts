import type { JsonValue } from '@summa/core/json/json-value';
import { fromWire } from '@summa/core/json/wire-json';
import { HistoryPointsDocument } from '../generated/graphql.ts';
import type { Execute } from '../transport/execute.ts';
import { type Page, type ReadOptions, readPages } from './read-pages.ts';
import { requireRun } from './require-run.ts';
import type { StepRange } from './step-range.ts';

/** All points of one metric in ascending step order; `times` are seconds since 1970. */
export interface MetricPoints {
  readonly key: string;
  readonly steps: Float64Array;
  readonly times: Float64Array;
  /** NaN where the value is not a number: `others` has it. */
  readonly values: Float64Array;
  /** Values that are no float64 (text, booleans, lists, objects, bigints) by index; empty for a plain metric. */
  readonly others: ReadonlyMap<number, JsonValue>;
}

/** Which points are wanted. */
interface PointsSelection extends ReadOptions {
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
  const pages: PointsPage[] = [];
  const load = (after: string | null, signal: AbortSignal) => loadPoints(execute, { id, key, range, after }, signal);
  for await (const page of readPages(load, options)) pages.push(page);
  return joinPoints(key, pages);
}

interface PointsPage {
  readonly steps: readonly number[];
  readonly times: readonly number[];
  readonly values: readonly (JsonValue | null)[];
}

interface PointsAsk {
  readonly id: string;
  readonly key: string;
  readonly range: StepRange | undefined;
  readonly after: string | null;
}

async function loadPoints(execute: Execute, ask: PointsAsk, signal: AbortSignal): Promise<Page<PointsPage>> {
  const { node } = await execute(HistoryPointsDocument, { ...ask, first: POINTS_PER_PAGE }, { signal });
  const [points] = requireRun(node, ask.id).history.points;
  if (points === undefined) return { items: [], after: null };
  return { items: [points], after: points.hasNextPage ? points.endCursor : null };
}

function joinPoints(key: string, pages: readonly PointsPage[]): MetricPoints {
  const count = pages.reduce((sum, page) => sum + page.steps.length, 0);
  const steps = new Float64Array(count);
  const times = new Float64Array(count);
  const values = new Float64Array(count);
  const others = new Map<number, JsonValue>();
  let at = 0;
  for (const page of pages) {
    steps.set(page.steps, at);
    times.set(page.times, at);
    for (const wire of page.values) {
      const value = fromWire(wire);
      values[at] = typeof value === 'number' ? value : Number.NaN;
      if (typeof value !== 'number') others.set(at, value);
      at += 1;
    }
  }
  return { key, steps, times, values, others };
}
