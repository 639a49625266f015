import { isReadOnly } from '../../access/project-access.ts';
import type { RequestContext } from '../../access/request-context.ts';
import { LIMITS } from '../../limits.ts';
import type { ProjectRecord } from '../../project/project-store.ts';
import type { RunRecord } from '../../run/run-record.ts';
import { countRuns, listRuns } from '../../run-list/list-runs.ts';
import { builder } from '../schema/builder.ts';
import { ProjectRef, RunRef, UserRef } from '../schema/refs.ts';
import { PageInfo, type PageInfoView } from './page-info-type.ts';
import { type Place, parseFilters } from './parse-filters.ts';
import { parseRunOrder } from './parse-run-order.ts';
import { projectNumber } from './project-number.ts';

interface RunEdgeView {
  readonly node: RunRecord;
  readonly cursor: string;
}

const RunEdge = builder.objectRef<RunEdgeView>('RunEdge').implement({
  fields: (t) => ({
    node: t.expose('node', { type: RunRef, nullable: false }),
    cursor: t.exposeString('cursor'),
  }),
});

const RunConnection = builder
  .objectRef<{ readonly edges: readonly RunEdgeView[]; readonly pageInfo: PageInfoView }>('RunConnection')
  .implement({
    fields: (t) => ({
      edges: t.field({ type: [RunEdge], nullable: false, resolve: ({ edges }) => [...edges] }),
      pageInfo: t.expose('pageInfo', { type: PageInfo, nullable: false }),
    }),
  });

builder.objectFields(ProjectRef, (t) => ({
  internalId: t.id({ resolve: (project) => String(projectNumber(project.id)) }),
  access: t.string({ resolve: (project) => (project.visibility === 'public' ? 'USER_READ' : 'PRIVATE') }),
  views: t.field({ type: 'JSON', resolve: () => null }),
  isBenchmark: t.boolean({ nullable: false, resolve: () => false }),
  readOnly: t.boolean({ resolve: (project, _args, context) => isReadOnly(context, project) }),
  user: t.field({ type: UserRef, description: 'Nobody: a project belongs to its entity.', resolve: () => null }),
  runCount: t.int({
    args: { filters: t.arg({ type: 'JSONString' }) },
    extensions: { cost: 20 },
    resolve: async (project, { filters }, context) =>
      countRuns(context.services, project.id, parseFilters(filters, await placeOf(context, project))),
  }),
  runs: t.field({
    type: RunConnection,
    description: 'A larger page than this server gives is cut to its size.',
    args: {
      filters: t.arg({ type: 'JSONString' }),
      order: t.arg.string(),
      after: t.arg.string(),
      first: t.arg.int(),
    },
    extensions: { cost: 20 },
    resolve: async (project, { filters, order, after, first }, context) => {
      const page = await listRuns(context.services, project.id, {
        filter: parseFilters(filters, await placeOf(context, project)),
        orderBy: parseRunOrder(order),
        after: after || null,
        first: Math.min(first ?? LIMITS.defaultPage, LIMITS.page),
      });
      const edges = page.runs.map((node, i) => ({ node, cursor: page.cursors[i] ?? '' }));
      return { edges, pageInfo: { endCursor: edges.at(-1)?.cursor ?? null, hasNextPage: page.hasNextPage } };
    },
  }),
}));

async function placeOf({ loaders }: RequestContext, project: ProjectRecord): Promise<Place> {
  return { entity: (await loaders.entities.load(project.entityId))?.name ?? '', project: project.name };
}
