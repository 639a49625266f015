import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { found } from '../../api/failure.ts';
import { execute } from '../../api/query.ts';
import {
  type ConsoleLineFragment,
  RunLogLinesDocument,
  type RunLogLinesQueryVariables,
} from '../../generated/graphql.ts';
import type { RunName } from '../../live/pulse.ts';
import { BLOCK_LINES, LineStore } from './line-store.ts';
import type { LineRange, LogSearch } from './log-search.ts';

/** One line of a console. */
export type ConsoleLine = ConsoleLineFragment;

/** Which console: of a run's process. */
export interface ConsoleName extends RunName {
  readonly source: string;
}

/** What is asked of a console besides its name. */
export type LineAsk = Omit<RunLogLinesQueryVariables, keyof ConsoleName>;

/** A page of lines. */
export async function readLogLines(name: ConsoleName, ask: LineAsk, signal?: AbortSignal) {
  const answer = await execute(RunLogLinesDocument, { ...name, ...ask }, signal ? { signal } : {});
  return found(answer.run, `run "${name.run}"`).logs;
}

/** Lines as far as they are read. */
export interface ReadLines {
  /** The line with this number, if it was read. */
  readonly lineAt: (number: number) => ConsoleLine | undefined;
  readonly error: unknown;
  /** Tries again after an error. */
  readonly retry: () => void;
}

const WAIT_MS = 60;

/** Reads the lines that are shown, block by block; lines that were left before they came are not asked for. */
export function useLogLines(name: ConsoleName, shown: LineRange, lineCount: number): ReadLines {
  const id = JSON.stringify(name);
  const store = useRef({ id, lines: new LineStore<ConsoleLine>() });
  if (store.current.id !== id) store.current = { id, lines: new LineStore<ConsoleLine>() };
  const [, setVersion] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const { from, to } = shown;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt is a reason to read again
  useEffect(() => {
    const { lines } = store.current;
    const missing = lines.missing({ from, to }, lineCount);
    if (missing.length === 0) return;
    const stop = new AbortController();
    const read = async () => {
      try {
        const console: ConsoleName = JSON.parse(id);
        for (const range of missing) {
          const { nodes } = await readLogLines(console, { filter: range, first: BLOCK_LINES }, stop.signal);
          lines.add(nodes);
          if (stop.signal.aborted) return;
          setError(null);
          setVersion((version) => version + 1);
        }
      } catch (failure) {
        if (!stop.signal.aborted) setError(failure);
      }
    };
    const timer = setTimeout(() => void read(), WAIT_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [id, from, to, lineCount, attempt]);
  return { lineAt: (number) => store.current.lines.get(number), error, retry: () => setAttempt((n) => n + 1) };
}

const FILTERED_PAGE = 500;

/**
 * The lines that a filter lets through, the last ones first read: earlier ones by `fetchPreviousPage`, and what is printed
 * meanwhile as soon as `lineCount` says so.
 */
export function useFilteredLines(name: ConsoleName, { levels, q, only }: LogSearch, lineCount: number) {
  const filter = { ...(levels && { levels: [...levels] }), ...(only && q && { contains: q }) };
  const { entity, project, run, source } = name;
  const isFiltered = Object.keys(filter).length > 0;
  const query = useInfiniteQuery({
    queryKey: ['run', entity, project, run, 'log-lines', source, filter],
    enabled: isFiltered,
    initialPageParam: { last: FILTERED_PAGE, filter } as LineAsk,
    queryFn: ({ pageParam, signal }) => readLogLines(name, pageParam, signal),
    getPreviousPageParam: ({ pageInfo }): LineAsk | null =>
      pageInfo.hasPreviousPage && pageInfo.startCursor !== null
        ? { last: FILTERED_PAGE, before: pageInfo.startCursor, filter }
        : null,
    getNextPageParam: (page): LineAsk => {
      const last = page.pageInfo.hasNextPage ? page.nodes.at(-1)?.number : undefined;
      const from = last === undefined ? page.lineCount : last + 1;
      return { first: FILTERED_PAGE, filter: { ...filter, from } };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const newest = query.data?.pages.at(-1);
  const isBehind = newest !== undefined && (newest.lineCount < lineCount || isUnfinished(query.data?.pages ?? []));
  const { fetchNextPage, isFetching } = query;
  useEffect(() => {
    if (isFiltered && isBehind && !isFetching) void fetchNextPage();
  }, [isFiltered, isBehind, isFetching, fetchNextPage]);
  return { isFiltered, query };
}

// Of the pages read forward, the last one may have been full.
function isUnfinished(pages: readonly { readonly pageInfo: { readonly hasNextPage: boolean } }[]): boolean {
  return pages.length > 1 && (pages.at(-1)?.pageInfo.hasNextPage ?? false);
}
