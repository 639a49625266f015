import { SummaryMetricsDocument } from '../generated/graphql.ts';
import type { Execute } from '../transport/execute.ts';
import { type MetricStatistics, toMetricStatistics } from './metric-statistics.ts';
import { type ReadOptions, readPages, toPage } from './read-pages.ts';
import { requireRun } from './require-run.ts';

/** Which metrics of a run are wanted: all for which everything holds that is given. */
export interface MetricSelection extends ReadOptions {
  readonly keys?: readonly string[];
  /** What the key begins with. */
  readonly prefix?: string;
}

/** The statistics of a run's metrics, page after page with one page read ahead. */
export function readMetrics(
  execute: Execute,
  id: string,
  { keys, prefix, signal: given }: MetricSelection = {},
): AsyncGenerator<MetricStatistics, void, undefined> {
  const asked = { id, first: 200, prefix, ...(keys && { keys: [...keys] }) };
  return readPages(
    async (after, signal) => {
      const { node } = await execute(SummaryMetricsDocument, { ...asked, after }, { signal });
      return toPage(requireRun(node, id).summary.metrics, toMetricStatistics);
    },
    { signal: given },
  );
}
