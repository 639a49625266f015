import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { found } from '../../api/failure.ts';
import { apiQuery, execute } from '../../api/query.ts';
import {
  WorkspaceKeysDocument,
  type WorkspaceKeysQuery,
  WorkspaceMetricsDocument,
  WorkspaceRunsDocument,
} from '../../generated/graphql.ts';
import { useLive, useLiveByRevision } from '../../live/live.ts';
import { type ProjectName, useProjectPulse } from '../../live/pulse.ts';
import { chartedMetrics, hasDefinedAxes, knownMetrics } from '../../metric-charts/known-metrics.ts';
import { runFilter, type WorkspaceSearch } from './workspace-search.ts';

/** How many runs the list has at most; what is older is found by its name. */
const MOST_LISTED = 1_000;
/** How many metrics a project shows at most. */
const MOST_KEYS = 20_000;
/** Up to so many keys of all drawn runs together it is asked which of them were logged. */
const MOST_ASKED = 20_000;
const SLOWLY_MS = 15_000;

/** The listed runs, newest first, as the newest answer has them: states and revisions of the pulse count. */
export function useListedRuns(name: ProjectName, search: WorkspaceSearch) {
  const filter = runFilter(search);
  const options = apiQuery(['project', name.entity, name.project, 'workspace', filter ?? null], WorkspaceRunsDocument, {
    ...name,
    filter: filter ?? null,
    first: MOST_LISTED,
  });
  const query = useQuery({
    ...options,
    select: (data) => found(data.project, `project "${name.project}"`),
    placeholderData: keepPreviousData,
  });
  const pulse = useProjectPulse(name);
  useLiveByRevision(options.queryKey, { shown: query.data?.runCount, newest: pulse.data?.runCount });
  useLive(options.queryKey, SLOWLY_MS);
  const [listed, heard] = [query.data?.runs.nodes, pulse.data?.runs.nodes];
  const runs = useMemo(() => {
    const newer = new Map(heard?.map((run) => [run.id, run]));
    return listed?.map((run) => {
      const { state, revision } = newer.get(run.id) ?? run;
      return revision >= run.revision ? { ...run, state, revision } : run;
    });
  }, [listed, heard]);
  return { query, runs, heardAt: pulse.dataUpdatedAt };
}

/** The metrics of the drawn runs and what their definitions say; `metrics` is undefined while that is not known. */
export function useMetrics(name: ProjectName, runNames: readonly string[], keyCount: number | undefined) {
  const keysQuery = {
    queryKey: ['project', name.entity, name.project, 'keys'],
    queryFn: ({ signal }: { signal: AbortSignal }) => fetchKeys(name, signal),
    staleTime: SLOWLY_MS,
  };
  const keys = useQuery(keysQuery);
  useLiveByRevision(keysQuery.queryKey, { shown: keys.data?.totalCount, newest: keyCount });
  const withKeys = keyCount !== undefined && keyCount * runNames.length <= MOST_ASKED;
  const options = apiQuery(
    ['project', name.entity, name.project, 'metrics', runNames, withKeys],
    WorkspaceMetricsDocument,
    { ...name, runs: [...runNames], count: runNames.length, withKeys },
  );
  const enabled = runNames.length > 0 && keyCount !== undefined;
  const described = useQuery({ ...options, enabled, placeholderData: keepPreviousData });
  useLive(options.queryKey, SLOWLY_MS);
  const [known, all] = [described.data?.project?.runs.nodes, keys.data?.nodes];
  return useMemo(() => {
    const definitions = (known ?? []).map((run) => run.definitions);
    const knownOf = knownMetrics(definitions);
    const logged =
      known && withKeys ? new Set(known.flatMap((run) => run.historyKeys?.map(({ key }) => key) ?? [])) : null;
    const numbers = all?.filter(({ kind }) => kind === 'NUMBER');
    return {
      knownOf,
      hasDefinedAxes: hasDefinedAxes(definitions),
      metrics: numbers && known && chartedMetrics(numbers, logged, knownOf),
      axisKeys: (numbers ?? []).map(({ key }) => key).filter((key) => logged === null || logged.has(key)),
      error: keys.error ?? described.error,
      retry: () => void Promise.all([keys.refetch(), described.refetch()]),
    };
  }, [known, all, withKeys, keys.error, described.error, keys.refetch, described.refetch]);
}

type Key = NonNullable<WorkspaceKeysQuery['project']>['keys']['nodes'][number];

/** Every key of the project's metrics, page by page. */
async function fetchKeys({ entity, project }: ProjectName, signal: AbortSignal) {
  const nodes: Key[] = [];
  let after: string | null = null;
  let totalCount = 0;
  do {
    const variables: { entity: string; project: string; after: string | null } = { entity, project, after };
    const answer: WorkspaceKeysQuery = await execute(WorkspaceKeysDocument, variables, { signal });
    const { keys } = found(answer.project, `project "${project}"`);
    nodes.push(...keys.nodes);
    totalCount = keys.totalCount;
    after = keys.pageInfo.hasNextPage && nodes.length < MOST_KEYS ? keys.pageInfo.endCursor : null;
  } while (after !== null);
  return { nodes, totalCount };
}
