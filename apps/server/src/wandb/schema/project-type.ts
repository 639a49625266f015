import { formatNodeId } from '../../graphql/node-id.ts';
import { findRunByName } from '../../run/run-store.ts';
import { builder } from './builder.ts';
import { findProjectNamed } from './find-run.ts';
import { EntityRef, ProjectRef, RunRef } from './refs.ts';

ProjectRef.implement({
  fields: (t) => ({
    id: t.id({ nullable: false, resolve: (project) => formatNodeId('Project', project.id) }),
    name: t.exposeString('name', { nullable: false }),
    entity: t.field({
      type: EntityRef,
      resolve: (project, _args, { loaders }) => loaders.entities.load(project.entityId),
    }),
    entityName: t.string({
      resolve: async (project, _args, { loaders }) => (await loaders.entities.load(project.entityId))?.name ?? null,
    }),
    description: t.exposeString('description'),
    createdAt: t.expose('createdAt', { type: 'DateTime', nullable: false }),
    run: t.field({
      type: RunRef,
      args: { name: t.arg.string({ required: true }), desc: t.arg.string() },
      resolve: async (project, { name }, { services }) =>
        (await findRunByName(services.database.pool, project.id, name)) ?? null,
    }),
    bucket: t.field({
      type: RunRef,
      description: 'The older name of `run`.',
      args: { name: t.arg.string({ required: true }), missingOk: t.arg.boolean(), desc: t.arg.string() },
      resolve: async (project, { name }, { services }) =>
        (await findRunByName(services.database.pool, project.id, name)) ?? null,
    }),
  }),
});

for (const field of ['project', 'model'] as const) {
  builder.queryField(field, (t) =>
    t.field({
      type: ProjectRef,
      args: { name: t.arg.string(), entityName: t.arg.string() },
      resolve: (_root, { name, entityName }, context) =>
        name ? findProjectNamed(context, { entity: entityName, project: name }, 'read') : null,
    }),
  );
}
