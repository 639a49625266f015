import type { RequestContext } from '../access/request-context.ts';
import { formatCursor, parseTextCursor } from '../graphql/cursor.ts';
import { type Connection, connectionOf, type PageArguments, readPage } from '../graphql/page.ts';
import type { RunRef } from '../services.ts';
import type { FileRecord, FileSelection } from './file-store.ts';

const CURSOR = 'file';

/** A filter of files, as it comes. */
export interface GivenFileFilter {
  readonly prefix?: string | null | undefined;
  readonly contentType?: string | null | undefined;
}

/** A page of the files of a run, by the code points of their paths. */
export async function listFiles(
  { loaders }: RequestContext,
  run: RunRef,
  args: PageArguments & { readonly filter?: GivenFileFilter | null | undefined },
): Promise<Connection<FileRecord>> {
  const page = readPage(args);
  const after = page.cursor === null ? null : parseTextCursor(CURSOR, page.cursor, 'after');
  const selection: FileSelection = {
    run,
    prefix: args.filter?.prefix ?? '',
    contentType: args.filter?.contentType ?? null,
  };
  const found = await loaders.filePages.load({ ...selection, after, limit: page.size + 1 });
  return connectionOf(found, page, {
    cursorOf: (file) => formatCursor(CURSOR, file.path),
    totalCount: () => loaders.fileCounts.load(selection),
  });
}
