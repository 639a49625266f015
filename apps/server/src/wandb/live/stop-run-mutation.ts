import { parseRunId } from '../../graphql/node-id.ts';
import { builder } from '../schema/builder.ts';
import { SuccessPayload } from '../schema/success-type.ts';
import { stopRun } from './stop-run.ts';

const StopRunInput = builder.inputType('StopRunInput', { fields: (t) => ({ id: t.id({ required: true }) }) });

builder.mutationField('stopRun', (t) =>
  t.field({
    type: SuccessPayload,
    args: { input: t.arg({ type: StopRunInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      await stopRun(context, parseRunId(input.id, ['id']));
      return { success: true };
    },
  }),
);
