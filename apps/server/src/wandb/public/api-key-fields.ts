import { type ApiKeyRecord, findApiKeysOfUser } from '../../access/api-key-store.ts';
import type { RequestContext } from '../../access/request-context.ts';
import { formatNodeId } from '../../graphql/node-id.ts';
import { LIMITS } from '../../limits.ts';
import { builder } from '../schema/builder.ts';
import { UserRef } from '../schema/refs.ts';

const ApiKey = builder.objectRef<ApiKeyRecord>('ApiKey').implement({
  fields: (t) => ({
    id: t.id({ nullable: false, resolve: (key) => formatNodeId('ApiKey', key.id) }),
    name: t.exposeString('name', { nullable: false }),
    description: t.string({ resolve: () => null }),
  }),
});

const ApiKeyEdge = builder.objectRef<{ readonly node: ApiKeyRecord }>('ApiKeyEdge').implement({
  fields: (t) => ({ node: t.expose('node', { type: ApiKey }) }),
});

const ApiKeyConnection = builder
  .objectRef<{ readonly edges: readonly { readonly node: ApiKeyRecord }[] }>('ApiKeyConnection')
  .implement({
    fields: (t) => ({ edges: t.field({ type: [ApiKeyEdge], nullable: false, resolve: ({ edges }) => [...edges] }) }),
  });

builder.objectField(UserRef, 'apiKeys', (t) =>
  t.field({
    type: ApiKeyConnection,
    description: 'The keys that the caller has and may still use; those of others are nobody’s to see.',
    resolve: async (user, _args, context) => ({
      edges: user.id === context.caller.userId ? (await usableKeys(context)).map((node) => ({ node })) : [],
    }),
  }),
);

async function usableKeys({ services, caller }: RequestContext): Promise<ApiKeyRecord[]> {
  const keys = await findApiKeysOfUser(services.database.pool, caller.userId, LIMITS.apiKeysListed);
  const now = services.clock();
  return keys.filter((key) => !key.revokedAt && (!key.expiresAt || key.expiresAt > now));
}
