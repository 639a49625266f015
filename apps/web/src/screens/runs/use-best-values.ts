import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { execute } from '../../api/query.ts';
import { type RunFilter, RunsGroupsDocument } from '../../generated/graphql.ts';
import { bestEnd } from './default-columns.ts';
import type { ShownColumn } from './runs-view.ts';

/** Tells the best value of a column among all runs of the list. */
export interface BestValues {
  readonly isBest: (columnId: string, value: number | string) => boolean;
}

export interface BestAsked {
  readonly entity: string;
  readonly project: string;
  readonly filter: RunFilter | null;
  readonly columns: readonly ShownColumn[];
  readonly goals: ReadonlyMap<string, 'MINIMIZE' | 'MAXIMIZE'>;
  /** Changes when what is in the list has changed. */
  readonly version: number;
}

const MOST = 32;
const FRESH_MS = 30_000;

/** The least and greatest values of the columns of which one end is better, over all runs that the filter lets through. */
export function useBestValues({ entity, project, filter, columns, goals, version }: BestAsked): BestValues {
  const wanted = useMemo(
    () =>
      columns.flatMap((shown) => {
        const end = bestEnd(shown, goals);
        const { id, column } = shown;
        return end === 'none' || column.kind !== 'summary'
          ? []
          : [{ id, end, key: column.key, statistic: column.statistic }];
      }),
    [columns, goals],
  );
  const asked = wanted.slice(0, MOST);
  const query = useQuery({
    queryKey: ['project', entity, project, 'runs-best', filter, asked.map(({ id }) => id), version],
    enabled: asked.length > 0,
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const metrics = asked.map(({ key, statistic }) => ({ key, statistic }));
      // By state, for that makes few groups: the ends of all runs are the ends of those of the groups.
      const variables = { entity, project, filter, metrics, by: [{ field: 'STATE' as const }] };
      const answer = await execute(RunsGroupsDocument, variables, { signal });
      const groups = answer.project?.groups.nodes ?? [];
      return new Map(asked.map(({ id }, at) => [id, ends(groups.map((group) => group.metrics[at]))]));
    },
  });
  const found = query.data;
  return useMemo(() => {
    const best = new Map(
      wanted.flatMap(({ id, end }) => {
        const of = found?.get(id);
        // Where all are alike none is better.
        return of && of.low !== of.high ? [[id, of[end]] as const] : [];
      }),
    );
    return { isBest: (columnId, value) => typeof value === 'number' && best.get(columnId) === value };
  }, [wanted, found]);
}

interface Ends {
  readonly low: number | undefined;
  readonly high: number | undefined;
}

function ends(groups: readonly ({ readonly min?: unknown; readonly max?: unknown } | undefined)[]): Ends {
  const numbers = (pick: 'min' | 'max') =>
    groups.flatMap((group) => (typeof group?.[pick] === 'number' ? [group[pick] as number] : []));
  const low = numbers('min');
  const high = numbers('max');
  return {
    low: low.length === 0 ? undefined : Math.min(...low),
    high: high.length === 0 ? undefined : Math.max(...high),
  };
}
