import type { Queryable } from '../../history/history-store.ts';

/** How many rows of one writer these runs of a project have accepted, by run id; a run that has none of it is left out. */
export async function findAcceptedRows(
  client: Queryable,
  projectId: string,
  { runIds, writer }: { readonly runIds: readonly string[]; readonly writer: string },
): Promise<Map<string, number>> {
  const found = await client.query<{ runId: string; rows: number }>({
    name: 'find-accepted-rows',
    text: `/* findAcceptedRows */ SELECT run_id AS "runId", accepted_rows::float8 AS rows FROM run_writer
      WHERE project_id = $1 AND run_id = ANY($2::uuid[]) AND writer = $3`,
    values: [projectId, runIds, writer],
  });
  return new Map(found.rows.map(({ runId, rows }) => [runId, rows]));
}
