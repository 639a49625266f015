import { useQuery } from '@tanstack/react-query';
import { found } from '../../api/failure.ts';
import { apiQuery, execute } from '../../api/query.ts';
import { EntityProjectsDocument, type EntityProjectsQuery, type ProjectLineFragment } from '../../generated/graphql.ts';
import { useLive } from '../../live/live.ts';
import type { EntitySearch } from './route.ts';

const PAGE = 100;
const MOST_SEARCHED = 5_000;
const EVERY_MS = 10_000;

type Answer = NonNullable<EntityProjectsQuery['entity']>;

/** One page of the projects of an entity, followed. */
export function useProjectPage(entity: string, { after, before }: EntitySearch) {
  const page = before === undefined ? { first: PAGE, ...(after !== undefined && { after }) } : { last: PAGE, before };
  const options = apiQuery(['entity', entity, page], EntityProjectsDocument, { entity, ...page });
  useLive(options.queryKey, EVERY_MS);
  return useQuery({ ...options, select: (answer) => found(answer.entity, `entity "${entity}"`) });
}

/** The projects of an entity whose name contains a text, of all its pages; nothing is asked for an empty text. */
export function useSearchedProjects(entity: string, text: string) {
  const wanted = text.trim().toLowerCase();
  return useQuery({
    queryKey: ['entity', entity, 'all'],
    queryFn: ({ signal }) => readAll(entity, signal),
    enabled: wanted !== '',
    select: (projects) => projects.filter(({ name }) => name.toLowerCase().includes(wanted)),
  });
}

async function readAll(entity: string, signal: AbortSignal): Promise<ProjectLineFragment[]> {
  const projects: ProjectLineFragment[] = [];
  let after: string | null = null;
  do {
    const variables = { entity, first: PAGE, ...(after !== null && { after }) };
    const answer: EntityProjectsQuery = await execute(EntityProjectsDocument, variables, { signal });
    const page: Answer['projects'] = found(answer.entity, `entity "${entity}"`).projects;
    projects.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null && projects.length < MOST_SEARCHED);
  return projects;
}
