import type { RequestContext } from '../../access/request-context.ts';
import type { FileRecord } from '../../file/file-store.ts';
import { LIMITS } from '../../limits.ts';
import type { RunRef } from '../../services.ts';
import { checkCount } from '../../text-input.ts';
import { likeMatcher, likePrefix } from './like-pattern.ts';

/** A file of a run as the client is shown it; without a record it has only been asked for. */
export interface RunFile {
  readonly run: RunRef;
  readonly path: string;
  readonly file: FileRecord | null;
}

/** Which files the client asks for. */
export interface RunFilesAsk {
  readonly names: readonly string[];
  /** A pattern of SQL's LIKE. */
  readonly pattern: string | null;
  /** Only files after this path. */
  readonly after: string | null;
  readonly first: number;
}

/** A page of files, by path. */
export interface RunFilePage {
  readonly files: readonly RunFile[];
  readonly hasNextPage: boolean;
}

/** Files that are looked at in one go when a pattern has to be tried on each. */
const PART = 1_000;

/**
 * A page of the files of a run. Of names that were asked for, all are listed, whether there is such a file or not: the client takes
 * the first of what it gets for what it asked.
 */
export async function listRunFiles(context: RequestContext, run: RunRef, ask: RunFilesAsk): Promise<RunFilePage> {
  if (ask.names.length > 0) return namedFiles(context, run, ask);
  const isWanted = ask.pattern ? likeMatcher(ask.pattern) : () => true;
  const prefix = likePrefix(ask.pattern ?? '');
  const limit = ask.pattern ? PART : ask.first + 1;
  const found: FileRecord[] = [];
  let { after } = ask;
  for (let more = true; more && found.length <= ask.first; ) {
    const part = await context.loaders.filePages.load({ run, prefix, contentType: null, after, limit });
    found.push(...part.filter((file) => isWanted(file.path)));
    after = part.at(-1)?.path ?? null;
    more = part.length === limit;
  }
  const files = found.slice(0, ask.first).map((file) => ({ run, path: file.path, file }));
  return { files, hasNextPage: found.length > ask.first };
}

async function namedFiles({ loaders }: RequestContext, run: RunRef, ask: RunFilesAsk): Promise<RunFilePage> {
  checkCount(ask.names, LIMITS.page, ['names']);
  const { after } = ask;
  // The client asks with the path that its user gave, and stored the file without a dot before it.
  const names = ask.names.map((name) => name.replace(/^(?:\.\/)+/, ''));
  const paths = [...new Set(names)].filter((path) => !path.includes('\0')).sort();
  const beyond = paths.filter((path) => after === null || path > after);
  const page = beyond.slice(0, ask.first);
  const files = await Promise.all(
    page.map(async (path) => ({ run, path, file: await loaders.files.load({ ...run, path }) })),
  );
  return { files, hasNextPage: beyond.length > page.length };
}
