import type { PoolClient } from 'pg';
import type { Queryable } from '../history/history-store.ts';
import type { FieldRow } from './field-row.ts';

/** One field of one run, its key as a number. */
export interface StoredField {
  readonly runId: string;
  readonly keyId: number;
  readonly row: FieldRow;
}

/** Which revision of a run its fields are about to show. */
export interface RunRevision {
  readonly runId: string;
  readonly revision: number;
}

/** Fields that one INSERT takes: bounds the size of a statement, not of a run. */
const FIELDS_PER_STATEMENT = 10_000;

const VALUE_COLUMNS = [
  'number',
  'text',
  'boolean',
  'last',
  'first',
  'min',
  'max',
  'mean',
  'sum',
  'variance',
  'best',
  'count',
  'nan_count',
] as const;

const UPSERT_FIELDS = `/* upsertFields */
  INSERT INTO run_field (project_id, section, key_id, run_id, ${VALUE_COLUMNS.join(', ')})
  SELECT $1::uuid, 'summary', key_id, run_id, ${VALUE_COLUMNS.join(', ')}
  FROM unnest($2::int[], $3::uuid[], $4::float8[], $5::text[], $6::boolean[], $7::float8[], $8::float8[], $9::float8[], $10::float8[],
              $11::float8[], $12::float8[], $13::float8[], $14::float8[], $15::bigint[], $16::bigint[])
    AS field (key_id, run_id, ${VALUE_COLUMNS.join(', ')})
  ON CONFLICT (project_id, section, key_id, run_id)
  DO UPDATE SET ${VALUE_COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}
  WHERE (${VALUE_COLUMNS.map((column) => `run_field.${column}`).join(', ')})
    IS DISTINCT FROM (${VALUE_COLUMNS.map((column) => `excluded.${column}`).join(', ')})`;

/** The runs of a project whose fields are behind their summaries. */
export async function findStaleRuns(client: Queryable, projectId: string): Promise<string[]> {
  const found = await client.query<{ run_id: string }>({
    name: 'find-stale-runs',
    text: `/* findStaleRuns */ SELECT run_id FROM run_summary WHERE project_id = $1 AND fields_stale ORDER BY run_id`,
    values: [projectId],
  });
  return found.rows.map((row) => row.run_id);
}

/**
 * Locks the runs until the transaction ends, so that two servers never write the fields of one run at once, and tells
 * which of them no newer refresh has passed. A run that is gone is not among them.
 */
export async function lockRunsToRefresh(
  client: PoolClient,
  projectId: string,
  runs: readonly RunRevision[],
): Promise<Set<string>> {
  const locked = await client.query<{ run_id: string; field_revision: number }>({
    name: 'lock-runs-to-refresh',
    text: `/* lockRunsToRefresh */ SELECT run_id, field_revision::float8 AS field_revision FROM run_summary
      WHERE project_id = $1 AND run_id = ANY($2::uuid[]) ORDER BY run_id FOR NO KEY UPDATE`,
    values: [projectId, runs.map((run) => run.runId)],
  });
  const shown = new Map(locked.rows.map((row) => [row.run_id, row.field_revision]));
  return new Set(
    runs.filter((run) => (shown.get(run.runId) ?? Number.POSITIVE_INFINITY) <= run.revision).map((run) => run.runId),
  );
}

/** Writes summary fields, touching only rows that differ from what is stored. */
export async function upsertSummaryFields(
  client: PoolClient,
  projectId: string,
  fields: readonly StoredField[],
): Promise<void> {
  for (let start = 0; start < fields.length; start += FIELDS_PER_STATEMENT) {
    const part = fields.slice(start, start + FIELDS_PER_STATEMENT);
    await client.query({
      name: 'upsert-fields',
      text: UPSERT_FIELDS,
      values: [
        projectId,
        part.map((field) => field.keyId),
        part.map((field) => field.runId),
        ...VALUE_COLUMNS.map((column) => part.map(({ row }) => (column === 'nan_count' ? row.nanCount : row[column]))),
      ],
    });
  }
}

/** Deletes the summary fields of these runs that are not among `fields`. */
export async function deleteVanishedFields(
  client: PoolClient,
  projectId: string,
  kept: { runIds: readonly string[]; fields: readonly StoredField[] },
): Promise<void> {
  await client.query({
    name: 'delete-vanished-fields',
    text: `/* deleteVanishedFields */ DELETE FROM run_field
      WHERE project_id = $1 AND section = 'summary' AND run_id = ANY($2::uuid[])
        AND NOT EXISTS (SELECT 1 FROM unnest($3::uuid[], $4::int[]) AS kept (run_id, key_id)
                        WHERE kept.run_id = run_field.run_id AND kept.key_id = run_field.key_id)`,
    values: [projectId, kept.runIds, kept.fields.map((field) => field.runId), kept.fields.map((field) => field.keyId)],
  });
}

/** Notes which revision the fields of each run show; a run that has moved on since stays stale. */
export async function markRefreshed(
  client: PoolClient,
  projectId: string,
  runs: readonly RunRevision[],
): Promise<void> {
  await client.query({
    name: 'mark-refreshed',
    text: `/* markRefreshed */ UPDATE run_summary s SET field_revision = shown.revision, fields_stale = s.revision <> shown.revision
      FROM unnest($2::uuid[], $3::bigint[]) AS shown (run_id, revision)
      WHERE s.project_id = $1 AND s.run_id = shown.run_id`,
    values: [projectId, runs.map((run) => run.runId), runs.map((run) => run.revision)],
  });
}
