import type { Queryable } from '../history/history-store.ts';
import type { RunRef } from '../services.ts';
import { RUN_COLUMNS, RUN_TABLES, type RunRecord, type RunRow, type RunState, runFromRow } from './run-record.ts';

/** The two documents of a run that are stored as JSON text. */
export type RunDocument = 'config' | 'metadata';

/** The runs that these refer to, in no order; one that is not there is left out. */
export async function findRuns(client: Queryable, refs: readonly RunRef[]): Promise<RunRecord[]> {
  const found = await client.query<RunRow>({
    name: 'find-runs',
    text: `/* findRuns */ SELECT ${RUN_COLUMNS} FROM unnest($1::uuid[], $2::uuid[]) AS wanted (project_id, id), ${RUN_TABLES}
      WHERE r.project_id = wanted.project_id AND r.id = wanted.id`,
    values: [refs.map((ref) => ref.projectId), refs.map((ref) => ref.runId)],
  });
  return found.rows.map(runFromRow);
}

/** The run that has this name in a project. */
export async function findRunByName(
  client: Queryable,
  projectId: string,
  name: string,
): Promise<RunRecord | undefined> {
  const found = await client.query<RunRow>({
    name: 'find-run-by-name',
    text: `/* findRunByName */ SELECT ${RUN_COLUMNS} FROM ${RUN_TABLES} WHERE r.project_id = $1 AND r.name = $2`,
    values: [projectId, name],
  });
  const row = found.rows[0];
  return row && runFromRow(row);
}

/**
 * The stored text of one document of each of these runs, by run id.
 *
 * The text is null where reading all of them would take more than `maxBytes`.
 */
export async function findRunDocuments(
  client: Queryable,
  document: RunDocument,
  ask: { readonly refs: readonly RunRef[]; readonly maxBytes: number },
): Promise<Map<string, string | null>> {
  const found = await client.query<{ id: string; text: string | null }>({
    name: `find-run-documents-${document}`,
    text: `/* findRunDocuments */
      SELECT id, CASE WHEN sum(octet_length(${document})) OVER () <= $3 THEN ${document} END AS text
      FROM run JOIN unnest($1::uuid[], $2::uuid[]) AS wanted (project_id, run_id)
        ON run.project_id = wanted.project_id AND run.id = wanted.run_id`,
    values: [ask.refs.map((ref) => ref.projectId), ask.refs.map((ref) => ref.runId), ask.maxBytes],
  });
  return new Map(found.rows.map((row) => [row.id, row.text]));
}

/** What is stored of a run that begins. */
export interface NewRun {
  readonly projectId: string;
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly userId: string;
  readonly group: string | null;
  readonly jobType: string | null;
  readonly tags: readonly string[];
  readonly notes: string;
  /** Stored JSON text. */
  readonly config: string;
  /** Stored JSON text. */
  readonly metadata: string;
  readonly at: Date;
}

/** Stores a run, inside a transaction. @returns false when the name is taken in its project, and nothing was stored. */
export async function insertRun(client: Queryable, run: NewRun): Promise<boolean> {
  const stored = await client.query(
    `/* insertRun */ INSERT INTO run (project_id, id, name, display_name, state, user_id, "group", job_type, tags, notes, config, metadata,
       created_at, started_at)
     VALUES ($1, $2, $3, $4, 'running', $5, $6, $7, $8, $9, $10, $11, $12, $12) ON CONFLICT (project_id, name) DO NOTHING`,
    [
      run.projectId,
      run.id,
      run.name,
      run.displayName,
      run.userId,
      run.group,
      run.jobType,
      run.tags,
      run.notes,
      run.config,
      run.metadata,
      run.at,
    ],
  );
  return stored.rowCount === 1;
}

/** Of a run, what a change may depend on. */
export interface ChangeableRun {
  readonly state: RunState;
  readonly exitCode: number | null;
  /** Stored JSON text. */
  readonly config: string;
}

/** What a change of a run may depend on, as of now. */
export async function findChangeable(client: Queryable, run: RunRef): Promise<ChangeableRun | undefined> {
  const found = await client.query<ChangeableRun>(
    `/* findChangeable */ SELECT state, exit_code AS "exitCode", config FROM run WHERE project_id = $1 AND id = $2`,
    [run.projectId, run.runId],
  );
  return found.rows[0];
}

/** As `findChangeable`, and nobody else changes it before the transaction ends. */
export async function lockRun(client: Queryable, run: RunRef): Promise<ChangeableRun | undefined> {
  const found = await client.query<ChangeableRun>(
    `/* lockRun */ SELECT state, exit_code AS "exitCode", config FROM run WHERE project_id = $1 AND id = $2 FOR NO KEY UPDATE`,
    [run.projectId, run.runId],
  );
  return found.rows[0];
}

/** What may be changed of a run; an attribute left undefined stays as it is. */
export interface RunChanges {
  readonly displayName?: string | undefined;
  readonly group?: string | null | undefined;
  readonly jobType?: string | null | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly notes?: string | undefined;
  readonly config?: string | undefined;
  readonly metadata?: string | undefined;
  readonly state?: RunState | undefined;
  readonly exitCode?: number | null | undefined;
  readonly startedAt?: Date | undefined;
  readonly finishedAt?: Date | null | undefined;
}

const COLUMN_OF: Record<keyof RunChanges, string> = {
  displayName: 'display_name',
  group: '"group"',
  jobType: 'job_type',
  tags: 'tags',
  notes: 'notes',
  config: 'config',
  metadata: 'metadata',
  state: 'state',
  exitCode: 'exit_code',
  startedAt: 'started_at',
  finishedAt: 'finished_at',
};

/** Stores what changed of a run; nothing when nothing did. */
export async function storeRunChanges(client: Queryable, run: RunRef, changes: RunChanges): Promise<void> {
  const values: unknown[] = [run.projectId, run.runId];
  const set = Object.entries(COLUMN_OF).flatMap(([attribute, column]) => {
    // Object.entries forgets that the keys of COLUMN_OF are those of RunChanges.
    const value = changes[attribute as keyof RunChanges];
    return value === undefined ? [] : [`${column} = $${values.push(value)}`];
  });
  if (set.length === 0) return;
  await client.query(
    `/* storeRunChanges */ UPDATE run SET ${set.join(', ')} WHERE project_id = $1 AND id = $2`,
    values,
  );
}

/** Removes a run with its history, inside a transaction that may take minutes. */
export async function removeRun(client: Queryable, run: RunRef): Promise<void> {
  await client.query(`/* removeRun */ SET LOCAL statement_timeout = '10min'`);
  // The segments first, as by a compaction, which a deletion waits for; then the summary before the run, as by every other write.
  await client.query(
    `/* removeRun */ SELECT 1 FROM history_segment WHERE project_id = $1 AND run_id = $2 ORDER BY seq FOR UPDATE`,
    [run.projectId, run.runId],
  );
  await client.query(`/* removeRun */ SELECT 1 FROM run_summary WHERE project_id = $1 AND run_id = $2 FOR UPDATE`, [
    run.projectId,
    run.runId,
  ]);
  await client.query(`/* removeRun */ DELETE FROM run WHERE project_id = $1 AND id = $2`, [run.projectId, run.runId]);
}

/** Notes that a run was heard of, and takes it back if it had been given up as crashed. */
export async function storeHeartbeat(client: Queryable, run: RunRef, at: Date): Promise<void> {
  // Every write locks a run's summary before the run itself, so that no two of them wait for each other.
  await client.query({
    name: 'store-heartbeat',
    text: `/* storeHeartbeat */
      WITH known AS (SELECT 1 FROM run_summary WHERE project_id = $1 AND run_id = $2 FOR NO KEY UPDATE),
      revived AS (
        UPDATE run SET state = 'running', finished_at = NULL FROM known
        WHERE project_id = $1 AND id = $2 AND state = 'crashed' RETURNING 1)
      UPDATE run_summary SET heartbeat_at = greatest(heartbeat_at, $3), revision = revision + (SELECT count(*) FROM revived),
        fields_stale = fields_stale OR EXISTS (SELECT FROM revived)
      WHERE project_id = $1 AND run_id = $2`,
    values: [run.projectId, run.runId, at],
  });
}

/** Gives up at most `limit` running runs that were last heard of before `silentSince`; they count as ended when they were last heard of. */
export async function storeCrashes(client: Queryable, silentSince: Date, limit: number): Promise<RunRef[]> {
  const stored = await client.query<RunRef>({
    name: 'store-crashes',
    text: `/* storeCrashes */
      WITH silent AS (
        SELECT s.project_id, s.run_id, s.heartbeat_at FROM run r JOIN run_summary s ON s.project_id = r.project_id AND s.run_id = r.id
        WHERE r.state = 'running' AND s.heartbeat_at < $1 LIMIT $2 FOR NO KEY UPDATE OF s SKIP LOCKED),
      crashed AS (
        UPDATE run SET state = 'crashed', finished_at = silent.heartbeat_at FROM silent
        WHERE run.project_id = silent.project_id AND run.id = silent.run_id AND run.state = 'running'
        RETURNING run.project_id, run.id)
      UPDATE run_summary s SET revision = s.revision + 1, fields_stale = true FROM crashed
      WHERE s.project_id = crashed.project_id AND s.run_id = crashed.id
      RETURNING s.project_id AS "projectId", s.run_id AS "runId"`,
    values: [silentSince, limit],
  });
  return stored.rows;
}
