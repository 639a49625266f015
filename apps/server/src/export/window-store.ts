import type { PoolClient } from 'pg';
import { copyRows } from '../database/copy-rows.ts';
import { uuid, wholeNumber, wholeNumbers } from '../database/safe-literals.ts';
import type { StepSpan } from '../history/column-store.ts';
import { TIME_KEY_ID } from '../metric/metric-keys.ts';
import type { RunRef } from '../services.ts';

/** Chunks of row times that are looked at to find the end of a block: of full ones a few are enough. */
const CHUNKS_LOOKED_AT = 64;

/**
 * Where to end a part of the run that begins at step `from` and has some `rows` rows: at the end of a chunk or a segment. Null when
 * nothing was logged from there on.
 */
export async function findBlockEnd(
  client: PoolClient,
  run: RunRef,
  { from, rows }: { readonly from: number; readonly rows: number },
): Promise<number | null> {
  const found = await client.query<{ end: number | null }>({
    name: 'find-block-end',
    text: `/* findBlockEnd */
      SELECT coalesce(min(last_step) FILTER (WHERE through >= $4), max(last_step))::float8 AS "end" FROM (
        SELECT last_step, sum(count) OVER (ORDER BY last_step) AS through FROM (
          (SELECT last_step, count FROM history_chunk
           WHERE project_id = $1 AND run_id = $2 AND key_id = ${TIME_KEY_ID} AND last_step >= $3 AND first_step >= coalesce(
             (SELECT max(first_step) FROM history_chunk
              WHERE project_id = $1 AND run_id = $2 AND key_id = ${TIME_KEY_ID} AND first_step <= $3), 0)
           ORDER BY first_step LIMIT ${CHUNKS_LOOKED_AT})
          UNION ALL
          SELECT last_step, row_count FROM history_segment WHERE project_id = $1 AND run_id = $2 AND last_step >= $3) AS parts) AS ends`,
    values: [run.projectId, run.runId, from, rows],
  });
  return found.rows[0]?.end ?? null;
}

/** How many bytes the chunks of some metrics take that reach into a span. */
export async function findChunkBytes(
  client: PoolClient,
  run: RunRef,
  { keyIds, span }: { readonly keyIds: readonly number[]; readonly span: StepSpan },
): Promise<number> {
  const found = await client.query<{ bytes: number }>({
    name: 'find-chunk-bytes',
    text: `/* findChunkBytes */
      SELECT coalesce(sum(octet_length(c.body)), 0)::float8 AS bytes FROM ${chunksIn('$1', '$2', '$3::int[]', '$4', '$5')}`,
    values: [run.projectId, run.runId, keyIds, span.from, span.to],
  });
  return found.rows[0]?.bytes ?? 0;
}

/**
 * Reads the chunks of some metrics that reach into a span, one after the other: `take` gets the place of the metric among `keyIds`
 * and a body that is valid until it returns.
 */
export async function eachChunkIn(
  client: PoolClient,
  run: RunRef,
  { keyIds, span }: { readonly keyIds: readonly number[]; readonly span: StepSpan },
  take: (place: number, body: Uint8Array) => void,
): Promise<void> {
  if (keyIds.length === 0) return;
  const chunks = chunksIn(
    uuid(run.projectId),
    uuid(run.runId),
    `${wholeNumbers(keyIds)}::int[]`,
    wholeNumber(span.from),
    wholeNumber(span.to),
  );
  await copyRows(client, `/* eachChunkIn */ SELECT wanted.place::int, c.body FROM ${chunks}`, ([place, body]) => {
    if (place && body) take(place.readInt32BE() - 1, body);
  });
}

/** Reads the segments of a run that reach into a span, in order of arrival; a body is valid until `take` returns. */
export async function eachSegmentIn(
  client: PoolClient,
  run: RunRef,
  span: StepSpan,
  take: (body: Uint8Array) => void,
): Promise<void> {
  const select = `/* eachSegmentIn */ SELECT body FROM history_segment
    WHERE project_id = ${uuid(run.projectId)} AND run_id = ${uuid(run.runId)}
      AND last_step >= ${wholeNumber(span.from)} AND first_step <= ${wholeNumber(span.to)}
    ORDER BY seq`;
  await copyRows(client, select, ([body]) => {
    if (body) take(body);
  });
}

/** Chunks of a metric do not overlap, so that only the last that begins before the span can reach into it: none before is looked at. */
function chunksIn(projectId: string, runId: string, keyIds: string, from: string, to: string): string {
  const ofKey = (alias: string) =>
    `${alias}.project_id = ${projectId} AND ${alias}.run_id = ${runId} AND ${alias}.key_id = wanted.key_id`;
  return `unnest(${keyIds}) WITH ORDINALITY AS wanted (key_id, place)
    CROSS JOIN LATERAL (SELECT coalesce(max(h.first_step), 0) AS step FROM history_chunk h
      WHERE ${ofKey('h')} AND h.first_step <= ${from}) AS begins
    JOIN history_chunk c ON ${ofKey('c')} AND c.first_step BETWEEN begins.step AND ${to} AND c.last_step >= ${from}`;
}
