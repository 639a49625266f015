import type { AppendRecord } from './append-store.ts';
import type { Queryable } from './history-store.ts';

/** A group of rows of one of the runs of a project. It supersedes no explicit value, and its run was not given up. */
export interface RunAppend {
  readonly runId: string;
  readonly record: AppendRecord;
}

const COLUMNS = {
  run_id: 'uuid',
  revision: 'bigint',
  row_count: 'bigint',
  last_step: 'bigint',
  seq: 'int',
  at: 'timestamptz',
  segment_rows: 'int',
  segment_first: 'bigint',
  segment_last: 'bigint',
  body_from: 'int',
  body_length: 'int',
  state_from: 'int',
  state_length: 'int',
} as const;

type AppendRow = Readonly<Record<keyof typeof COLUMNS, unknown>>;

/** How many parameters come before those of the columns. */
const OTHERS = 5;

const STATEMENT = `/* storeAppends */
  WITH given AS (
    SELECT * FROM unnest(${Object.values(COLUMNS)
      .map((type, i) => `$${OTHERS + 1 + i}::${type}[]`)
      .join(', ')}) AS g (${Object.keys(COLUMNS).join(', ')})),
  free AS MATERIALIZED (
    SELECT g.* FROM given g JOIN run_summary s ON s.project_id = $1 AND s.run_id = g.run_id AND s.revision = g.revision
      JOIN run r ON r.project_id = $1 AND r.id = g.run_id
    FOR NO KEY UPDATE OF s SKIP LOCKED FOR KEY SHARE OF r SKIP LOCKED),
  written AS (
    UPDATE run_summary s
    SET revision = s.revision + 1, row_count = g.row_count, last_step = g.last_step, last_seq = g.seq, heartbeat_at = g.at,
        fields_stale = true,
        state = CASE WHEN g.state_length > 0 THEN substring($2::bytea FROM g.state_from FOR g.state_length) ELSE s.state END,
        state_seq = CASE WHEN g.state_length > 0 THEN g.seq ELSE s.state_seq END
    FROM free g WHERE s.project_id = $1 AND s.run_id = g.run_id AND s.revision = g.revision
    RETURNING g.*),
  segment AS (
    INSERT INTO history_segment (project_id, run_id, seq, row_count, first_step, last_step, body, created_at)
    SELECT $1::uuid, run_id, seq, segment_rows, segment_first, segment_last, substring($2::bytea FROM body_from FOR body_length), at
    FROM written),
  positions AS (
    INSERT INTO run_writer (project_id, run_id, writer, accepted_rows, updated_at)
    SELECT $1::uuid, g.run_id, w.writer, w.rows, g.at
    FROM written g JOIN unnest($3::uuid[], $4::text[], $5::bigint[]) AS w (run_id, writer, rows) ON w.run_id = g.run_id
    ON CONFLICT (project_id, run_id, writer)
    DO UPDATE SET accepted_rows = excluded.accepted_rows, updated_at = excluded.updated_at)
  SELECT run_id AS "runId" FROM written`;

/**
 * Stores groups of rows of different runs of one project in one statement, each as `storeAppend` does, or not at all.
 *
 * @returns the ids of the runs that were stored. Nothing was stored of one that has changed since its `knownRevision`, that is gone, or
 * that somebody is changing at this moment: this never waits for another writer.
 */
export async function storeAppends(
  client: Queryable,
  projectId: string,
  appends: readonly RunAppend[],
): Promise<ReadonlySet<string>> {
  const bytes = new Bytes();
  const rows = appends.map((append) => rowOf(append, bytes));
  const writers = appends.flatMap(({ runId, record }) =>
    [...record.writers].map(([name, count]) => [runId, name, count]),
  );
  // Object.keys forgets that the names are those of COLUMNS.
  const names = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
  const stored = await client.query<{ runId: string }>({
    name: 'store-appends',
    text: STATEMENT,
    values: [
      projectId,
      bytes.all(),
      ...[0, 1, 2].map((place) => writers.map((writer) => writer[place])),
      ...names.map((name) => rows.map((row) => row[name])),
    ],
  });
  return new Set(stored.rows.map(({ runId }) => runId));
}

function rowOf({ runId, record }: RunAppend, bytes: Bytes): AppendRow {
  const { segment, state } = record;
  return {
    run_id: runId,
    revision: record.knownRevision,
    row_count: record.rowCount,
    last_step: record.lastStep,
    seq: record.seq,
    at: record.at,
    segment_rows: segment.rowCount,
    segment_first: segment.firstStep,
    segment_last: segment.lastStep,
    body_from: bytes.add(segment.body),
    body_length: segment.body.byteLength,
    state_from: state ? bytes.add(state) : 1,
    state_length: state?.byteLength ?? 0,
  };
}

/** Many pieces as one bytea: a list of them would be sent as text. */
class Bytes {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  /** Adds a piece. @returns where it begins, counted from 1 as SQL does */
  add(part: Uint8Array): number {
    this.#parts.push(part);
    this.#length += part.byteLength;
    return this.#length - part.byteLength + 1;
  }

  all(): Buffer {
    return Buffer.concat(this.#parts, this.#length);
  }
}
