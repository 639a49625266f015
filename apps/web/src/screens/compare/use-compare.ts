import type { Statistic } from '@summa/client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { found } from '../../api/failure.ts';
import { apiQuery } from '../../api/query.ts';
import { CompareColumnsDocument, CompareRunsDocument } from '../../generated/graphql.ts';
import { useLiveByRevision } from '../../live/live.ts';
import { type ProjectName, useProjectPulse } from '../../live/pulse.ts';
import { type ChosenValues, type ComparedRun, chosenName } from './compare-rows.ts';
import type { CompareSearch } from './compare-search.ts';

const route = getRouteApi('/$entity/$project/compare');

/** What the address says, and a way to change it; nothing given means that it is left out. */
export function useCompareSearch() {
  const project = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  const change = (next: { readonly [Name in keyof CompareSearch]: CompareSearch[Name] | undefined }, replace = false) =>
    void navigate({
      to: '/$entity/$project/compare',
      params: project,
      search: Object.fromEntries(
        Object.entries({ ...search, ...next }).filter(([, value]) => value !== undefined),
      ) as CompareSearch,
      replace,
      resetScroll: false,
    });
  return { project, search, change };
}

/** The runs that are compared, in the order of the columns; a name that the project does not have is left out. It follows them. */
export function useComparedRuns(project: ProjectName, names: readonly string[]) {
  // The order of the columns is no other question.
  const asked = [...names].sort();
  const options = apiQuery(['project', project.entity, project.project, 'compare', asked], CompareRunsDocument, {
    ...project,
    names: asked,
  });
  const query = useQuery({
    ...options,
    placeholderData: keepPreviousData,
    select: (data) => found(data.project, `project "${project.project}"`).runs.nodes,
  });
  const { data: pulse } = useProjectPulse(project);
  const newest = new Map(pulse?.runs.nodes.map(({ id, revision }) => [id, revision]));
  useLiveByRevision(options.queryKey, {
    shown: query.data?.reduce((sum, { revision }) => sum + revision, 0),
    newest: query.data?.reduce((sum, { id, revision }) => sum + Math.max(revision, newest.get(id) ?? 0), 0),
  });
  const order = JSON.stringify(names);
  const runs = useMemo(() => inOrder(query.data ?? [], JSON.parse(order)), [query.data, order]);
  return { query, runs };
}

function inOrder(runs: readonly ComparedRun[], names: readonly string[]): ComparedRun[] {
  return names.flatMap((name) => runs.find((run) => run.name === name) ?? []);
}

/** The values of the statistics that were chosen for rows of the summary. */
export function useChosenValues(
  project: ProjectName,
  runs: readonly ComparedRun[],
  wanted: readonly (readonly [metric: string, statistic: Statistic])[],
): ChosenValues {
  const names = runs.map(({ name }) => name).sort();
  const columns = wanted.map(([key, statistic]) => ({ key, statistic }));
  // What the runs show changes with their revisions.
  const revisions = runs.map(({ name, revision }) => `${name} ${revision}`).sort();
  const options = apiQuery(
    ['project', project.entity, project.project, 'compare-columns', revisions, columns],
    CompareColumnsDocument,
    { ...project, names, columns },
  );
  const { data } = useQuery({
    ...options,
    enabled: columns.length > 0 && names.length > 0,
    placeholderData: keepPreviousData,
  });
  return useMemo(() => {
    const list = data?.project?.runs;
    return new Map(
      list?.columns.map(({ key, statistic, values }) => [
        chosenName(key, statistic ?? 'VALUE'),
        new Map(list.nodes.map(({ id }, row) => [id, values[row] ?? undefined])),
      ]),
    );
  }, [data]);
}
