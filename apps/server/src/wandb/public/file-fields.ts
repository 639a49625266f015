import { formatCursor, parseTextCursor } from '../../graphql/cursor.ts';
import { formatFileId } from '../../graphql/node-id.ts';
import { LIMITS } from '../../limits.ts';
import { refOf } from '../../run/run-record.ts';
import { builder } from '../schema/builder.ts';
import { RunRef } from '../schema/refs.ts';
import { listRunFiles, type RunFile } from './list-run-files.ts';
import { PageInfo, type PageInfoView } from './page-info-type.ts';

const CURSOR = 'file';

const File = builder.objectRef<RunFile>('File').implement({
  fields: (t) => ({
    id: t.id({ nullable: false, resolve: ({ run, path }) => formatFileId({ ...run, path }) }),
    name: t.exposeString('path', { nullable: false }),
    url: t.string({
      description: 'Where its bytes are, for about an hour; null when there is no such file.',
      args: { upload: t.arg.boolean() },
      resolve: ({ file }, _args, { services, baseUrl }) => file && services.fileUrls.downloadUrl(baseUrl, file),
    }),
    directUrl: t.string({
      resolve: ({ file }, _args, { services, baseUrl }) => file && services.fileUrls.downloadUrl(baseUrl, file),
    }),
    sizeBytes: t.field({ type: 'Int64', resolve: ({ file }) => file?.size ?? 0 }),
    mimetype: t.string({ resolve: ({ file }) => file?.contentType ?? null }),
    updatedAt: t.field({ type: 'DateTime', resolve: ({ file }) => file?.updatedAt ?? null }),
    md5: t.string({ description: 'Not known: this server has the SHA-256 of files.', resolve: () => null }),
  }),
});

const FileEdge = builder.objectRef<{ readonly node: RunFile }>('FileEdge').implement({
  fields: (t) => ({
    node: t.expose('node', { type: File, nullable: false }),
    cursor: t.string({ resolve: ({ node }) => formatCursor(CURSOR, node.path) }),
  }),
});

interface FileConnectionView {
  readonly edges: readonly { readonly node: RunFile }[];
  readonly pageInfo: PageInfoView;
}

const FileConnection = builder.objectRef<FileConnectionView>('FileConnection').implement({
  fields: (t) => ({
    edges: t.field({ type: [FileEdge], nullable: false, resolve: ({ edges }) => [...edges] }),
    pageInfo: t.expose('pageInfo', { type: PageInfo, nullable: false }),
  }),
});

builder.objectFields(RunRef, (t) => ({
  fileCount: t.int({
    resolve: (run, _args, { loaders }) => loaders.fileCounts.load({ run: refOf(run), prefix: '', contentType: null }),
  }),
  files: t.field({
    type: FileConnection,
    description: 'Files by path. Of `names` each is listed, whether there is such a file or not.',
    args: {
      names: t.arg({ type: ['String'], required: { list: false, items: false } }),
      after: t.arg.string(),
      first: t.arg.int(),
      pattern: t.arg.string(),
    },
    resolve: async (run, { names, after, first, pattern }, context) => {
      const page = await listRunFiles(context, refOf(run), {
        names: (names ?? []).filter((name) => typeof name === 'string'),
        pattern: pattern || null,
        after: after ? parseTextCursor(CURSOR, after, 'after') : null,
        first: Math.max(Math.min(first ?? LIMITS.defaultPage, LIMITS.page), 0),
      });
      const last = page.files.at(-1);
      return {
        edges: page.files.map((node) => ({ node })),
        pageInfo: { endCursor: last ? formatCursor(CURSOR, last.path) : null, hasNextPage: page.hasNextPage },
      };
    },
  }),
}));
