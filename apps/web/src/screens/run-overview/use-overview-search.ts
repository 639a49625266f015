import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { OverviewSearch } from './route.ts';

const route = getRouteApi('/$entity/$project/runs/$run/');

/** Changes to what is seen; what is undefined goes out of the URL. */
export type SearchChange = { readonly [Name in keyof OverviewSearch]?: OverviewSearch[Name] | undefined };

/** What is seen of the overview, as the URL says, and how to change it without leaving a trace for Back. */
export function useOverviewSearch() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/$entity/$project/runs/$run/' });
  return useMemo(() => {
    const { turned = [], open = [] } = search;
    const change = (next: SearchChange) =>
      void navigate({ search: (before) => withoutEmpty({ ...before, ...next }), replace: true, resetScroll: false });
    return {
      search,
      turned: new Set(turned),
      open: new Set(open),
      change,
      turn: (id: string) => change({ turned: toggled(turned, id) }),
      toggleDetail: (id: string) => change({ open: toggled(open, id) }),
    };
  }, [search, navigate]);
}

function toggled(list: readonly string[], id: string): readonly string[] {
  return list.includes(id) ? list.filter((each) => each !== id) : [...list, id];
}

function withoutEmpty(search: SearchChange): OverviewSearch {
  const kept = Object.entries(search).filter(([, value]) => value !== undefined && value !== '' && value.length > 0);
  return Object.fromEntries(kept);
}
