import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { found } from '../../api/failure.ts';
import { apiQuery } from '../../api/query.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { ChartCard } from '../../chart/chart-card.tsx';
import { FirstRun } from '../../first-run/first-run.tsx';
import { WorkspaceRunsDocument, WorkspaceSeriesDocument } from '../../generated/graphql.ts';
import { useLive } from '../../live/live.ts';
import type { ProjectName } from '../../live/pulse.ts';
import { useRunLooks } from '../../runs/run-look-store.ts';
import { Page } from '../../ui/page.tsx';
import { chosenKeys } from './chosen-keys.ts';
import { metricLines } from './metric-lines.ts';
import { RunList } from './run-list.tsx';
import css from './workspace-screen.module.css';

const route = getRouteApi('/$entity/$project/');
const EVERY_MS = 5_000;
const MOST_CHARTS = 12;

/** The runs of a project beside charts of their metrics. */
export function WorkspaceScreen() {
  const name = route.useParams();
  const { charts = '' } = route.useSearch();
  usePageTitle(name.project, name.entity);
  const options = apiQuery(['project', name.entity, name.project, 'workspace'], WorkspaceRunsDocument, name);
  const query = useQuery({ ...options, select: (data) => found(data.project, `project "${name.project}"`) });
  useLive(options.queryKey, EVERY_MS);
  return (
    <QueryPart query={query} pending={<Page>{null}</Page>}>
      {({ runs, keys }) =>
        runs.totalCount === 0 ? (
          <Page narrow>
            <h1 className="visually-hidden">{name.project}</h1>
            <FirstRun {...name} />
          </Page>
        ) : (
          <div className={css.split}>
            <h1 className="visually-hidden">Workspace of {name.project}</h1>
            <RunList name={name} runs={runs.nodes} />
            <Charts name={name} keys={chosenKeys(keys.nodes, charts).slice(0, MOST_CHARTS)} runs={runs.nodes} />
          </div>
        )
      }
    </QueryPart>
  );
}

interface ChartsProps {
  readonly name: ProjectName;
  readonly keys: readonly string[];
  readonly runs: readonly { readonly id: string; readonly displayName: string }[];
}

function Charts({ name, keys, runs }: ChartsProps) {
  const options = apiQuery(['project', name.entity, name.project, 'series', keys], WorkspaceSeriesDocument, {
    ...name,
    keys: [...keys],
  });
  const { data } = useQuery({ ...options, enabled: keys.length > 0, placeholderData: (previous) => previous });
  useLive(options.queryKey, EVERY_MS);
  const lookOf = useRunLooks(runs.map(({ id }) => id));
  const looks = JSON.stringify(runs.map(({ id, displayName }) => ({ id, label: displayName, ...lookOf(id) })));
  const shownKeys = JSON.stringify(keys);
  const lines = useMemo(
    () => metricLines(JSON.parse(shownKeys), data?.project?.runs.nodes ?? [], JSON.parse(looks)),
    [shownKeys, data, looks],
  );
  return (
    <section className={css.charts} aria-label="Charts">
      {keys.map((key) => (
        <ChartCard
          key={key}
          label={key}
          lines={lines.get(key) ?? []}
          pending={data === undefined}
          syncKey="workspace"
        />
      ))}
    </section>
  );
}
