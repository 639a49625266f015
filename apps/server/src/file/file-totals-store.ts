import type { Queryable } from '../history/history-store.ts';
import type { RunRef } from '../services.ts';

/** How many files a run has, and how many bytes they have together. */
export interface FileTotals {
  readonly files: number;
  readonly bytes: number;
}

/**
 * A run's totals, which nobody else changes before the transaction ends; null when there is no such run.
 *
 * The run is locked against its removal first: removing it locks in the same order, so that the two cannot wait for each other.
 */
export async function lockFileTotals(client: Queryable, { projectId, runId }: RunRef): Promise<FileTotals | null> {
  const run = await client.query(
    `/* lockFileTotals */ SELECT FROM run WHERE project_id = $1 AND id = $2 FOR KEY SHARE`,
    [projectId, runId],
  );
  if (run.rowCount === 0) return null;
  const locked = await client.query<FileTotals>(
    `/* lockFileTotals */ INSERT INTO run_file_totals AS t (project_id, run_id) VALUES ($1, $2)
     ON CONFLICT (project_id, run_id) DO UPDATE SET files = t.files RETURNING t.files, t.bytes`,
    [projectId, runId],
  );
  return locked.rows[0] ?? null;
}

/** Stores what the totals have become, inside a transaction that holds them. */
export async function storeFileTotals(client: Queryable, run: RunRef, totals: FileTotals): Promise<void> {
  await client.query(
    `/* storeFileTotals */ UPDATE run_file_totals SET files = $3, bytes = $4 WHERE project_id = $1 AND run_id = $2`,
    [run.projectId, run.runId, totals.files, totals.bytes],
  );
}
