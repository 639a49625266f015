import { findProjectByNames, findRunByNames } from '../access/find-by-name.ts';
import { findEntityFor } from '../access/project-access.ts';
import { builder } from './builder.ts';
import { findNode } from './find-node.ts';
import { EntityRef, NodeRef, ProjectRef, RunRef, UserRef } from './node-refs.ts';
import { ServerInfoType } from './server-info-type.ts';

builder.queryType({
  description: 'Everything that can be read. What the caller may not know of is null, as if it were not there.',
  fields: (t) => ({
    server: t.field({
      type: ServerInfoType,
      description: 'What this server says of itself.',
      extensions: { scope: 'ANY' },
      resolve: (_root, _args, { services }) => ({ maxBodyBytes: services.config.maxBodyBytes }),
    }),
    viewer: t.field({
      type: UserRef,
      description: 'The user whose API key the request carries.',
      extensions: { scope: 'ANY' },
      resolve: async (_root, _args, { caller, loaders }) => {
        const user = await loaders.users.load(caller.userId);
        if (!user) throw new Error(`the user ${caller.userId} of an API key is not there`);
        return user;
      },
    }),
    node: t.field({
      type: NodeRef,
      nullable: true,
      description: 'Anything by its id. It is null when it is not there, or the caller may not know of it.',
      args: { id: t.arg.id({ required: true, description: 'The id, from a field called `id`.' }) },
      extensions: { scope: 'READ' },
      resolve: (_root, { id }, context) => findNode(context, id),
    }),
    entity: t.field({
      type: EntityRef,
      nullable: true,
      description: 'An entity by its name: one that the caller is a member of, or that has a public project.',
      args: { name: t.arg.string({ required: true, description: 'The name.' }) },
      extensions: { scope: 'READ' },
      resolve: (_root, { name }, context) => findEntityFor(context, name, 'read'),
    }),
    project: t.field({
      type: ProjectRef,
      nullable: true,
      description: 'A project by the names of its entity and its own.',
      args: {
        entity: t.arg.string({ required: true, description: 'The name of the entity.' }),
        name: t.arg.string({ required: true, description: 'The name of the project.' }),
      },
      extensions: { scope: 'READ' },
      resolve: (_root, { entity, name }, context) => findProjectByNames(context, { entity, project: name }),
    }),
    run: t.field({
      type: RunRef,
      nullable: true,
      description: 'A run by the names of its entity, its project and its own.',
      args: {
        entity: t.arg.string({ required: true, description: 'The name of the entity.' }),
        project: t.arg.string({ required: true, description: 'The name of the project.' }),
        name: t.arg.string({ required: true, description: 'The name of the run.' }),
      },
      extensions: { scope: 'READ' },
      resolve: (_root, { entity, project, name }, context) => findRunByNames(context, { entity, project, run: name }),
    }),
  }),
});

builder.mutationType({ description: 'Everything that can be changed. Each mutation answers with what it changed.' });
