import { formatNodeId } from '../graphql/node-id.ts';
import { ApiKeyRef, EntityRef, NodeRef, UserRef } from '../graphql/node-refs.ts';
import { LIMITS } from '../limits.ts';
import { ServerError } from '../server-error.ts';
import { findApiKeysOfUser } from './api-key-store.ts';
import { findEntitiesOfUsers } from './entity-store.ts';
import type { RequestContext } from './request-context.ts';

UserRef.implement({
  description:
    'A person, or a service account, that holds API keys. Everybody who has a key may see names, nothing else.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({ description: 'Names this user for `Query.node`.', resolve: (user) => formatNodeId('User', user.id) }),
    name: t.exposeString('name', {
      description: 'The login name. It never changes, and the own entity of the user has it too.',
    }),
    displayName: t.exposeString('displayName', { description: 'The name that people read.' }),
    email: t.string({
      nullable: true,
      description: 'The email address, if one is known. Users see only their own; it is null on all others.',
      resolve: (user, _args, { caller }) => (user.id === caller.userId ? user.email : null),
    }),
    administrator: t.boolean({
      description: 'Whether this user may create users and make keys for them.',
      resolve: (user) => user.administrator,
    }),
    createdAt: t.field({ type: 'DateTime', description: 'When the user was made.', resolve: (user) => user.createdAt }),
    entity: t.field({
      type: EntityRef,
      description: "The user's own entity: the namespace of the projects that belong to nobody else.",
      resolve: (user, _args, context) => ownEntity(context, user.name),
    }),
    entities: t.field({
      type: [EntityRef],
      description:
        'The entities that this user is a member of, by name, and of which the caller is a member too; at most 1,000.',
      extensions: { scope: 'READ', cost: 10 },
      resolve: (user, _args, context) => sharedEntities(context, user.id),
    }),
    apiKeys: t.field({
      type: [ApiKeyRef],
      description:
        'The API keys of this user, newest first, revoked and expired ones too; at most 1,000. Users see only their own.',
      extensions: { scope: 'ADMIN', cost: 10 },
      resolve: (user, _args, { caller, services }) => {
        if (user.id !== caller.userId)
          throw new ServerError('FORBIDDEN', 'users see only their own API keys; ask for those of the viewer');
        return findApiKeysOfUser(services.database.pool, user.id, LIMITS.apiKeysListed);
      },
    }),
  }),
});

/** The entity that bears the user's name. */
async function ownEntity(context: RequestContext, name: string) {
  const entity = await context.loaders.entitiesByName.load(name);
  if (!entity) throw new Error(`user ${name} has no entity`);
  return entity;
}

async function sharedEntities(context: RequestContext, userId: string) {
  const entities = await findEntitiesOfUsers(context.services.database.pool, [userId]);
  const roles = await Promise.all(entities.map((entity) => context.loaders.roles.load(entity.id)));
  return entities.filter((_, i) => roles[i] !== null);
}
