import { type Role, roleFromStored } from '../../access/role.ts';
import type { Queryable } from '../../history/history-store.ts';
import type { LineStream } from '../../run-lines/run-line-store.ts';
import type { RunRef } from '../../services.ts';
import type { RunNames } from '../schema/find-run.ts';

/** A run, and how a user stands to the project that it is in. */
export interface RunStanding extends RunRef {
  readonly role: Role | null;
  readonly isPublic: boolean;
}

/** The run of these names and how a user stands to it, in one statement; undefined when there is none. */
export async function findRunStanding(
  client: Queryable,
  { entity, project, run }: RunNames & { readonly entity: string },
  userId: string,
): Promise<RunStanding | undefined> {
  const found = await client.query<RunRef & { role: string | null; isPublic: boolean }>({
    name: 'find-run-standing',
    text: `/* findRunStanding */
      SELECT r.project_id AS "projectId", r.id AS "runId", m.role, p.visibility = 'public' AS "isPublic"
      FROM entity e JOIN project_name n ON n.entity_id = e.id AND n.name = $2 JOIN project p ON p.id = n.project_id
        JOIN run r ON r.project_id = p.id AND r.name = $3
        LEFT JOIN membership m ON m.entity_id = p.entity_id AND m.user_id = $4
      WHERE e.name = $1`,
    values: [entity, project, run, userId],
  });
  const row = found.rows[0];
  return row && { ...row, role: roleFromStored(row.role) };
}

/** What a request of the file stream has to know of its run. */
export interface StreamedRun {
  readonly hasSummary: boolean;
  readonly stopRequested: boolean;
  /** Whether lines wait for those before them. */
  readonly linesWait: boolean;
}

/** What the door keeps of a run, and whether its stream of waiting lines holds any, in one statement. */
export async function findStreamedRun(
  client: Queryable,
  { projectId, runId, stream }: LineStream,
): Promise<StreamedRun> {
  const found = await client.query<StreamedRun>({
    name: 'find-streamed-run',
    text: `/* findStreamedRun */
      SELECT coalesce(bool_or(w.summary IS NOT NULL), false) AS "hasSummary",
        coalesce(bool_or(w.stop_requested), false) AS "stopRequested",
        EXISTS (SELECT 1 FROM run_line_chunk WHERE project_id = $1 AND run_id = $2 AND stream = $3) AS "linesWait"
      FROM wandb_run w WHERE w.project_id = $1 AND w.run_id = $2`,
    values: [projectId, runId, stream],
  });
  return found.rows[0] ?? { hasSummary: false, stopRequested: false, linesWait: false };
}
