import type { JsonObject } from '@summa/core/json/json-value';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { RefreshCw, Rows3 } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { failureText, found } from '../../api/failure.ts';
import { apiQuery } from '../../api/query.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { FailureState } from '../../app/screen-failure.tsx';
import { FirstRun } from '../../first-run/first-run.tsx';
import { countOf, formatCount } from '../../format/format-number.ts';
import { RunsCountDocument, RunsSetupDocument, type RunsSetupQuery } from '../../generated/graphql.ts';
import { useLive } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import type { Column } from './column.ts';
import { configColumns } from './config-columns.ts';
import { CsvProgress, useCsv } from './csv-progress.tsx';
import { columnLabels, defaultColumns, goalsOf, type MetricFacts } from './default-columns.ts';
import { filterInput, NO_FILTER } from './filter-tree.ts';
import { GridSkeleton } from './grid-skeleton.tsx';
import { RunCards } from './run-cards.tsx';
import { RunGrid } from './run-grid.tsx';
import type { RunListing } from './run-pages.ts';
import css from './runs-screen.module.css';
import { orderInput, parseRunsView, type RunsView, runsSearch } from './runs-view.ts';
import type { RowItem } from './sections.ts';
import { SelectionBar } from './selection-bar.tsx';
import { useSelection } from './selection-store.ts';
import { Toolbar } from './toolbar.tsx';
import { useBestValues } from './use-best-values.ts';
import { useColumnActions } from './use-column-actions.ts';
import { useIsNarrow } from './use-is-narrow.ts';
import { useLiveRows } from './use-live-rows.ts';
import { allColumns } from './use-project-keys.ts';
import { useRunList } from './use-run-list.ts';
import { valueColumns } from './value-columns.ts';

const route = getRouteApi('/$entity/$project/runs');
const COUNT_MS = 5_000;
const SETUP_FRESH_MS = 60_000;
const EARLY_COLUMNS = 16;

/** The runs of a project as a table that one can sort, filter, group and arrange; all of that stands in the address. */
export function RunsScreen() {
  const { entity, project } = route.useParams();
  usePageTitle('Runs', project);
  const options = apiQuery(['project', entity, project, 'runs-setup'], RunsSetupDocument, { entity, project });
  const setup = useQuery({ ...options, staleTime: SETUP_FRESH_MS, select: readSetup });
  // What the first run logs decides the columns, as soon as it comes.
  useLive(options.queryKey, setup.data?.metrics.flat().length === 0 ? COUNT_MS : null);
  if (setup.error && !setup.data) return <FailureState error={setup.error} onRetry={() => void setup.refetch()} />;
  return (
    <div className={css.screen}>
      <h1 className="visually-hidden">Runs of {project}</h1>
      {setup.data ? (
        <RunsTable key={`${entity}/${project}`} entity={entity} project={project} setup={setup.data} />
      ) : (
        <GridSkeleton />
      )}
    </div>
  );
}

/** What decides the columns of a project of which nobody has said which are wanted. */
interface RunsSetup {
  readonly metrics: readonly (readonly MetricFacts[])[];
  readonly config: readonly Column[];
}

function readSetup(data: RunsSetupQuery): RunsSetup {
  const { nodes } = found(data.project, 'such project').runs;
  return { metrics: metricsOfRuns(data), config: configColumns(nodes.map(({ config }) => config as JsonObject)) };
}

/** The metrics of the newest runs; while those have none yet, what any run of the project has. */
function metricsOfRuns(data: RunsSetupQuery): readonly (readonly MetricFacts[])[] {
  const { runs, keys } = found(data.project, 'such project');
  const metrics = runs.nodes.map((run) => run.summary.metrics.nodes);
  if (metrics.some((each) => each.length > 0)) return metrics;
  return [keys.nodes.map((node) => ({ ...node, goal: null, hidden: false, definition: null }))];
}

interface RunsTableProps {
  readonly entity: string;
  readonly project: string;
  readonly setup: RunsSetup;
}

function RunsTable({ entity, project, setup }: RunsTableProps) {
  const search = route.useSearch();
  const navigate = useNavigate();
  const view = useMemo(() => parseRunsView(search), [search]);
  const suggested = useMemo(() => defaultColumns(setup.metrics, setup.config), [setup]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same objects while the columns are the same in the address
  const columns = useMemo(() => view.columns ?? suggested, [search.cols, suggested]);
  const labelOf = useMemo(() => columnLabels(setup.metrics), [setup]);
  const goals = useMemo(() => goalsOf(setup.metrics), [setup]);
  const setView = useCallback(
    (next: RunsView) => void navigate({ to: '.', search: runsSearch(next), resetScroll: false }),
    [navigate],
  );
  const [wanted, setWanted] = useState<Column | null>(null);
  const actions = useColumnActions({ view, columns, setView, onFilter: setWanted });
  const listing = useListing({ entity, project, search, view, withNotes: columns.some(({ id }) => id === '@notes') });
  const chosen = useMemo(() => valueColumns(columns), [columns]);
  const early = useMemo(() => valueColumns(columns.slice(0, EARLY_COLUMNS)), [columns]);
  const list = useRunList({ listing, groupBy: view.groupBy, chosen, early });
  useLiveRows({ entity, project, sections: list.sections, columns: chosen, withNotes: listing.withNotes });
  const arrived = useArrivals(listing, list.totalCount);
  const selection = useSelection(`${entity}/${project}`, list.sections, list.version);
  const [changes, setChanges] = useState(0);
  const best = useBestValues({ entity, project, filter: listing.filter, columns, goals, version: changes });
  const csv = useCsv();
  const isNarrow = useIsNarrow();
  const reload = () => {
    setChanges((last) => last + 1);
    list.reload();
    void arrived.refetch();
  };
  const isEmpty = list.isReady && list.totalCount === 0;
  const hasBegun = isEmpty && listing.filter === null && arrived.count > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time that runs come where there were none
  useEffect(() => {
    if (hasBegun) reload();
  }, [hasBegun]);
  const { toggleGroup } = list;
  const onOpen = useCallback(
    (item: RowItem) => {
      if (item.kind === 'group') toggleGroup(item.group.id);
      else void navigate({ to: '/$entity/$project/runs/$run', params: { entity, project, run: item.line.name } });
    },
    [toggleGroup, navigate, entity, project],
  );
  const onCsv = (what: 'shown' | 'all') =>
    csv.start(`${project}-runs.csv`, async (signal) => ({
      listing,
      labelOf,
      columns: what === 'shown' ? columns.map(({ column }) => column) : await allColumns(entity, project, signal),
    }));
  const label = `Runs of ${project}`;
  const shared = { label, columns, sections: list.sections, version: list.version, selection, labelOf };
  return (
    <>
      <Toolbar
        view={view}
        columns={columns}
        actions={actions}
        labelOf={labelOf}
        setView={setView}
        wanted={wanted}
        onWantedDone={useCallback(() => setWanted(null), [])}
        onCsv={onCsv}
      >
        {csv.job && <CsvProgress job={csv.job} />}
        {arrived.count > 0 && (
          <Button look="quiet" onClick={reload}>
            <RefreshCw aria-hidden />
            {countOf(arrived.count, 'new run')}
          </Button>
        )}
        <span className={css.count} role="status">
          {list.totalCount !== null && describeCount(list.totalCount, list.groupCount, listing.filter !== null)}
        </span>
      </Toolbar>
      {list.error !== null && list.isReady && (
        <div className={css.problem} role="alert">
          <span>Not all rows could be read: {failureText(list.error)}</span>
          <Button onClick={list.retry}>Try again</Button>
        </div>
      )}
      <div className={css.body} aria-busy={list.isStale}>
        {list.error !== null && !list.isReady ? (
          <FilterFailure
            error={list.error}
            onRetry={list.retry}
            onClear={() => setView({ ...view, filter: NO_FILTER, groupBy: [], sort: [] })}
          />
        ) : isEmpty ? (
          <NoRuns
            entity={entity}
            project={project}
            isFiltered={listing.filter !== null}
            onClear={() => setView({ ...view, filter: NO_FILTER })}
          />
        ) : !list.isReady ? (
          <GridSkeleton />
        ) : isNarrow ? (
          <RunCards {...shared} onSight={list.look} onOpen={onOpen} />
        ) : (
          <RunGrid {...shared} sort={view.sort} actions={actions} best={best} onSight={list.look} onOpen={onOpen} />
        )}
      </div>
      <SelectionBar selection={selection} onChanged={reload} />
    </>
  );
}

interface ListingAsked {
  readonly entity: string;
  readonly project: string;
  readonly search: { readonly filter?: string; readonly sort?: string };
  readonly view: RunsView;
  readonly withNotes: boolean;
}

/** The same object while what it asks for is the same, however the columns are arranged meanwhile. */
function useListing({ entity, project, search, view, withNotes }: ListingAsked): RunListing {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the view is read from the search
  return useMemo(
    () => ({ entity, project, filter: filterInput(view.filter), orderBy: orderInput(view.sort), withNotes }),
    [entity, project, search.filter, search.sort, withNotes],
  );
}

/** How many runs came that the list would have if it were asked for again. */
function useArrivals({ entity, project, filter }: RunListing, shown: number | null) {
  const options = apiQuery(['project', entity, project, 'runs-count', filter], RunsCountDocument, {
    entity,
    project,
    filter,
  });
  const query = useQuery(options);
  useLive(options.queryKey, COUNT_MS);
  const now = query.data?.project?.runCount;
  return { count: now === undefined || shown === null ? 0 : Math.max(0, now - shown), refetch: query.refetch };
}

/** What the tabs above do not say already: how many runs pass the filter, and in how many groups they are. */
function describeCount(runs: number, groups: number | null, isFiltered: boolean): string {
  if (groups !== null) return `${countOf(groups, 'group')}, ${formatCount(runs)} in all`;
  return isFiltered ? `${countOf(runs, 'run passes', 'runs pass')} the filter` : '';
}

interface FilterFailureProps {
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly onClear: () => void;
}

function FilterFailure({ error, onRetry, onClear }: FilterFailureProps) {
  return (
    <div>
      <FailureState error={error} onRetry={onRetry} />
      <p className={css.way}>
        <Button look="quiet" onClick={onClear}>
          Clear filter, order and groups
        </Button>
      </p>
    </div>
  );
}

interface NoRunsProps {
  readonly entity: string;
  readonly project: string;
  readonly isFiltered: boolean;
  readonly onClear: () => void;
}

function NoRuns({ entity, project, isFiltered, onClear }: NoRunsProps) {
  if (!isFiltered)
    return (
      <div>
        <Page narrow>
          <FirstRun entity={entity} project={project} />
        </Page>
      </div>
    );
  return (
    <EmptyState
      icon={<Rows3 aria-hidden />}
      title="No run passes the filter"
      actions={
        <Button look="main" onClick={onClear}>
          Clear the filter
        </Button>
      }
    >
      Take a condition away, or make it wider.
    </EmptyState>
  );
}
