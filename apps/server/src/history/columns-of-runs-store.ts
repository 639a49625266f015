import type { StoredChunk, StoredColumns } from './column-store.ts';
import type { Queryable, StoredSegment } from './history-store.ts';

/** One metric of one run of a project. */
export interface RunKey {
  readonly runId: string;
  readonly keyId: number;
}

type ColumnRow = Pick<StoredChunk, 'keyId' | 'firstStep' | 'lastStep' | 'count' | 'stats' | 'body'> & {
  readonly runId: string;
  readonly seq: number | null;
};

/** Everything stored of some metrics of some runs of one project, by run id, in one statement and so as of one moment. */
export async function findColumnsOfRuns(
  client: Queryable,
  projectId: string,
  wanted: readonly RunKey[],
): Promise<Map<string, StoredColumns>> {
  const runIds = wanted.map(({ runId }) => runId);
  const found = await client.query<ColumnRow>({
    name: 'find-columns-of-runs',
    text: `/* findColumnsOfRuns */
      SELECT c.run_id AS "runId", c.key_id AS "keyId", c.first_step::float8 AS "firstStep", c.last_step::float8 AS "lastStep",
             c.count, c.stats, c.body, NULL::int AS seq
      FROM unnest($2::uuid[], $3::int[]) AS wanted (run_id, key_id)
      JOIN history_chunk c ON c.project_id = $1 AND c.run_id = wanted.run_id AND c.key_id = wanted.key_id
      UNION ALL
      SELECT run_id, NULL, first_step::float8, last_step::float8, row_count, NULL, body, seq
      FROM history_segment WHERE project_id = $1 AND run_id = ANY($4::uuid[])
      ORDER BY "keyId", "firstStep"`,
    values: [projectId, runIds, wanted.map(({ keyId }) => keyId), [...new Set(runIds)]],
  });
  const byRun = new Map<string, { chunks: StoredChunk[]; segments: StoredSegment[] }>();
  for (const { runId, seq, ...chunk } of found.rows) {
    const ofRun = byRun.get(runId) ?? { chunks: [], segments: [] };
    byRun.set(runId, ofRun);
    if (seq === null) ofRun.chunks.push(chunk);
    else ofRun.segments.push({ seq, body: chunk.body });
  }
  for (const { segments } of byRun.values()) segments.sort((a, b) => a.seq - b.seq);
  return byRun;
}
