import { isJsonObject } from '@summa/core/json/json-value';
import { fromWire } from '@summa/core/json/wire-json';
import { requireRun } from '../access/project-access.ts';
import { builder } from '../graphql/builder.ts';
import { addMutation } from '../graphql/mutation.ts';
import { parseRunId } from '../graphql/node-id.ts';
import { LIMITS } from '../limits.ts';
import { ServerError } from '../server-error.ts';
import { checkCount } from '../text-input.ts';
import { type RevisionView, revisionOfChange, SummaryRevisionType } from './summary-revision-type.ts';
import { SummaryType } from './summary-type.ts';
import { type SummaryView, summaryOf } from './summary-view.ts';
import { updateSummary } from './update-summary.ts';

addMutation('updateSummary', {
  scope: 'INGEST',
  description:
    'Changes by hand what the summary of a run shows, live or finished: all that is asked, or nothing. First `clear`, then `delete`, then `set`. What is set ' +
    'holds until it is cleared or the metric is logged again; the statistics go on underneath.',
  input: builder.inputType('UpdateSummaryInput', {
    description: 'What a summary is to show.',
    fields: (t) => ({
      runId: t.id({ required: true, description: 'The id of the run.' }),
      set: t.field({
        type: 'JSON',
        description:
          'Values by key: { "val.best": 0.9 }. A value replaces everything at and below its key; an object counts as the keys below it.',
      }),
      delete: t.stringList({ description: 'Keys that are to show nothing any more; at most 1,000.' }),
      clear: t.stringList({ description: 'Keys that are to show again what the metrics give; at most 1,000.' }),
      expectedRevision: t.field({
        type: 'Count',
        description:
          'The revision of the summary that the caller has seen. Nothing is changed when it is another one by now.',
      }),
    }),
  }),
  payload: builder.objectRef<{ summary: SummaryView; revisions: RevisionView[] }>('UpdateSummaryPayload').implement({
    description: 'A summary that was changed by hand.',
    fields: (t) => ({
      summary: t.field({
        type: SummaryType,
        description: 'The summary as it is now.',
        resolve: (payload) => payload.summary,
      }),
      revisions: t.field({
        type: [SummaryRevisionType],
        description: 'What changed, key by key. It is empty when everything was so already.',
        resolve: (payload) => payload.revisions,
      }),
    }),
  }),
  run: async (context, input) => {
    const ref = parseRunId(input.runId);
    checkCount(input.delete, LIMITS.keys, ['delete']);
    checkCount(input.clear, LIMITS.keys, ['clear']);
    const run = await requireRun(context, ref, 'write');
    const { changes } = await updateSummary(context.services, ref, {
      set: readSet(input.set),
      delete: input.delete ?? [],
      clear: input.clear ?? [],
      expectedRevision: input.expectedRevision ?? undefined,
      userId: context.caller.userId,
    });
    return { summary: await summaryOf(context, run), revisions: changes.map(revisionOfChange) };
  },
});

function readSet(given: unknown) {
  const set = fromWire(given ?? {}, ['set']);
  if (!isJsonObject(set)) throw new ServerError('INVALID_INPUT', 'set must be a JSON object of values by key', ['set']);
  checkCount(Object.keys(set), LIMITS.keys, ['set']);
  return set;
}
