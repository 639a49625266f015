import { builder } from '../graphql/builder.ts';
import { formatNodeId } from '../graphql/node-id.ts';
import { ApiKeyRef, NodeRef } from '../graphql/node-refs.ts';
import { SCOPES, type Scope } from './scope.ts';

const SCOPE_DESCRIPTIONS: Record<Scope, string> = {
  INGEST: 'Start, change, log to and finish runs, and see those runs. This is what a training job needs.',
  READ: 'Look at everything that the user may see, and change nothing.',
  ADMIN: 'Everything that the user may do, keys, members and deleting included. It holds the other two scopes.',
};

/** The GraphQL enum of what an API key may be used for. */
export const ScopeType = builder.enumType('Scope', {
  description: 'What an API key may be used for. A key never allows more than its user may do.',
  values: Object.fromEntries(
    SCOPES.map((scope) => [scope, { value: scope, description: SCOPE_DESCRIPTIONS[scope] }]),
  ) as Record<Scope, { value: Scope; description: string }>,
});

ApiKeyRef.implement({
  description: 'An API key, without its secret: that is shown once, when the key is made.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: 'Names this key for `Query.node` and `revokeApiKey`.',
      resolve: (key) => formatNodeId('ApiKey', key.id),
    }),
    name: t.exposeString('name', { description: 'What the key is for, in the words of whoever made it.' }),
    scopes: t.field({
      type: [ScopeType],
      description: 'What the key may be used for.',
      resolve: (key) => [...key.scopes],
    }),
    createdAt: t.field({ type: 'DateTime', description: 'When the key was made.', resolve: (key) => key.createdAt }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the key stops working. It is null when it never does.',
      resolve: (key) => key.expiresAt,
    }),
    revokedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the key was revoked. It is null while it is not.',
      resolve: (key) => key.revokedAt,
    }),
    lastUsedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the key was last used, to the minute. It is null when it never was.',
      resolve: (key) => key.lastUsedAt,
    }),
  }),
});
