import type { Queryable } from '../history/history-store.ts';
import type { RunRef } from '../services.ts';

/** How many bytes the folded states and the explicit values of these runs take, without reading them. */
export async function findSummaryBytes(client: Queryable, runs: readonly RunRef[]): Promise<number> {
  const found = await client.query<{ bytes: number }>({
    name: 'find-summary-bytes',
    text: `/* findSummaryBytes */ SELECT coalesce(sum(octet_length(s.state) + octet_length(s.explicit)), 0)::float8 AS bytes
      FROM run_summary s JOIN unnest($1::uuid[], $2::uuid[]) AS wanted (project_id, run_id)
        ON s.project_id = wanted.project_id AND s.run_id = wanted.run_id`,
    values: [runs.map((run) => run.projectId), runs.map((run) => run.runId)],
  });
  return found.rows[0]?.bytes ?? 0;
}
