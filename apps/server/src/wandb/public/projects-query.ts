import { findEntityFor } from '../../access/project-access.ts';
import { LIMITS } from '../../limits.ts';
import { listProjects } from '../../project/list-projects.ts';
import type { ProjectRecord } from '../../project/project-store.ts';
import { builder } from '../schema/builder.ts';
import { ProjectRef } from '../schema/refs.ts';
import { PageInfo, type PageInfoView } from './page-info-type.ts';

interface ProjectEdgeView {
  readonly node: ProjectRecord;
}

const ProjectEdge = builder.objectRef<ProjectEdgeView>('ProjectEdge').implement({
  fields: (t) => ({ node: t.expose('node', { type: ProjectRef, nullable: true }) }),
});

const ProjectConnection = builder
  .objectRef<{ readonly edges: readonly ProjectEdgeView[]; readonly pageInfo: PageInfoView }>('ProjectConnection')
  .implement({
    fields: (t) => ({
      edges: t.field({ type: [ProjectEdge], nullable: false, resolve: ({ edges }) => [...edges] }),
      pageInfo: t.expose('pageInfo', { type: PageInfo, nullable: false }),
    }),
  });

builder.queryField('models', (t) =>
  t.field({
    type: ProjectConnection,
    description: 'The projects of an entity, by name; of the caller’s own when it is left out.',
    args: { entityName: t.arg.string(), after: t.arg.string(), first: t.arg.int() },
    resolve: async (_root, { entityName, after, first }, context) => {
      const entity = await findEntityFor(context, entityName || context.caller.userName, 'read');
      if (!entity) return { edges: [], pageInfo: { endCursor: null, hasNextPage: false } };
      const size = Math.min(first ?? LIMITS.defaultPage, LIMITS.page);
      const { edges, hasNextPage } = await listProjects(context, entity.id, { first: size, after: after || null });
      return { edges, pageInfo: { endCursor: edges.at(-1)?.cursor ?? null, hasNextPage } };
    },
  }),
);
