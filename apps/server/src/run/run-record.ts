import type { RunRef } from '../services.ts';

/** The states of a run, as stored. `crashed` is given by the sweep and taken back by the next row or heartbeat. */
export const RUN_STATES = ['running', 'finished', 'failed', 'crashed'] as const;

/** One of `RUN_STATES`. */
export type RunState = (typeof RUN_STATES)[number];

/** A run without its documents: what lists, filters and access decisions need. Config and metadata are loaded apart. */
export interface RunRecord {
  readonly projectId: string;
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly state: RunState;
  readonly exitCode: number | null;
  readonly userId: string;
  readonly group: string | null;
  readonly jobType: string | null;
  readonly tags: readonly string[];
  readonly notes: string;
  readonly createdAt: Date;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  /** Grows with every change of the run. */
  readonly revision: number;
  /** Distinct steps. */
  readonly rowCount: number;
  readonly lastStep: number | null;
  readonly heartbeatAt: Date;
}

/** Where a run lies. */
export function refOf(run: Pick<RunRecord, 'projectId' | 'id'>): RunRef {
  return { projectId: run.projectId, runId: run.id };
}

/** The columns that `runFromRow` reads, of `run r` joined with `run_summary s`. */
export const RUN_COLUMNS = `r.project_id, r.id, r.name, r.display_name, r.state, r.exit_code, r.user_id, r."group", r.job_type,
  r.tags, r.notes, r.created_at, r.started_at, r.finished_at, s.revision::float8 AS revision, s.row_count::float8 AS row_count,
  s.last_step::float8 AS last_step, s.heartbeat_at`;

/** The tables that `RUN_COLUMNS` names. */
export const RUN_TABLES = 'run r JOIN run_summary s ON s.project_id = r.project_id AND s.run_id = r.id';

/** One row of `SELECT RUN_COLUMNS FROM RUN_TABLES`, as the driver gives it. */
export interface RunRow {
  readonly project_id: string;
  readonly id: string;
  readonly name: string;
  readonly display_name: string;
  readonly state: RunState;
  readonly exit_code: number | null;
  readonly user_id: string;
  readonly group: string | null;
  readonly job_type: string | null;
  readonly tags: string[];
  readonly notes: string;
  readonly created_at: Date;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly revision: number;
  readonly row_count: number;
  readonly last_step: number | null;
  readonly heartbeat_at: Date;
}

/** The run that one row of `SELECT RUN_COLUMNS FROM RUN_TABLES` holds. */
export function runFromRow(row: RunRow): RunRecord {
  return {
    projectId: row.project_id,
    id: row.id,
    name: row.name,
    displayName: row.display_name,
    state: row.state,
    exitCode: row.exit_code,
    userId: row.user_id,
    group: row.group,
    jobType: row.job_type,
    tags: row.tags,
    notes: row.notes,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    revision: row.revision,
    rowCount: row.row_count,
    lastStep: row.last_step,
    heartbeatAt: row.heartbeat_at,
  };
}
