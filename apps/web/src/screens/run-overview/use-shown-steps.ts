import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { apiQuery } from '../../api/query.ts';
import { ShownStepsDocument, type ShownStepsQuery } from '../../generated/graphql.ts';
import { useLiveByRevision } from '../../live/live.ts';
import { type RunName, useRunPulse } from '../../live/pulse.ts';
import type { SummaryTree } from './summary-tree.ts';

/** At which steps the statistics of a metric occurred. */
export type MetricSteps = NonNullable<ShownStepsQuery['run']>['summary']['metrics']['nodes'][number];

/** At which step, and when, a statistic occurred; undefined for those of all values together. */
export function stepOf(metric: MetricSteps, statistic: string) {
  const [step, time] = {
    min: [metric.minStep, metric.minTime] as const,
    max: [metric.maxStep, metric.maxTime] as const,
    best: [metric.bestStep, metric.bestTime] as const,
    first: [metric.firstStep, metric.firstTime] as const,
    last: [metric.lastStep, metric.lastTime] as const,
  }[statistic] ?? [null, null];
  return step === null ? undefined : { step, time };
}

const MOST_STEPS = 200;

/** The steps of the statistics that the document shows, of the first 200 metrics that have some. */
export function useShownSteps(name: RunName, tree: SummaryTree): ReadonlyMap<string, MetricSteps> {
  const keys = useMemo(
    () => [...new Set([...tree.statistics.values()].map((place) => place.metric))].slice(0, MOST_STEPS),
    [tree],
  );
  const { entity, project, run } = name;
  const options = apiQuery(['run', entity, project, run, 'steps', keys], ShownStepsDocument, { ...name, keys });
  const query = useQuery({ ...options, enabled: keys.length > 0, placeholderData: (before) => before });
  const newest = useRunPulse(name).data?.revision;
  useLiveByRevision(options.queryKey, { shown: query.data?.run?.revision, newest });
  const nodes = query.data?.run?.summary.metrics.nodes;
  return useMemo(() => new Map(nodes?.map((metric) => [metric.key, metric])), [nodes]);
}
