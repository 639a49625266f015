import { builder } from '../graphql/builder.ts';
import { connectionType } from '../graphql/connection-type.ts';
import { formatFileId } from '../graphql/node-id.ts';
import { FileRef, NodeRef, RunRef, UserRef } from '../graphql/node-refs.ts';
import { DatasetListType } from '../tensor/dataset-type.ts';
import { TensorType } from '../tensor/tensor-type.ts';
import { datasetsOf, tensorOf } from '../tensor/tensor-view.ts';
import { fileNameOf } from './file-path.ts';

FileRef.implement({
  description: 'A file of a run: bytes under a path.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: 'Names the path in its run: what lies there later has the same id.',
      resolve: formatFileId,
    }),
    path: t.exposeString('path', { description: 'The path within the run, with "/" between its segments.' }),
    name: t.string({ description: 'The last segment of the path.', resolve: (file) => fileNameOf(file.path) }),
    size: t.field({ type: 'Count', description: 'How many bytes it has.', resolve: (file) => file.size }),
    sha256: t.exposeString('sha256', { description: 'The SHA-256 of its bytes, 64 hexadecimal digits in lower case.' }),
    contentType: t.exposeString('contentType', { description: 'What kind of content it is, as HTTP says it.' }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When there first was a file at this path.',
      resolve: (file) => file.createdAt,
    }),
    updatedAt: t.field({
      type: 'DateTime',
      description: 'When these bytes came to it.',
      resolve: (file) => file.updatedAt,
    }),
    user: t.field({
      type: UserRef,
      nullable: true,
      description: 'Who put these bytes there. It is null when that user is gone.',
      resolve: (file, _args, { loaders }) => loaders.users.load(file.userId),
    }),
    run: t.field({
      type: RunRef,
      description: 'The run that it belongs to.',
      resolve: async (file, _args, { loaders }) => {
        const run = await loaders.runs.load(file);
        if (!run) throw new Error(`the run ${file.runId} of a file is not there`);
        return run;
      },
    }),
    url: t.string({
      description:
        'Where the bytes can be got for about an hour, with GET and without a key: whoever has the URL has the bytes. It answers to ranges, and ends when the file is replaced or deleted.',
      extensions: { scope: 'READ' },
      resolve: (file, _args, { services, baseUrl }) => services.fileUrls.downloadUrl(baseUrl, file),
    }),
    tensor: t.field({
      type: TensorType,
      nullable: true,
      description:
        'The tensor that the file holds: a `.npy` file, or a dataset of an HDF5 file. It is null when there is none.',
      args: {
        dataset: t.arg.string({
          description: 'The path of a dataset, such as "summary/weights". It may be left out when there is just one.',
        }),
      },
      extensions: { scope: 'READ', cost: 250 },
      resolve: (file, { dataset }, context) => tensorOf(context, file, dataset ?? null),
    }),
    datasets: t.field({
      type: DatasetListType,
      nullable: true,
      description: 'The datasets of an HDF5 file. It is null for any other file.',
      extensions: { scope: 'READ', cost: 250 },
      resolve: (file, _args, context) => datasetsOf(context, file),
    }),
  }),
});

/** A page of files. */
export const FileConnection = connectionType(FileRef, { name: 'File', one: 'a file', many: 'files' });

/** Which files of a run are wanted. */
export const FileFilter = builder.inputType('FileFilter', {
  description: 'Which files of a run are wanted: those for which everything holds that is given.',
  fields: (t) => ({
    prefix: t.string({ description: 'Paths that begin with this text, such as "checkpoints/".' }),
    contentType: t.string({
      description:
        'Content types, whatever their parameters: one such as "image/png", or all of a kind such as "image/*".',
    }),
  }),
});
