import { getRouteApi } from '@tanstack/react-router';
import { EyeOff, PanelLeft, PanelLeftClose } from 'lucide-react';
import { useMemo, useState, useSyncExternalStore } from 'react';
import { usePageTitle } from '../../app/page-title.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { FailureState } from '../../app/screen-failure.tsx';
import { FirstRun } from '../../first-run/first-run.tsx';
import { MetricCharts } from '../../metric-charts/metric-charts.tsx';
import { useRunLooks } from '../../runs/run-look-store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { RunList, type RunListProps } from './run-list.tsx';
import { SidePanel } from './side-panel.tsx';
import { useListedRuns, useMetrics } from './use-workspace.ts';
import css from './workspace-screen.module.css';
import { drawnRuns, MOST_DRAWN, withNewest } from './workspace-search.ts';

const route = getRouteApi('/$entity/$project/');

/** The runs of a project beside charts of their metrics. */
export function WorkspaceScreen() {
  const name = route.useParams();
  const search = route.useSearch();
  usePageTitle(name.project, name.entity);
  const { query, runs, heardAt } = useListedRuns(name, search);
  return (
    <QueryPart
      query={query}
      pending={
        <div className={css.split}>
          <SidePanel label="Runs">
            <Skeleton lines={12} height={16} />
          </SidePanel>
        </div>
      }
    >
      {(project) =>
        project.runCount === 0 ? (
          <Page narrow>
            <h1 className="visually-hidden">{name.project}</h1>
            <FirstRun {...name} />
          </Page>
        ) : (
          <Workspace
            runs={runs ?? []}
            totalCount={project.runs.totalCount}
            keyCount={project.keys.totalCount}
            heardAt={heardAt}
          />
        )
      }
    </QueryPart>
  );
}

interface WorkspaceProps {
  readonly runs: NonNullable<ReturnType<typeof useListedRuns>['runs']>;
  readonly totalCount: number;
  readonly keyCount: number;
  readonly heardAt: number;
}

function Workspace({ runs, totalCount, keyCount, heardAt }: WorkspaceProps) {
  const name = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [lifted, setLifted] = useState<string | null>(null);
  const onSearch: RunListProps['onSearch'] = (change, replace) =>
    void navigate({ search: (was) => change(was), replace: replace === 'replace', resetScroll: false });

  const drawn = useMemo(() => drawnRuns(runs, search), [runs, search]);
  const drawnNames = useMemo(() => new Set(drawn.map((run) => run.name)), [drawn]);
  const lookOf = useRunLooks(drawn.map(({ id }) => id));
  const charted = JSON.stringify(
    drawn.map(({ id, name: runName, revision, displayName }) => {
      const { colour, dash } = lookOf(id);
      return { id, name: runName, revision, label: displayName, colour, dash };
    }),
  );
  const chartedRuns = useMemo(() => JSON.parse(charted), [charted]);
  const { knownOf, hasDefinedAxes, metrics, axisKeys, error, retry } = useMetrics(name, [...drawnNames], keyCount);

  const isNarrow = useSyncExternalStore(onNarrowChange, isNarrowNow);
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const isListOpen = !isNarrow && search.list !== 'closed';
  const list = (after?: RunListProps['after']) => (
    <RunList
      project={name}
      runs={runs}
      totalCount={totalCount}
      drawn={drawnNames}
      lookOf={lookOf}
      search={search}
      onSearch={onSearch}
      onLift={setLifted}
      after={after}
    />
  );
  const openList = () => {
    if (isNarrow) setDrawerOpen(true);
    else onSearch(({ list: _, ...rest }) => rest);
  };
  return (
    <div className={css.split}>
      <h1 className="visually-hidden">Workspace of {name.project}</h1>
      {isListOpen && (
        <SidePanel label="Runs">
          {list(
            <IconButton label="Close the list of runs" onClick={() => onSearch((was) => ({ ...was, list: 'closed' }))}>
              <PanelLeftClose aria-hidden />
            </IconButton>,
          )}
        </SidePanel>
      )}
      {isNarrow && (
        <Dialog title="Runs" open={isDrawerOpen} onClose={() => setDrawerOpen(false)} size="drawer">
          {list()}
        </Dialog>
      )}
      <div className={css.main}>
        <MetricCharts
          project={name}
          runs={chartedRuns}
          metrics={metrics}
          knownOf={knownOf}
          hasDefinedAxes={hasDefinedAxes}
          axisKeys={axisKeys}
          search={search}
          onSearch={onSearch}
          lifted={lifted}
          heardAt={heardAt}
          before={
            !isListOpen && (
              <IconButton label={`Runs, ${drawn.length} of ${totalCount} shown`} onClick={openList}>
                <PanelLeft aria-hidden />
              </IconButton>
            )
          }
          instead={
            error && metrics === undefined ? (
              <FailureState error={error} onRetry={retry} />
            ) : drawn.length === 0 ? (
              <NoRuns
                hasRuns={runs.length > 0}
                onShow={() => onSearch(({ runs: _, state: __, ...rest }) => withNewest(rest, MOST_DRAWN))}
              />
            ) : undefined
          }
        />
      </div>
    </div>
  );
}

function NoRuns({ hasRuns, onShow }: { readonly hasRuns: boolean; readonly onShow: () => void }) {
  return (
    <EmptyState
      icon={<EyeOff aria-hidden />}
      title={hasRuns ? 'No runs are shown' : 'No run matches'}
      actions={<Button onClick={onShow}>Show the newest runs</Button>}
    >
      {hasRuns ? 'Choose runs with the dot before their names.' : 'The filter of the list lets no run through.'}
    </EmptyState>
  );
}

const NARROW = '(max-width: 720px)';

function isNarrowNow(): boolean {
  return window.matchMedia(NARROW).matches;
}

function onNarrowChange(listener: () => void): () => void {
  const query = window.matchMedia(NARROW);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
