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

/** What one accepted group of rows changes in the database. */
export interface AppendRecord {
  /** The revision that this append builds on; the append happens only if it is still the run's. */
  readonly knownRevision: number;
  readonly rowCount: number;
  readonly lastStep: number;
  readonly seq: number;
  readonly at: Date;
  readonly segment: {
    readonly rowCount: number;
    readonly firstStep: number;
    readonly lastStep: number;
    readonly body: Uint8Array;
  };
  /** Encoded metric states as of this segment, or null to leave the older ones with the segments after them. */
  readonly state: Uint8Array | null;
  readonly writers: ReadonlyMap<string, number>;
  /** Set when the rows superseded explicit values. */
  readonly explicit: { readonly text: string; readonly editRevision: number } | null;
  /** Whether the run had been given up as crashed and now runs again. */
  readonly revive: boolean;
}

/**
 * Stores a group of rows in one statement: the run's summary row, the segment and the writers' positions, or nothing.
 *
 * @returns false when the run has changed since `knownRevision` (or is gone) and nothing was stored.
 */
export async function storeAppend(client: Queryable, run: RunRef, record: AppendRecord): Promise<boolean> {
  const values: unknown[] = [
    run.projectId,
    run.runId,
    record.knownRevision,
    record.rowCount,
    record.lastStep,
    record.seq,
    record.at,
    record.segment.rowCount,
    record.segment.firstStep,
    record.segment.lastStep,
    record.segment.body,
    [...record.writers.keys()],
    [...record.writers.values()],
  ];
  const extra: string[] = [];
  const withState = record.state !== null;
  if (record.state) extra.push(`state = $${values.push(record.state)}, state_seq = $6`);
  if (record.explicit) {
    extra.push(
      `explicit = $${values.push(record.explicit.text)}, edit_revision = $${values.push(record.explicit.editRevision)}`,
    );
  }
  const stored = await client.query<{ written: number }>({
    name: `store-append${withState ? '-state' : ''}${record.explicit ? '-explicit' : ''}${record.revive ? '-revive' : ''}`,
    text: appendStatement(extra, record.revive),
    values,
  });
  return stored.rows[0]?.written === 1;
}

function appendStatement(extra: readonly string[], revive: boolean): string {
  const set = ['', ...extra].join(', ');
  const revived = `, revived AS (
      UPDATE run SET state = 'running', finished_at = NULL FROM written WHERE run.project_id = $1 AND run.id = $2)`;
  return `/* storeAppend */
    WITH written AS (
      UPDATE run_summary
      SET revision = revision + 1, row_count = $4, last_step = $5, last_seq = $6, heartbeat_at = $7, fields_stale = true${set}
      WHERE project_id = $1 AND run_id = $2 AND revision = $3
      RETURNING 1),
    segment AS (
      INSERT INTO history_segment (project_id, run_id, seq, row_count, first_step, last_step, body, created_at)
      SELECT $1::uuid, $2::uuid, $6::int, $8::int, $9::bigint, $10::bigint, $11::bytea, $7::timestamptz FROM written),
    positions AS (
      INSERT INTO run_writer (project_id, run_id, writer, accepted_rows, updated_at)
      SELECT $1::uuid, $2::uuid, w.writer, w.rows, $7::timestamptz
      FROM written, unnest($12::text[], $13::bigint[]) AS w (writer, rows)
      ON CONFLICT (project_id, run_id, writer)
      DO UPDATE SET accepted_rows = excluded.accepted_rows, updated_at = excluded.updated_at)${revive ? revived : ''}
    SELECT count(*)::int AS written FROM written`;
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
