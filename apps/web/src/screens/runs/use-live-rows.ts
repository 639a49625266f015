import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { execute } from '../../api/query.ts';
import { RunsPageDocument } from '../../generated/graphql.ts';
import { useLiveByRevision } from '../../live/live.ts';
import { projectPulseQuery } from '../../live/pulse.ts';
import type { RunPages } from './run-pages.ts';
import type { Section } from './sections.ts';
import { type ValueColumn, valueArguments } from './value-columns.ts';

const MOST = 50;

export interface LiveRowsAsked {
  readonly entity: string;
  readonly project: string;
  readonly sections: readonly Section[];
  readonly columns: readonly ValueColumn[];
  readonly withNotes: boolean;
}

/**
 * Brings the rows that are here up to date while their runs go on, each in its place: the order is as it was when it was
 * asked for.
 */
export function useLiveRows({ entity, project, sections, columns, withNotes }: LiveRowsAsked): void {
  // The tabs of the project keep it going.
  const pulse = useQuery(projectPulseQuery({ entity, project }));
  const lists = sections.flatMap(({ pages }) => pages ?? []);
  const here = (pulse.data?.runs.nodes ?? []).flatMap((run) => {
    const row = rowOf(lists, run.id);
    return row ? [{ name: run.name, shown: row.revision, newest: run.revision }] : [];
  });
  const changed = here.filter(({ shown, newest }) => newest > shown).map(({ name }) => name);
  const latest = useRef({ changed, lists, columns });
  latest.current = { changed, lists, columns };
  const queryKey = ['project', entity, project, 'runs-live'];
  useQuery({
    queryKey,
    // Asked again by the poller alone, which leaves out what is not enabled.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const asked = latest.current;
      if (asked.changed.length === 0) return 0;
      const wanted = asked.columns.slice(0, 200);
      const variables = {
        entity,
        project,
        withNotes,
        withCount: false,
        first: MOST,
        filter: { field: { name: 'NAME' as const, in: asked.changed } },
        ...valueArguments(wanted),
      };
      const answer = await execute(RunsPageDocument, variables, { signal });
      const runs = answer.project?.runs;
      if (!runs) return 0;
      const values = runs.columns.map((column) => column.values);
      for (const pages of asked.lists) pages.patch(runs.nodes, wanted, values);
      return runs.nodes.length;
    },
  });
  const sum = (pick: 'shown' | 'newest') => here.reduce((total, each) => total + each[pick], 0);
  useLiveByRevision(queryKey, { shown: sum('shown'), newest: sum('newest') });
}

function rowOf(lists: readonly RunPages[], runId: string) {
  for (const pages of lists) {
    const index = pages.indexOf(runId);
    if (index !== undefined) return pages.rows[index];
  }
  return undefined;
}
