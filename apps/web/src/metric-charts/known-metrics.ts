import { resolveDefinitions } from '@summa/core/metric/resolve-definitions';
import type { KnownMetric } from './chart-axis.ts';

/** What charts need of a definition. */
export interface GivenDefinition {
  readonly name: string;
  readonly hidden: boolean | null;
  readonly stepMetric: string | null;
  readonly stepSync: boolean | null;
  readonly overwrite: boolean;
}

/** What the definitions of several runs say of a metric: the first run, newest first, that says anything. */
export function knownMetrics(ofRuns: readonly (readonly GivenDefinition[])[]): (key: string) => KnownMetric | null {
  // Runs of one script all say the same.
  const different = new Map(ofRuns.map((definitions) => [JSON.stringify(definitions), definitions]));
  const resolvers = [...different.values()]
    .filter((definitions) => definitions.length > 0)
    .map((definitions) => resolveDefinitions(definitions.map((each) => ({ ...each, summary: [], goal: null }))));
  return (key) => {
    for (const resolve of resolvers) {
      const found = resolve(key);
      if (found) return found;
    }
    return null;
  };
}

/** Whether any of the definitions says over what a metric is drawn. */
export function hasDefinedAxes(ofRuns: readonly (readonly GivenDefinition[])[]): boolean {
  return ofRuns.some((definitions) => definitions.some(({ stepMetric }) => stepMetric !== null));
}

/** The metrics that get a chart: numbers that were logged, not hidden, and not of the kind that clients keep for themselves. */
export function chartedMetrics<Metric extends { readonly key: string }>(
  metrics: readonly Metric[],
  logged: ReadonlySet<string> | null,
  knownOf: (key: string) => KnownMetric | null,
): readonly Metric[] {
  return metrics.filter(
    ({ key }) => !key.startsWith('_') && (logged === null || logged.has(key)) && knownOf(key)?.isHidden !== true,
  );
}
