import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ChartLine as ChartIcon } from 'lucide-react';
import { useMemo } from 'react';
import { found } from '../../api/failure.ts';
import { apiQuery } from '../../api/query.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { ChartCard } from '../../chart/chart-card.tsx';
import { seriesPoints } from '../../chart/series-line.ts';
import { RunMetricKeysDocument, RunMetricSeriesDocument, type SeriesFieldsFragment } from '../../generated/graphql.ts';
import { useLiveByRevision } from '../../live/live.ts';
import { type RunName, useRunPulse } from '../../live/pulse.ts';
import { useRunLooks } from '../../runs/run-look-store.ts';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import css from './run-charts-screen.module.css';

const route = getRouteApi('/$entity/$project/runs/$run/charts');
const MOST_SHOWN = 24;

/** A chart of each metric of a run. */
export function RunChartsScreen() {
  const params = route.useParams();
  usePageTitle('Charts', params.run, params.project);
  const options = apiQuery(['run', ...Object.values(params), 'metric-keys'], RunMetricKeysDocument, params);
  const query = useQuery({ ...options, select: (data) => found(data.run, `run "${params.run}"`) });
  useLiveByRevision(options.queryKey, { shown: query.data?.revision, newest: useRunPulse(params).data?.revision });
  return (
    <Page>
      <QueryPart query={query}>
        {({ id, historyKeys }) => {
          const keys = historyKeys.filter(({ kind }) => kind === 'NUMBER').map(({ key }) => key);
          if (keys.length > 0) return <Charts run={params} runId={id} keys={keys.slice(0, MOST_SHOWN)} />;
          return (
            <EmptyState icon={<ChartIcon aria-hidden />} title="No metrics yet">
              A chart appears for each number that the run logs.
            </EmptyState>
          );
        }}
      </QueryPart>
    </Page>
  );
}

interface ChartsProps {
  readonly run: RunName;
  readonly runId: string;
  readonly keys: readonly string[];
}

function Charts({ run, runId, keys }: ChartsProps) {
  const options = apiQuery(['run', ...Object.values(run), 'series', keys], RunMetricSeriesDocument, {
    ...run,
    keys: [...keys],
  });
  const query = useQuery({ ...options, placeholderData: (previous) => previous });
  useLiveByRevision(options.queryKey, { shown: query.data?.run?.revision, newest: useRunPulse(run).data?.revision });
  const all = query.data?.run?.history.series;
  return (
    <div className={css.grid}>
      {keys.map((key, index) => (
        <MetricChart key={key} name={key} runId={runId} label={run.run} series={all?.[index]} />
      ))}
    </div>
  );
}

interface MetricChartProps {
  readonly name: string;
  readonly runId: string;
  readonly label: string;
  readonly series: SeriesFieldsFragment | undefined;
}

function MetricChart({ name, runId, label, series }: MetricChartProps) {
  const look = useRunLooks([runId])(runId);
  const { colour, dash } = look;
  const lines = useMemo(
    () => (series ? [{ id: runId, label, colour, dash, ...seriesPoints(series) }] : []),
    [series, runId, label, colour, dash],
  );
  return <ChartCard label={name} lines={lines} pending={series === undefined} syncKey="run" />;
}
