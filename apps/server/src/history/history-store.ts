import type { Pool, PoolClient } from 'pg';
import type { RunRef } from '../services.ts';

/** Either the pool or one of its connections: reads that may stand inside a transaction take this. */
export type Queryable = Pick<Pool | PoolClient, 'query'>;

/** A run's stored history state, before its metric states are decoded. */
export interface StoredRunState {
  readonly lifecycle: string;
  readonly revision: number;
  readonly editRevision: number;
  readonly rowCount: number;
  readonly lastStep: number | null;
  readonly lastSeq: number;
  readonly state: Buffer;
  readonly stateSeq: number;
  readonly explicit: string;
}

/** One stored segment. */
export interface StoredSegment {
  readonly seq: number;
  readonly body: Buffer;
}

/** A run's summary row and lifecycle, or undefined when there is no such run. */
export async function findRunState(client: Queryable, run: RunRef): Promise<StoredRunState | undefined> {
  const found = await client.query<StoredRunState>({
    name: 'find-run-state',
    text: `/* findRunState */
      SELECT r.state AS lifecycle, s.revision::float8 AS revision, s.edit_revision AS "editRevision", s.row_count::float8 AS "rowCount",
             s.last_step::float8 AS "lastStep", s.last_seq AS "lastSeq", s.state, s.state_seq AS "stateSeq", s.explicit
      FROM run r JOIN run_summary s ON s.project_id = r.project_id AND s.run_id = r.id
      WHERE r.project_id = $1 AND r.id = $2`,
    values: [run.projectId, run.runId],
  });
  return found.rows[0];
}

/** All segments of a run that are not yet merged into chunks, in order of arrival. */
export async function findSegments(client: Queryable, run: RunRef): Promise<StoredSegment[]> {
  const found = await client.query<StoredSegment>({
    name: 'find-segments',
    text: `/* findSegments */ SELECT seq, body FROM history_segment WHERE project_id = $1 AND run_id = $2 ORDER BY seq`,
    values: [run.projectId, run.runId],
  });
  return found.rows;
}

/** How many rows each writer of a run has had accepted. */
export async function findWriters(client: Queryable, run: RunRef): Promise<Map<string, number>> {
  const found = await client.query<{ writer: string; rows: number }>({
    name: 'find-writers',
    text: `/* findWriters */ SELECT writer, accepted_rows::float8 AS rows FROM run_writer WHERE project_id = $1 AND run_id = $2`,
    values: [run.projectId, run.runId],
  });
  return new Map(found.rows.map((row) => [row.writer, row.rows]));
}

/** Makes the empty history of a new run, inside the transaction that makes the run. */
export async function createRunHistory(
  client: Queryable,
  run: RunRef,
  history: { emptyState: Uint8Array; at: Date },
): Promise<void> {
  await client.query(
    `/* createRunHistory */ INSERT INTO run_summary (project_id, run_id, heartbeat_at, state) VALUES ($1, $2, $3, $4)`,
    [run.projectId, run.runId, history.at, history.emptyState],
  );
}

/** Tells everyone who watches the run that something of it changed. */
export async function bumpRevision(client: Queryable, run: RunRef): Promise<void> {
  await client.query(
    `/* bumpRevision */ UPDATE run_summary SET revision = revision + 1, fields_stale = true WHERE project_id = $1 AND run_id = $2`,
    [run.projectId, run.runId],
  );
}
