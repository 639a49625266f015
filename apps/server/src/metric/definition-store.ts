import type { MetricDefinition } from '@summa/core/metric/metric-definition';
import type { Queryable } from '../history/history-store.ts';
import type { RunRef } from '../services.ts';

const COLUMNS = `name, summary, goal, step_metric AS "stepMetric", step_sync AS "stepSync", hidden, overwrite`;

/** A run's metric definitions in the order given. */
export async function findDefinitions(client: Queryable, run: RunRef): Promise<MetricDefinition[]> {
  const found = await client.query<MetricDefinition>({
    name: 'find-definitions',
    text: `/* findDefinitions */ SELECT ${COLUMNS} FROM metric_definition WHERE project_id = $1 AND run_id = $2 ORDER BY position`,
    values: [run.projectId, run.runId],
  });
  return found.rows;
}

/** What the newest run that defines a name says of it, for each name in a project; later ones of newer runs come last. */
export async function findProjectDefinitions(
  client: Queryable,
  projectId: string,
  limit: number,
): Promise<MetricDefinition[]> {
  const found = await client.query<MetricDefinition>(
    `/* findProjectDefinitions */
      SELECT ${COLUMNS} FROM (
        SELECT DISTINCT ON (d.name) d.*, r.created_at FROM metric_definition d
        JOIN run r ON r.project_id = d.project_id AND r.id = d.run_id
        WHERE d.project_id = $1 ORDER BY d.name, r.created_at DESC, d.run_id DESC) newest
      ORDER BY created_at, run_id, position LIMIT $2`,
    [projectId, limit],
  );
  return found.rows;
}

/**
 * Puts a definition at the end of a run's list, in the place of an earlier one of the same name, and a new revision to the
 * run, or nothing.
 *
 * @returns false when the run has changed since `knownRevision` and nothing was stored.
 */
export async function storeDefinition(
  client: Queryable,
  run: RunRef,
  { definition, knownRevision }: { definition: MetricDefinition; knownRevision: number },
): Promise<boolean> {
  const stored = await client.query<{ written: number }>(
    `/* storeDefinition */
      WITH written AS (
        UPDATE run_summary SET revision = revision + 1, fields_stale = true
        WHERE project_id = $1 AND run_id = $2 AND revision = $3 RETURNING 1),
      earlier AS (
        DELETE FROM metric_definition USING written WHERE project_id = $1 AND run_id = $2 AND name = $4),
      added AS (
        INSERT INTO metric_definition (project_id, run_id, position, name, summary, goal, step_metric, step_sync, hidden, overwrite)
        SELECT $1::uuid, $2::uuid, 1 + coalesce((
                 SELECT max(position) FROM metric_definition WHERE project_id = $1::uuid AND run_id = $2::uuid), 0),
               $4, $5::text[], $6, $7, $8::boolean, $9::boolean, $10::boolean
        FROM written)
      SELECT count(*)::int AS written FROM written`,
    [
      run.projectId,
      run.runId,
      knownRevision,
      definition.name,
      definition.summary,
      definition.goal,
      definition.stepMetric,
      definition.stepSync,
      definition.hidden,
      definition.overwrite,
    ],
  );
  return stored.rows[0]?.written === 1;
}
