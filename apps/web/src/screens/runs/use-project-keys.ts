import { useQuery } from '@tanstack/react-query';
import { found } from '../../api/failure.ts';
import { execute } from '../../api/query.ts';
import { type KeySection, RunsKeysDocument } from '../../generated/graphql.ts';
import { type Column, FIELDS, type FieldName } from './column.ts';

const MOST_PAGES = 20;
const FRESH_MS = 60_000;

/** Every column that the table may have: fields, then keys of the summaries, then keys of the configs. */
export function useAllColumns(entity: string, project: string, enabled = true) {
  return useQuery({
    queryKey: ['project', entity, project, 'run-keys'],
    enabled,
    staleTime: FRESH_MS,
    queryFn: async ({ signal }): Promise<Column[]> => allColumns(entity, project, signal),
  });
}

/** The same, asked once. */
export async function allColumns(entity: string, project: string, signal: AbortSignal): Promise<Column[]> {
  const [summary, config] = await Promise.all(
    (['SUMMARY', 'CONFIG'] as const).map((section) => keysOf(entity, project, section, signal)),
  );
  return [
    ...(Object.keys(FIELDS) as FieldName[]).map((field) => ({ kind: 'field' as const, field })),
    ...(summary ?? []).map((key) => ({ kind: 'summary' as const, key, statistic: 'VALUE' as const })),
    ...(config ?? []).map((key) => ({ kind: 'config' as const, key })),
  ];
}

async function keysOf(entity: string, project: string, section: KeySection, signal: AbortSignal): Promise<string[]> {
  const keys: string[] = [];
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer: Awaited<ReturnType<typeof onePage>> = await onePage({ entity, project, section, after }, signal);
    keys.push(...answer.nodes.map(({ key }) => key));
    after = answer.pageInfo.endCursor ?? null;
    if (!answer.pageInfo.hasNextPage) break;
  }
  return keys;
}

async function onePage(
  variables: { entity: string; project: string; section: KeySection; after: string | null },
  signal: AbortSignal,
) {
  const answer = await execute(RunsKeysDocument, variables, { signal });
  return found(answer.project, `project "${variables.project}"`).keys;
}
