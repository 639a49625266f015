import type { Queryable } from '../history/history-store.ts';
import type { RunRef } from '../services.ts';

/** A file of a run as it is now. */
export interface FileRecord {
  readonly projectId: string;
  readonly runId: string;
  readonly path: string;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly size: number;
  readonly contentType: string;
  /** Who put these bytes there. */
  readonly userId: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Names one file. */
export interface FileRef extends RunRef {
  readonly path: string;
}

/** A file with the name of the object that its bytes are. */
export interface StoredFile extends FileRecord {
  readonly objectId: string;
}

/** Which files of a run are wanted. */
export interface FileSelection {
  readonly run: RunRef;
  /** Paths that begin with it. */
  readonly prefix: string;
  /** A content type without its parameters, or `kind/*`; null for all. */
  readonly contentType: string | null;
}

/** A part of a selection, by path. */
export interface FilePage extends FileSelection {
  /** Only paths after this one. */
  readonly after: string | null;
  readonly limit: number;
}

const COLUMNS = `f.project_id AS "projectId", f.run_id AS "runId", f.path, f.sha256, f.size, f.content_type AS "contentType",
  f.user_id AS "userId", f.created_at AS "createdAt", f.updated_at AS "updatedAt"`;

// `starts_with` and the comparison of the end instead of LIKE: what is given may hold % and _.
const SELECTED = `f.project_id = w.project_id AND f.run_id = w.run_id
  AND starts_with(f.path, w.prefix) AND f.path >= w.prefix
  AND (w.type IS NULL OR lower(btrim(split_part(f.content_type, ';', 1))) = w.type
    OR right(w.type, 2) = '/*' AND starts_with(lower(f.content_type), left(w.type, -1)))`;

/** For each of the pages its files, by path; one statement for all of them. */
export async function findFilePages(client: Queryable, pages: readonly FilePage[]): Promise<FileRecord[][]> {
  const found = await client.query<FileRecord & { page: number }>({
    name: 'find-file-pages',
    text: `/* findFilePages */
      SELECT w.page::int AS page, found.* FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::int[])
        WITH ORDINALITY AS w (project_id, run_id, prefix, type, after, size, page),
      LATERAL (SELECT ${COLUMNS} FROM file f WHERE ${SELECTED} AND (w.after IS NULL OR f.path > w.after COLLATE "C")
        ORDER BY f.path LIMIT w.size) AS found
      ORDER BY w.page, found.path`,
    values: [...selectionValues(pages), pages.map((page) => page.after), pages.map((page) => page.limit)],
  });
  const byPage: FileRecord[][] = pages.map(() => []);
  for (const { page, ...file } of found.rows) byPage[page - 1]?.push(file);
  return byPage;
}

/** How many files each of the selections has; one statement for all of them. */
export async function countFiles(client: Queryable, selections: readonly FileSelection[]): Promise<number[]> {
  const found = await client.query<{ count: number }>({
    name: 'count-files',
    text: `/* countFiles */
      SELECT (SELECT count(*) FROM file f WHERE ${SELECTED})::int AS count
      FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) WITH ORDINALITY AS w (project_id, run_id, prefix, type, page)
      ORDER BY w.page`,
    values: selectionValues(selections),
  });
  return found.rows.map((row) => row.count);
}

/** The files that these refer to, in no order; one that is not there is left out. */
export async function findFiles(client: Queryable, refs: readonly FileRef[]): Promise<FileRecord[]> {
  const found = await client.query<FileRecord>({
    name: 'find-files',
    text: `/* findFiles */ SELECT ${COLUMNS} FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS w (project_id, run_id, path)
      JOIN file f ON f.project_id = w.project_id AND f.run_id = w.run_id AND f.path = w.path COLLATE "C"`,
    values: [refs.map((ref) => ref.projectId), refs.map((ref) => ref.runId), refs.map((ref) => ref.path)],
  });
  return found.rows;
}

/** Names the bytes of a file of a run. */
export interface FileHash extends RunRef {
  /** Lower-case hex. */
  readonly sha256: string;
}

/** For each of these hashes the first file, by path, of the run that has these bytes; one without is left out. */
export async function findFilesByHash(client: Queryable, hashes: readonly FileHash[]): Promise<FileRecord[]> {
  const found = await client.query<FileRecord>({
    name: 'find-files-by-hash',
    text: `/* findFilesByHash */ SELECT found.* FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS w (project_id, run_id, sha256),
      LATERAL (SELECT ${COLUMNS} FROM file f
        WHERE f.project_id = w.project_id AND f.run_id = w.run_id AND f.sha256 = w.sha256 ORDER BY f.path LIMIT 1) AS found`,
    values: [hashes.map((one) => one.projectId), hashes.map((one) => one.runId), hashes.map((one) => one.sha256)],
  });
  return found.rows;
}

/** The file at a path, with the object that its bytes are. */
export async function findStoredFile(
  client: Queryable,
  { projectId, runId, path }: FileRef,
): Promise<StoredFile | undefined> {
  const found = await client.query<StoredFile>({
    name: 'find-stored-file',
    text: `/* findStoredFile */ SELECT ${COLUMNS}, b.object_id AS "objectId" FROM file f
      JOIN blob b ON b.project_id = f.project_id AND b.sha256 = f.sha256
      WHERE f.project_id = $1 AND f.run_id = $2 AND f.path = $3`,
    values: [projectId, runId, path],
  });
  return found.rows[0];
}

/** What a file is stored with. */
export type NewFile = Omit<FileRecord, 'createdAt' | 'updatedAt'> & { readonly at: Date };

/** Stores a file in place of the one at its path, inside a transaction that holds the run's totals. */
export async function putFile(client: Queryable, file: NewFile): Promise<FileRecord> {
  const stored = await client.query<FileRecord>(
    `/* putFile */ INSERT INTO file AS f (project_id, run_id, path, sha256, size, content_type, user_id, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
     ON CONFLICT (project_id, run_id, path) DO UPDATE SET sha256 = excluded.sha256, size = excluded.size,
       content_type = excluded.content_type, user_id = excluded.user_id, updated_at = excluded.updated_at
     RETURNING ${COLUMNS}`,
    [file.projectId, file.runId, file.path, file.sha256, file.size, file.contentType, file.userId, file.at],
  );
  const record = stored.rows[0];
  if (!record) throw new Error('a file that was stored is not there');
  return record;
}

/** Removes a file, inside a transaction that holds the run's totals. @returns its size, or undefined when there was none */
export async function removeFile(client: Queryable, { projectId, runId, path }: FileRef): Promise<number | undefined> {
  const removed = await client.query<{ size: number }>(
    `/* removeFile */ DELETE FROM file WHERE project_id = $1 AND run_id = $2 AND path = $3 RETURNING size`,
    [projectId, runId, path],
  );
  return removed.rows[0]?.size;
}

function selectionValues(selections: readonly FileSelection[]): unknown[] {
  return [
    selections.map(({ run }) => run.projectId),
    selections.map(({ run }) => run.runId),
    selections.map(({ prefix }) => prefix),
    selections.map(({ contentType }) => contentType?.toLowerCase() ?? null),
  ];
}
