import { builder } from '../schema/builder.ts';
import { requireRunNamed } from '../schema/find-run.ts';
import { SuccessPayload } from '../schema/success-type.ts';

const MarkRunFilesUploadedInput = builder.inputType('MarkRunFilesUploadedInput', {
  fields: (t) => ({
    entityName: t.string({ required: true }),
    projectName: t.string({ required: true }),
    runName: t.string({ required: true }),
    files: t.stringList({ required: true }),
  }),
});

builder.mutationField('markRunFilesUploaded', (t) =>
  t.field({
    type: SuccessPayload,
    description: 'Nothing is left to do: a file is visible as soon as its bytes have arrived.',
    args: { input: t.arg({ type: MarkRunFilesUploadedInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      await requireRunNamed(
        context,
        { entity: input.entityName, project: input.projectName, run: input.runName },
        'write',
      );
      return { success: true };
    },
  }),
);
