import { findEntityFor } from '../../access/project-access.ts';
import { formatNodeId } from '../../graphql/node-id.ts';
import { builder } from './builder.ts';
import { EntityRef } from './refs.ts';

const Organization = builder.objectRef<null>('Organization').implement({
  description: 'Summa has no organizations: nobody ever gets one.',
  fields: (t) => ({
    name: t.string({ resolve: () => null }),
    coreWeaveOrganizationId: t.string({ resolve: () => null }),
  }),
});

EntityRef.implement({
  fields: (t) => ({
    id: t.id({ nullable: false, resolve: (entity) => formatNodeId('Entity', entity.id) }),
    name: t.exposeString('name', { nullable: false }),
    organization: t.field({ type: Organization, resolve: () => null }),
  }),
});

builder.queryField('entity', (t) =>
  t.field({
    type: EntityRef,
    args: { name: t.arg.string({ required: true }) },
    resolve: (_root, { name }, context) => findEntityFor(context, name, 'read'),
  }),
);
