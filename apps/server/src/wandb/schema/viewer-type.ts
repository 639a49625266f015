import type { EntityRecord } from '../../access/entity-store.ts';
import { formatNodeId } from '../../graphql/node-id.ts';
import { builder } from './builder.ts';
import { EntityRef, UserRef } from './refs.ts';

const EntityEdge = builder.objectRef<{ node: EntityRecord | null }>('EntityEdge').implement({
  fields: (t) => ({ node: t.expose('node', { type: EntityRef, nullable: true }) }),
});

const EntityConnection = builder.objectRef<{ edges: { node: EntityRecord | null }[] }>('EntityConnection').implement({
  fields: (t) => ({ edges: t.expose('edges', { type: [EntityEdge], nullable: false }) }),
});

UserRef.implement({
  fields: (t) => ({
    id: t.id({ nullable: false, resolve: (user) => formatNodeId('User', user.id) }),
    name: t.string({ nullable: false, resolve: (user) => user.displayName }),
    username: t.exposeString('name'),
    email: t.exposeString('email', { nullable: true }),
    admin: t.exposeBoolean('administrator'),
    flags: t.field({ type: 'JSONString', resolve: () => '{}' }),
    entity: t.exposeString('name', { description: 'The entity of whoever names none.' }),
    deletedAt: t.field({ type: 'DateTime', resolve: () => null }),
    teams: t.field({
      type: EntityConnection,
      description: 'The user’s own entity, which the client expects among the teams.',
      resolve: async (user, _args, { loaders }) => ({
        edges: [{ node: await loaders.entitiesByName.load(user.name) }],
      }),
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: UserRef,
    resolve: (_root, _args, { loaders, caller }) => loaders.users.load(caller.userId),
  }),
);
