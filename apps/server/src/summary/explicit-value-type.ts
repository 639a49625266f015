import { parseKey } from '@summa/core/key/key-path';
import type { ExplicitEntry } from '@summa/core/summary/explicit-entry';
import { builder } from '../graphql/builder.ts';
import { UserRef } from '../graphql/node-refs.ts';
import { momentOf } from '../history/moment.ts';

/** The GraphQL type of a value set by hand. */
export const ExplicitValueType = builder.objectRef<ExplicitEntry>('ExplicitValue').implement({
  description:
    'A value of a summary that somebody set by hand, or the mark that somebody deleted what is derived there.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'The key that it stands at.' }),
    path: t.stringList({
      description: 'The elements of the key, outermost first.',
      resolve: (entry) => [...parseKey(entry.key)],
    }),
    value: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The value. It is null for a mark.',
      resolve: (entry) => (entry.deleted ? null : entry.value),
    }),
    deleted: t.exposeBoolean('deleted', {
      description: 'Whether this is a mark that hides what is derived at and below the key.',
    }),
    revision: t.field({
      type: 'Count',
      description: 'The revision of the summary that made it.',
      resolve: (entry) => entry.revision,
    }),
    user: t.field({
      type: UserRef,
      nullable: true,
      description: 'Who made it.',
      resolve: (entry, _args, { loaders }) => (entry.by === null ? null : loaders.users.load(entry.by)),
    }),
    at: t.field({ type: 'DateTime', description: 'When it was made.', resolve: (entry) => momentOf(entry.at) }),
  }),
});
