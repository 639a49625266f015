import { builder } from '../graphql/builder.ts';

/** The GraphQL enum of who may see a project. */
export const VisibilityType = builder.enumType('Visibility', {
  description: 'Who may see a project.',
  values: {
    PRIVATE: { value: 'private', description: 'The members of its entity.' },
    PUBLIC: {
      value: 'public',
      description: 'Everybody who has an API key with the scope READ. Writing takes a role in the entity all the same.',
    },
  } as const,
});
