import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { found } from '../../api/failure.ts';
import { execute } from '../../api/query.ts';
import { type RunFilter, RunsGroupsDocument } from '../../generated/graphql.ts';
import { type Column, groupField } from './column.ts';
import { type RunListing, RunPages } from './run-pages.ts';
import { partsInSight, type RunGroup, type Section } from './sections.ts';
import type { ValueColumn } from './value-columns.ts';

const MOST_KEPT = 6;
// The lists that were looked at last, so that Back finds them as they were.
const kept = new Map<string, RunPages>();

function pagesOf(listing: RunListing): RunPages {
  const id = JSON.stringify(listing);
  const pages = kept.get(id) ?? new RunPages(listing);
  kept.delete(id);
  kept.set(id, pages);
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  return pages;
}

/** The rows of the table. */
export interface RunList {
  readonly sections: readonly Section[];
  /** Grows when rows or values came. */
  readonly version: number;
  readonly isReady: boolean;
  /** Whether what is shown is from before the last change of the view. */
  readonly isStale: boolean;
  readonly error: unknown;
  readonly totalCount: number | null;
  readonly groupCount: number | null;
  readonly look: (sight: { start: number; end: number; columns: readonly ValueColumn[] }) => void;
  readonly toggleGroup: (groupId: string) => void;
  readonly reload: () => void;
  readonly retry: () => void;
}

export interface RunListAsked {
  readonly listing: RunListing;
  readonly groupBy: readonly Column[];
  /** All columns with values that are chosen. */
  readonly chosen: readonly ValueColumn[];
  /** Those that are likely to be in sight at first. */
  readonly early: readonly ValueColumn[];
}

/** The runs of a list, in groups when they are asked for; what was there stays in sight until what is new has come. */
export function useRunList({ listing, groupBy, chosen, early }: RunListAsked): RunList {
  const isGrouped = groupBy.length > 0;
  const flat = useFlat(listing, isGrouped);
  const groups = useGroups(listing, groupBy, chosen);
  const grouped = useOpenGroups(listing, groups.data);
  const sections = isGrouped ? grouped.sections : flat.sections;
  const version = useVersions(sections, flat.wanted);
  const latest = useRef({ sections, chosen, wanted: flat.wanted });
  latest.current = { sections, chosen, wanted: flat.wanted };
  const sight = useRef<Parameters<RunList['look']>[0]>({ start: 0, end: 40, columns: [] });

  const look = useCallback<RunList['look']>((next) => {
    sight.current = next;
    for (const { pages, start, end } of partsInSight(latest.current.sections, next)) {
      pages.look({ start, end, columns: next.columns, chosen: latest.current.chosen });
    }
  }, []);
  // A list that takes the place of another is asked for what is in sight at its beginning.
  useEffect(() => {
    if (isGrouped || flat.wanted.isReady) return;
    const { columns } = sight.current;
    flat.wanted.look({ start: 0, end: 40, columns: columns.length === 0 ? early : columns, chosen });
  }, [flat.wanted, isGrouped, chosen, early]);
  useEffect(() => () => flat.wanted.leave(), [flat.wanted]);
  const { refetch } = groups;
  const reload = useCallback(() => {
    for (const { pages } of latest.current.sections) pages?.reload();
    void refetch();
  }, [refetch]);
  const retry = useCallback(() => {
    latest.current.wanted.retry();
    for (const { pages } of latest.current.sections) pages?.retry();
    void refetch();
  }, [refetch]);
  const failed = sections.find(({ pages }) => pages?.error)?.pages?.error;
  return {
    sections,
    version,
    isReady: isGrouped ? groups.data !== undefined : flat.isReady,
    isStale: isGrouped ? groups.isPlaceholderData : flat.isStale,
    error: (isGrouped ? groups.error : flat.wanted.error) ?? failed ?? null,
    totalCount: isGrouped ? (groups.data?.reduce((sum, { runCount }) => sum + runCount, 0) ?? null) : flat.totalCount,
    groupCount: isGrouped ? (groups.data?.length ?? null) : null,
    look,
    toggleGroup: grouped.toggle,
    reload,
    retry,
  };
}

function useFlat(listing: RunListing, isGrouped: boolean) {
  const wanted = useMemo(() => pagesOf(listing), [listing]);
  const isReady = useSyncExternalStore(wanted.subscribe, () => wanted.isReady);
  const shown = useRef(wanted);
  if (isReady || !shown.current.isReady || shown.current.listing.project !== listing.project) shown.current = wanted;
  const pages = shown.current;
  const sections = useMemo<readonly Section[]>(() => (isGrouped ? [] : [{ group: null, pages }]), [pages, isGrouped]);
  return { wanted, sections, isReady: pages.isReady, isStale: pages !== wanted, totalCount: pages.totalCount };
}

const MOST_METRICS = 32;

function useGroups(
  { entity, project, filter }: RunListing,
  groupBy: readonly Column[],
  chosen: readonly ValueColumn[],
) {
  const numbers = chosen
    .flatMap(({ id, column }) => (column.kind === 'summary' ? [{ id, column }] : []))
    .slice(0, MOST_METRICS);
  const by = groupBy.map((column) =>
    column.kind === 'config'
      ? { config: column.key }
      : { field: column.kind === 'field' ? groupField(column.field) : null },
  );
  return useQuery({
    queryKey: ['project', entity, project, 'run-groups', filter, by, numbers.map(({ id }) => id)],
    enabled: by.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<RunGroup[]> => {
      const metrics = numbers.map(({ column }) => ({ key: column.key, statistic: column.statistic }));
      const answer = await execute(RunsGroupsDocument, { entity, project, by, filter, metrics }, { signal });
      return found(answer.project, `project "${project}"`).groups.nodes.map((node) => ({
        id: JSON.stringify(node.values),
        values: node.values,
        runCount: node.runCount,
        filter: node.filter as RunFilter,
        metrics: new Map(
          numbers.map(({ id }, at) => {
            const of = node.metrics[at];
            return [id, { count: of?.count ?? 0, mean: asNumber(of?.mean), stddev: asNumber(of?.stddev) }];
          }),
        ),
      }));
    },
  });
}

function asNumber(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function useOpenGroups(listing: RunListing, groups: readonly RunGroup[] | undefined) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const sections = useMemo<readonly Section[]>(
    () =>
      (groups ?? []).map((group) => ({
        group,
        pages: open.has(group.id)
          ? pagesOf({
              ...listing,
              filter: listing.filter === null ? group.filter : { and: [listing.filter, group.filter] },
            })
          : null,
      })),
    [groups, open, listing],
  );
  const toggle = useCallback((id: string) => {
    setOpen((last) => {
      const next = new Set(last);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  return { sections, toggle };
}

/** The sum of the versions of all lists that are shown or on their way. */
function useVersions(sections: readonly Section[], wanted: RunPages): number {
  const all = useMemo(
    () => [...new Set([wanted, ...sections.flatMap(({ pages }) => pages ?? [])])],
    [sections, wanted],
  );
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = all.map((pages) => pages.subscribe(listener));
      return () => {
        for (const end of ends) end();
      };
    },
    [all],
  );
  return useSyncExternalStore(subscribe, () => all.reduce((sum, { version }) => sum + version, 0));
}
