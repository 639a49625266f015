import { parseKey } from '@summa/core/key/key-path';
import { builder } from '../graphql/builder.ts';
import { connectionType } from '../graphql/connection-type.ts';
import { kindsOfKey } from './kinds-of-key.ts';
import type { ProjectKey } from './project-key-store.ts';

/** The GraphQL enum of the kinds of values. */
export const ValueKindType = builder.enumType('ValueKind', {
  description: 'What kind of value stands under a key.',
  values: {
    NUMBER: { value: 'number', description: 'A number, NaN and the infinities among them.' },
    TEXT: { value: 'text', description: 'A text.' },
    BOOLEAN: { value: 'boolean', description: 'True or false. Statistics count them as 1 and 0.' },
    LIST: { value: 'list', description: 'A list, which is one value.' },
    OBJECT: { value: 'object', description: 'An object with `_type` (an image, a histogram), which is one value.' },
  } as const,
});

/** The GraphQL enum of the documents of a run that have keys. */
export const KeySectionType = builder.enumType('KeySection', {
  description: 'Which document of a run a key stands in.',
  values: {
    CONFIG: { value: 'config', description: 'The config: what the run was started with.' },
    SUMMARY: { value: 'summary', description: 'The summary: metrics that were logged, and values set by hand.' },
  } as const,
});

const KeyType = builder.objectRef<ProjectKey>('Key').implement({
  description: 'A key that runs of a project have in their config or in their summary.',
  fields: (t) => ({
    key: t.exposeString('key', {
      description: 'The text of the key: its path with "." between the elements, a literal dot written "\\.".',
    }),
    path: t.stringList({
      description: 'The elements of the key, outermost first.',
      resolve: (key) => [...parseKey(key.key)],
    }),
    section: t.field({
      type: KeySectionType,
      description: 'Which document the key stands in.',
      resolve: (key) => key.section,
    }),
    kind: t.field({
      type: ValueKindType,
      description: 'What kind of value was seen first under the key.',
      resolve: (key) => key.kind,
    }),
    kinds: t.field({
      type: [ValueKindType],
      description:
        'The kinds of the values that runs have under the key now: for a metric, those of its last values. Lists and objects are told apart by the kind seen first, and are both named where that does not tell.',
      extensions: { cost: 5, items: 1 },
      resolve: async (key, _args, { loaders }) => kindsOfKey(key.kind, await loaders.keyUses.load(key)),
    }),
    runCount: t.field({
      type: 'Count',
      description: 'How many runs of the project have a value under the key now.',
      extensions: { cost: 5 },
      resolve: async (key, _args, { loaders }) => (await loaders.keyUses.load(key)).runs,
    }),
    loggedRunCount: t.field({
      type: 'Count',
      description:
        'How many of them have logged it as a metric, so that it has statistics. It is 0 for the config and for what was only set by hand.',
      extensions: { cost: 5 },
      resolve: async (key, _args, { loaders }) => (await loaders.keyUses.load(key)).logged,
    }),
    firstSeenAt: t.field({
      type: 'DateTime',
      description: 'When a run of the project first had the key.',
      resolve: (key) => key.firstSeenAt,
    }),
  }),
});

/** The GraphQL type of a page of keys. */
export const KeyConnection = connectionType(KeyType, { name: 'Key', one: 'a key', many: 'keys' });
