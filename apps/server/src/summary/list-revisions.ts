import { formatCursor, parseTextCursor } from '../graphql/cursor.ts';
import { type Connection, connectionOf, type PageArguments, readPage } from '../graphql/page.ts';
import { ServerError } from '../server-error.ts';
import type { RunRef, Services } from '../services.ts';
import { type RevisionView, revisionOfStored } from './summary-revision-type.ts';
import { countChanges, findChanges } from './summary-store.ts';

const CURSOR = 'revision';

/** A page of the changes of a run's summary, newest first. */
export async function listRevisions(
  services: Services,
  run: RunRef,
  args: PageArguments,
): Promise<Connection<RevisionView>> {
  const { pool } = services.database;
  const page = readPage(args);
  const after = page.cursor === null ? null : readPlace(parseTextCursor(CURSOR, page.cursor, 'after'));
  const found = await findChanges(pool, run, { first: page.size + 1, after });
  return connectionOf(found.map(revisionOfStored), page, {
    cursorOf: (change) => formatCursor(CURSOR, `${change.revision} ${change.key}`),
    totalCount: () => countChanges(pool, run),
  });
}

function readPlace(text: string): { revision: number; key: string } {
  const [, revision, key] = /^(\d{1,9}) (.*)$/s.exec(text) ?? [];
  if (revision === undefined || key === undefined)
    throw new ServerError('INVALID_CURSOR', 'after is not a cursor of this list', ['after']);
  return { revision: Number(revision), key };
}
