import type { Execute, TypedDocument } from '@summa/client';
import { queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';

/** What a query is cached under: its scope from the widest to the narrowest, then what else decides the answer. */
export type QueryKey = readonly unknown[];

/**
 * The options of a query of the API: typed by its document, cancelled when nobody waits for it any more.
 *
 * `useQuery(apiQuery(['run', entity, project, name, 'config'], RunConfigDocument, { entity, project, name }))`
 */
export function apiQuery<Result, Variables extends object>(
  queryKey: QueryKey,
  document: TypedDocument<Result, Variables>,
  variables: Variables,
) {
  return queryOptions({
    queryKey,
    queryFn: ({ signal }): Promise<Result> => execute(document, variables, { signal }),
  });
}

/** Runs any operation of the API: mutations, and what is asked once. */
export function execute<Result, Variables extends object>(
  document: TypedDocument<Result, Variables>,
  variables: Variables,
  options?: { readonly signal?: AbortSignal },
): Promise<Result> {
  // The variables are given, so the optional form of `Execute` is not needed; TypeScript cannot tell the two apart here.
  const run = client.execute as (document: unknown, variables: unknown, options: unknown) => ReturnType<Execute>;
  return run(document, variables, options) as Promise<Result>;
}
