import type { Column } from '@summa/core/history/column';
import { bucketColumn, type Series } from '@summa/core/history/series';
import { seriesByMetric } from '@summa/core/history/series-by-metric';
import type { SeriesGrid } from '@summa/core/history/series-grid';
import { resolveDefinitions } from '@summa/core/metric/resolve-definitions';
import { inTransaction } from '../database/in-transaction.ts';
import { findDefinitions } from '../metric/definition-store.ts';
import type { RunRef, Services } from '../services.ts';
import { readColumns, type StepRange, spanOf } from './read-history.ts';
import { type Chart, drawCharts, readParts } from './series-parts.ts';

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

/** What is asked of one run. */
export interface RunSeriesAsk {
  readonly run: RunRef;
  readonly ask: SeriesAsk;
}

const NOTHING: Column = { steps: new Float64Array(0), numbers: new Float64Array(0), others: null };

/**
 * The metrics in at most `buckets` buckets over the range (or over all their steps), in the order asked; all share one grid.
 *
 * Chunks that lie wholly in one bucket are read by their headers alone. The same rows give the same answer however they
 * are stored. A key that was never logged has an empty series.
 */
export async function readSeries(services: Services, run: RunRef, ask: SeriesAsk): Promise<KeySeries[]> {
  const [series = []] = await readSeriesOfRuns(services, [{ run, ask }]);
  return series;
}

/**
 * What `readSeries` gives for each of several runs, in the order asked.
 *
 * Some statements find what is there, and one more reads the values of each some thousand chunks, however many runs and metrics
 * have them; memory does not grow with how many values are read. Over another metric each run is read by itself.
 */
export async function readSeriesOfRuns(services: Services, asks: readonly RunSeriesAsk[]): Promise<KeySeries[][]> {
  const answers = new Array<KeySeries[]>(asks.length);
  const byProject = new Map<string, PlacedAsk[]>();
  for (const [place, { run, ask }] of asks.entries()) {
    if (ask.x !== undefined) answers[place] = await readSeriesOver(services, run, { ...ask, x: ask.x });
    else byProject.set(run.projectId, [...(byProject.get(run.projectId) ?? []), { place, run, ask }]);
  }
  for (const [projectId, placed] of byProject) await readSeriesOfProject(services, projectId, { placed, answers });
  return answers;
}

interface PlacedAsk extends RunSeriesAsk {
  readonly place: number;
}

async function readSeriesOfProject(
  services: Services,
  projectId: string,
  { placed, answers }: { readonly placed: readonly PlacedAsk[]; readonly answers: KeySeries[][] },
): Promise<void> {
  const keys = [...new Set(placed.flatMap(({ ask }) => ask.keys))];
  const ids = await services.keys.existing(projectId, 'summary', keys);
  for (const { place, ask } of placed) answers[place] = ask.keys.map((key) => emptySeries(key));
  if (ids.size === 0) return;
  await inTransaction(services.database.pool, 'snapshot', async (client) => {
    const wanted = placed.map(({ run, ask }) => ({
      runId: run.runId,
      keyIds: [...new Set(ask.keys.flatMap((key) => ids.get(key) ?? []))],
      span: spanOf(ask.range),
    }));
    const charts: ShownChart[] = [];
    for (const [i, { byKey, extent }] of (await readParts(client, projectId, wanted)).entries()) {
      const { place, ask } = placed[i] ?? { place: -1, ask: { keys: [], range: {}, buckets: 0 } };
      const grid = gridOver(extent, ask);
      if (grid === null) continue;
      for (const [at, key] of ask.keys.entries()) {
        const parts = byKey.get(ids.get(key) ?? -1);
        if (parts)
          charts.push({ parts, grid, show: (series) => answers[place]?.splice(at, 1, keySeries(key, series, null)) });
      }
    }
    for (const [i, series] of (await drawCharts(client, projectId, charts)).entries()) charts[i]?.show(series);
  });
}

/** One metric of one run that is to be cut into buckets. */
interface ShownChart extends Chart {
  readonly show: (series: Series) => void;
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

/**
 * Buckets over the range asked for, cut to the steps between which the metrics have values: how these are stored makes no
 * difference. Null when there are none.
 */
function gridOver(
  extent: { readonly from: number; readonly to: number },
  { range, buckets }: SeriesAsk,
): SeriesGrid | null {
  const span = spanOf(range);
  const fromStep = Math.max(span.from, extent.from);
  const toStep = Math.min(span.to, extent.to);
  if (!(fromStep <= toStep)) return null;
  return { fromStep, toStep, buckets: Math.min(buckets, toStep - fromStep + 1) };
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
