import type { RunRef } from '../services.ts';
import type { Queryable } from './history-store.ts';

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
