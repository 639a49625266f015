import type { JsonValue } from '@summa/core/json/json-value';
import { parseJson } from '@summa/core/json/parse-json';
import type { SummaryChange } from '@summa/core/summary/explicit-entry';
import { builder } from '../graphql/builder.ts';
import { connectionType } from '../graphql/connection-type.ts';
import { UserRef } from '../graphql/node-refs.ts';
import { momentOf } from '../history/moment.ts';
import type { StoredChange } from './summary-store.ts';

/** One change of a summary by hand, or its end, as GraphQL sees it. Undefined is nothing. */
export interface RevisionView {
  readonly revision: number;
  readonly key: string;
  readonly cause: 'set' | 'delete' | 'clear' | 'log';
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
  readonly userId: string | null;
  readonly at: Date;
}

const RevisionCause = builder.enumType('RevisionCause', {
  description: 'Why what is shown at a key of a summary changed.',
  values: {
    SET: { value: 'set', description: 'Somebody set a value.' },
    DELETE: { value: 'delete', description: 'Somebody deleted what was shown.' },
    CLEAR: { value: 'clear', description: 'Somebody took back what was set or deleted by hand.' },
    LOG: { value: 'log', description: 'The metric was logged again, which ends what was set or deleted by hand.' },
  } as const,
});

/** The GraphQL type of one change of a summary. */
export const SummaryRevisionType = builder.objectRef<RevisionView>('SummaryRevision').implement({
  description: 'One change of a summary by hand, or its end. All changes of one call have the same revision.',
  fields: (t) => ({
    revision: t.field({
      type: 'Count',
      description: 'The revision of the summary that the change made.',
      resolve: (change) => change.revision,
    }),
    key: t.exposeString('key', { description: 'The key whose value changed.' }),
    cause: t.field({ type: RevisionCause, description: 'Why it changed.', resolve: (change) => change.cause }),
    before: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What the summary showed before. See also `beforeExists`.',
      resolve: (change) => change.before ?? null,
    }),
    beforeExists: t.boolean({
      description: 'Whether the summary showed anything before.',
      resolve: (change) => change.before !== undefined,
    }),
    after: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What the summary showed afterwards. See also `afterExists`.',
      resolve: (change) => change.after ?? null,
    }),
    afterExists: t.boolean({
      description: 'Whether the summary showed anything afterwards. After a LOG it shows what was logged.',
      resolve: (change) => change.after !== undefined,
    }),
    user: t.field({
      type: UserRef,
      nullable: true,
      description: 'Who made the change.',
      resolve: (change, _args, { loaders }) => (change.userId === null ? null : loaders.users.load(change.userId)),
    }),
    at: t.field({ type: 'DateTime', description: 'When it was made.', resolve: (change) => change.at }),
  }),
});

/** The GraphQL type of a page of changes. */
export const SummaryRevisionConnection = connectionType(SummaryRevisionType, {
  name: 'SummaryRevision',
  one: 'a change of the summary',
  many: 'changes of the summary',
});

/** A change that was just made. */
export function revisionOfChange(change: SummaryChange): RevisionView {
  const { revision, key, cause, from, to, by, at } = change;
  return { revision, key, cause, before: from, after: to, userId: by, at: momentOf(at) };
}

/** A change that was read from the database. */
export function revisionOfStored(stored: StoredChange): RevisionView {
  // Only these four causes are ever stored.
  const cause = stored.cause as RevisionView['cause'];
  return { ...stored, cause, before: parsed(stored.before), after: parsed(stored.after) };
}

function parsed(text: string | null): JsonValue | undefined {
  return text === null ? undefined : parseJson(text);
}
