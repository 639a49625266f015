import { builder } from '../graphql/builder.ts';
import { addMutation } from '../graphql/mutation.ts';
import { formatFileId, formatNodeId, parseFileId, parseRunId, parseUploadId } from '../graphql/node-id.ts';
import { FileRef, RunRef } from '../graphql/node-refs.ts';
import type { RunRecord } from '../run/run-record.ts';
import { ServerError } from '../server-error.ts';
import { completeUpload } from './complete-upload.ts';
import { createUpload } from './create-upload.ts';
import { deleteFile } from './delete-file.ts';
import type { FileRecord } from './file-store.ts';
import type { UploadRecord } from './upload-store.ts';

const HttpMethod = builder.enumType('HttpMethod', {
  description: 'A method of HTTP.',
  values: { PUT: { value: 'PUT', description: 'The body of the request is what is to be stored.' } } as const,
});

const Upload = builder.objectRef<UploadRecord>('Upload').implement({
  description: 'A file that was announced. Send its bytes to `url`, then call `completeUpload`.',
  fields: (t) => ({
    id: t.id({
      description: 'Names the upload for `completeUpload`.',
      resolve: (upload) => formatNodeId('Upload', upload.projectId, upload.id),
    }),
    path: t.exposeString('path', { description: 'The path that the file will have within the run.' }),
    size: t.field({ type: 'Count', description: 'How many bytes are to come.', resolve: (upload) => upload.size }),
    contentType: t.exposeString('contentType', { description: 'What kind of content it is.' }),
    url: t.string({
      description: 'Where the bytes are to be sent. It needs no key: whoever has it may send them, once.',
      resolve: (upload, _args, { services, baseUrl }) => services.fileUrls.uploadUrl(baseUrl, upload),
    }),
    method: t.field({
      type: HttpMethod,
      description: 'How they are to be sent: as the body of a request with this method.',
      resolve: () => 'PUT' as const,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'Until when the upload must be completed; what has arrived then is thrown away.',
      resolve: (upload) => upload.expiresAt,
    }),
  }),
});

addMutation('createUpload', {
  scope: 'INGEST',
  description:
    'Announces a file of a run. Nothing is visible before its bytes have arrived and `completeUpload` was called.',
  input: builder.inputType('CreateUploadInput', {
    description: 'What is to be uploaded.',
    fields: (t) => ({
      runId: t.id({ required: true, description: 'The id of the run.' }),
      path: t.string({
        required: true,
        description:
          'The path within the run: relative, with "/" between its segments, none of which may be empty, "." or "..", at most 1,024 bytes, without backslashes and control characters.',
      }),
      size: t.field({
        type: 'Count',
        required: true,
        description: 'How many bytes it has. Another number of bytes is refused.',
      }),
      sha256: t.string({
        description: 'The SHA-256 of the bytes, as 64 hexadecimal digits. Bytes with another one are refused.',
      }),
      contentType: t.string({
        description: 'What kind of content it is, as HTTP says it. When left out, the extension of the path decides.',
      }),
    }),
  }),
  payload: builder.objectRef<{ upload: UploadRecord }>('CreateUploadPayload').implement({
    description: 'A file that was announced.',
    fields: (t) => ({
      upload: t.field({
        type: Upload,
        description: 'The upload, with the URL for its bytes.',
        resolve: (payload) => payload.upload,
      }),
    }),
  }),
  run: async (context, { runId, ...input }) => ({ upload: await createUpload(context, parseRunId(runId), input) }),
});

addMutation('completeUpload', {
  scope: 'INGEST',
  description:
    'Makes a file of an upload whose bytes have arrived, in place of an older one at its path. Completing it again changes nothing.',
  input: builder.inputType('CompleteUploadInput', {
    description: 'Which upload is to become a file.',
    fields: (t) => ({ uploadId: t.id({ required: true, description: 'The id of the upload.' }) }),
  }),
  payload: builder.objectRef<{ file: FileRecord }>('CompleteUploadPayload').implement({
    description: 'An upload that was completed.',
    fields: (t) => ({
      file: t.field({
        type: FileRef,
        description: 'The file at the path of the upload.',
        resolve: (payload) => payload.file,
      }),
    }),
  }),
  run: async (context, input) => ({ file: await completeUpload(context, parseUploadId(input.uploadId)) }),
});

addMutation('deleteFile', {
  scope: 'ADMIN',
  description: 'Deletes a file of a run. It cannot be taken back.',
  input: builder.inputType('DeleteFileInput', {
    description: 'Which file is to be deleted.',
    fields: (t) => ({ fileId: t.id({ required: true, description: 'The id of the file.' }) }),
  }),
  payload: builder.objectRef<{ deletedFileId: string; run: RunRecord }>('DeleteFilePayload').implement({
    description: 'A file that was deleted.',
    fields: (t) => ({
      deletedFileId: t.exposeID('deletedFileId', { description: 'The id that the file had.' }),
      run: t.field({ type: RunRef, description: 'The run that it belonged to.', resolve: (payload) => payload.run }),
    }),
  }),
  run: async (context, input) => {
    const ref = parseFileId(input.fileId);
    await deleteFile(context, ref);
    const run = await context.loaders.runs.load(ref);
    if (!run) throw new ServerError('RUN_NOT_FOUND', 'the run was deleted meanwhile');
    return { deletedFileId: formatFileId(ref), run };
  },
});
