import { checkFilePath } from '../../file/file-path.ts';
import { formatRunId } from '../../graphql/node-id.ts';
import { LIMITS } from '../../limits.ts';
import { refOf } from '../../run/run-record.ts';
import { checkCount } from '../../text-input.ts';
import { builder } from '../schema/builder.ts';
import { requireRunNamed } from '../schema/find-run.ts';
import { uploadUrl } from './upload-token.ts';

const CreateRunFilesInput = builder.inputType('CreateRunFilesInput', {
  fields: (t) => ({
    entityName: t.string({ required: true }),
    projectName: t.string({ required: true }),
    runName: t.string({ required: true }),
    files: t.stringList({ required: true }),
  }),
});

interface RunFileUpload {
  readonly name: string;
  readonly uploadUrl: string;
}

const RunFileUploadType = builder.objectRef<RunFileUpload>('RunFileUpload').implement({
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false }),
    uploadUrl: t.exposeString('uploadUrl'),
  }),
});

interface RunFiles {
  readonly runID: string;
  readonly files: readonly RunFileUpload[];
}

const CreateRunFilesPayload = builder.objectRef<RunFiles>('CreateRunFilesPayload').implement({
  fields: (t) => ({
    runID: t.exposeID('runID', { nullable: false }),
    uploadHeaders: t.stringList({ nullable: false, resolve: () => [] }),
    files: t.field({ type: [RunFileUploadType], nullable: false, resolve: ({ files }) => [...files] }),
  }),
});

builder.mutationField('createRunFiles', (t) =>
  t.field({
    type: CreateRunFilesPayload,
    description: 'Signed URLs to which the bytes of files of a run are sent.',
    args: { input: t.arg({ type: CreateRunFilesInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      checkCount(input.files, LIMITS.openUploadsPerRun, ['files']);
      const names = { entity: input.entityName, project: input.projectName, run: input.runName };
      const run = await requireRunNamed(context, names, 'write');
      const { userId, userName, apiKeyId } = context.caller;
      const files = input.files.map(async (name) => {
        checkFilePath(name, ['files']);
        const grant = { ...refOf(run), path: name, userId, userName, apiKeyId };
        return { name, uploadUrl: await uploadUrl(context.services, context.baseUrl, grant) };
      });
      return { runID: formatRunId(run), files: await Promise.all(files) };
    },
  }),
);
