import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { found } from '../../api/failure.ts';
import { apiQuery } from '../../api/query.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { RunMetricsDocument, type RunMetricsQuery } from '../../generated/graphql.ts';
import { useLiveByRevision } from '../../live/live.ts';
import { type RunPulse, useRunPulse } from '../../live/pulse.ts';
import { chartedMetrics, hasDefinedAxes, knownMetrics } from '../../metric-charts/known-metrics.ts';
import { MetricCharts } from '../../metric-charts/metric-charts.tsx';
import { useRunLooks } from '../../runs/run-look-store.ts';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

const route = getRouteApi('/$entity/$project/runs/$run/charts');

/** A chart of each metric of a run. */
export function RunChartsScreen() {
  const params = route.useParams();
  usePageTitle('Charts', params.run, params.project);
  const pulse = useRunPulse(params);
  const options = apiQuery(['run', ...Object.values(params), 'metrics'], RunMetricsDocument, params);
  const query = useQuery({ ...options, select: (data) => found(data.run, `run "${params.run}"`) });
  useLiveByRevision(options.queryKey, { shown: query.data?.revision, newest: pulse.data?.revision });
  const pending = (
    <Page>
      <Skeleton lines={6} height={16} />
    </Page>
  );
  return (
    <QueryPart query={query} pending={pending}>
      {(run) => <Charts run={run} pulse={pulse.data} heardAt={pulse.dataUpdatedAt} />}
    </QueryPart>
  );
}

interface ChartsProps {
  readonly run: NonNullable<RunMetricsQuery['run']>;
  readonly pulse: RunPulse | undefined;
  readonly heardAt: number;
}

function Charts({ run, pulse, heardAt }: ChartsProps) {
  const { entity, project } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { colour, dash } = useRunLooks([run.id])(run.id);
  const { id, name, displayName, historyKeys, definitions } = run;
  const revision = Math.max(run.revision, pulse?.revision ?? 0);
  const runs = useMemo(
    () => [{ id, name, revision, label: displayName, colour, dash }],
    [id, name, revision, displayName, colour, dash],
  );
  const { metrics, axisKeys, knownOf } = useMemo(() => {
    const numbers = historyKeys.filter(({ kind }) => kind === 'NUMBER');
    const known = knownMetrics([definitions]);
    return {
      knownOf: known,
      metrics: chartedMetrics(numbers, null, known),
      axisKeys: numbers.map(({ key }) => key),
    };
  }, [historyKeys, definitions]);
  return (
    <MetricCharts
      project={{ entity, project }}
      runs={runs}
      metrics={metrics}
      knownOf={knownOf}
      hasDefinedAxes={hasDefinedAxes([definitions])}
      axisKeys={axisKeys}
      search={search}
      onSearch={(change, replace) =>
        void navigate({ search: (was) => change(was), replace: replace === 'replace', resetScroll: false })
      }
      lifted={null}
      heardAt={heardAt}
    />
  );
}
