import type { JsonValue } from '@summa/core/json/json-value';
import { fromWire } from '@summa/core/json/wire-json';
import type { RUN_FIELD_TYPES, RunTarget } from '@summa/core/query/run-target';
import { type RunFilter, RunListingDocument, type RunListingQuery, type RunOrder } from '../../generated/graphql.ts';
import { readPages } from '../../read/read-pages.ts';
import { projectNotFound } from '../../read/read-runs.ts';
import type { Execute } from '../../transport/execute.ts';
import type { ProjectNames } from '../settle-project.ts';
import { formatTarget, toCamelCase } from './target-name.ts';

/** Which runs are listed, and what of each. */
export interface RunListing {
  readonly project: ProjectNames;
  readonly filter: RunFilter | undefined;
  readonly orderBy: readonly RunOrder[];
  readonly targets: readonly RunTarget[];
  /** How many runs at most. */
  readonly limit: number;
  /** Told how many runs match, as soon as it is known. */
  readonly onTotal?: (count: number) => void;
}

const PAGE = 500;

type ListedPage = NonNullable<RunListingQuery['project']>['runs'];

/** The runs that match, each as its values in the order of the targets: a request per 500 runs, one of them ahead. */
export function listRuns(execute: Execute, listing: RunListing): AsyncGenerator<readonly JsonValue[], void, undefined> {
  let asked = 0;
  const { config, summary, read } = planColumns(listing.targets);
  return readPages(async (after, signal) => {
    const first = Math.min(PAGE, listing.limit - asked);
    asked += first;
    const { filter, orderBy, project: names } = listing;
    const variables = { ...names, filter, orderBy: [...orderBy], first, after, config, summary };
    const { project } = await execute(RunListingDocument, variables, { signal });
    if (project === null) throw projectNotFound(names);
    listing.onTotal?.(project.runs.totalCount);
    const { hasNextPage, endCursor } = project.runs.pageInfo;
    return { items: read(project.runs), after: hasNextPage && asked < listing.limit ? endCursor : null };
  });
}

/** What is asked for, each key once, and how a page of it becomes rows. */
function planColumns(targets: readonly RunTarget[]) {
  const unique = [...new Map(targets.map((target) => [formatTarget(target), target])).values()];
  const config = unique.flatMap((target) => (target.section === 'config' ? [target] : []));
  const summary = unique.flatMap((target) => (target.section === 'summary' ? [target] : []));
  const places = new Map([...config, ...summary].map((target, place) => [formatTarget(target), place]));
  const read = ({ nodes, columns }: ListedPage) =>
    nodes.map((run, row) =>
      targets.map((target): JsonValue => {
        if (target.section === 'field') return fieldOf(run, target.field);
        return fromWire(columns[places.get(formatTarget(target)) ?? -1]?.values[row] ?? null);
      }),
    );
  return {
    config: config.map(({ key }) => key),
    summary: summary.map(({ key, statistic }) => ({ key, statistic })),
    read,
  };
}

function fieldOf(run: ListedPage['nodes'][number], field: keyof typeof RUN_FIELD_TYPES): JsonValue {
  const fields: Readonly<Record<string, JsonValue>> = { ...run, user: run.user?.name ?? null };
  return fields[toCamelCase(field)] ?? null;
}
