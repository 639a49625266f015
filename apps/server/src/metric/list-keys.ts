import { formatCursor, parseTextCursor } from '../graphql/cursor.ts';
import { type Connection, connectionOf, type PageArguments, readPage } from '../graphql/page.ts';
import type { Services } from '../services.ts';
import type { KeySection } from './metric-keys.ts';
import { countProjectKeys, findProjectKeys, type ProjectKey } from './project-key-store.ts';

const CURSOR = 'key';

/** A page of the keys of a project, by code point; every write that was acknowledged before the call is seen. */
export async function listKeys(
  services: Services,
  projectId: string,
  args: PageArguments & { readonly section: KeySection; readonly prefix?: string | null | undefined },
): Promise<Connection<ProjectKey>> {
  const { pool } = services.database;
  // Keys that were only set by hand get their place when the fields of their runs are brought up to date.
  if (args.section === 'summary') await services.fields.refresh(projectId);
  const page = readPage(args);
  const after = page.cursor === null ? null : parseTextCursor(CURSOR, page.cursor, 'after');
  const selection = { projectId, section: args.section, prefix: args.prefix ?? '' };
  return connectionOf(await findProjectKeys(pool, selection, { after, limit: page.size + 1 }), page, {
    cursorOf: (key) => formatCursor(CURSOR, key.key),
    totalCount: () => countProjectKeys(pool, selection),
  });
}
