import { builder } from '../graphql/builder.ts';
import { UserRef } from '../graphql/node-refs.ts';
import type { MembershipRecord } from './membership-store.ts';

/** The GraphQL enum of what a member may do. */
export const RoleType = builder.enumType('Role', {
  description: 'What a member may do in an entity.',
  values: {
    OWNER: { value: 'OWNER', description: 'Everything that a writer may, and managing members and deleting projects.' },
    WRITER: {
      value: 'WRITER',
      description: 'Everything that a reader may, and making projects and writing and deleting runs.',
    },
    READER: { value: 'READER', description: 'Seeing all projects of the entity.' },
  } as const,
});

/** The GraphQL type of a membership. */
export const MembershipType = builder.objectRef<MembershipRecord>('Membership').implement({
  description: 'A user within an entity.',
  fields: (t) => ({
    user: t.field({
      type: UserRef,
      description: 'The member.',
      resolve: async (membership, _args, { loaders }) => {
        const user = await loaders.users.load(membership.userId);
        if (!user) throw new Error(`member ${membership.userId} is no user`);
        return user;
      },
    }),
    role: t.field({ type: RoleType, description: 'What the member may do.', resolve: (membership) => membership.role }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When the user became a member.',
      resolve: (membership) => membership.createdAt,
    }),
  }),
});
