import { requireRun } from '../../access/project-access.ts';
import { parseRunId } from '../../graphql/node-id.ts';
import { finishRun } from '../../run/finish-run.ts';
import { ServerError } from '../../server-error.ts';
import { builder } from '../schema/builder.ts';
import { SuccessPayload } from '../schema/success-type.ts';

/** The exit code of a run of which somebody says that it has failed. */
const FAILED = 1;

const UpdateRunStateInput = builder.inputType('UpdateRunStateInput', {
  fields: (t) => ({ id: t.id({ required: true }), state: t.string({ required: true }) }),
});

builder.mutationField('updateRunState', (t) =>
  t.field({
    type: SuccessPayload,
    description: 'Ends a running run as failed. Summa has no run that waits, so `pending` is refused.',
    args: { input: t.arg({ type: UpdateRunStateInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      if (input.state !== 'failed') {
        throw new ServerError('INVALID_INPUT', `a run cannot be made ${JSON.stringify(input.state)}; only "failed"`, [
          'state',
        ]);
      }
      const ref = parseRunId(input.id, ['id']);
      await requireRun(context, ref, 'write');
      await finishRun(context, ref, FAILED);
      return { success: true };
    },
  }),
);
