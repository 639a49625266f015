import type { RequestContext } from '../../access/request-context.ts';
import { deleteFile } from '../../file/delete-file.ts';
import type { FileRef } from '../../file/file-store.ts';
import { parseFileId, parseRunId } from '../../graphql/node-id.ts';
import { LIMITS } from '../../limits.ts';
import { deleteRun } from '../../run/delete-run.ts';
import { ServerError, type ServerErrorCode } from '../../server-error.ts';
import { checkCount } from '../../text-input.ts';
import { builder } from '../schema/builder.ts';
import { SuccessPayload } from '../schema/success-type.ts';

const DeleteFilesInput = builder.inputType('DeleteFilesInput', {
  fields: (t) => ({ files: t.idList({ required: true }), projectId: t.int() }),
});

builder.mutationField('deleteFiles', (t) =>
  t.field({
    type: SuccessPayload,
    description: 'Deletes files; one that is not there is no error.',
    args: { input: t.arg({ type: DeleteFilesInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      checkCount(input.files, LIMITS.keys, ['files']);
      for (const id of input.files) await deleteFileIfThere(context, parseFileId(id, ['files']));
      return { success: true };
    },
  }),
);

const DeleteRunInput = builder.inputType('DeleteRunInput', {
  fields: (t) => ({ id: t.id({ required: true }), deleteArtifacts: t.boolean() }),
});

const DeleteRunPayload = builder.objectRef<object>('DeleteRunPayload').implement({
  fields: (t) => ({ clientMutationId: t.string({ resolve: () => null }) }),
});

builder.mutationField('deleteRun', (t) =>
  t.field({
    type: DeleteRunPayload,
    description: 'Deletes a run; one that is not there is no error.',
    args: { input: t.arg({ type: DeleteRunInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      await ignoring(['RUN_NOT_FOUND'], () => deleteRun(context, parseRunId(input.id, ['id'])));
      return {};
    },
  }),
);

function deleteFileIfThere(context: RequestContext, file: FileRef): Promise<void> {
  return ignoring(['FILE_NOT_FOUND'], () => deleteFile(context, file));
}

async function ignoring(codes: readonly ServerErrorCode[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ServerError) || !codes.includes(error.code)) throw error;
  }
}
