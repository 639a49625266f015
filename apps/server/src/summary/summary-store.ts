import { formatJson } from '@summa/core/json/format-json';
import type { MetricDefinition } from '@summa/core/metric/metric-definition';
import type { SummaryChange } from '@summa/core/summary/explicit-entry';
import type { Queryable } from '../history/history-store.ts';
import type { RunRef } from '../services.ts';

/** A run whose summary is wanted, and the revision at which its content is known already; null when it is not. */
export interface WantedSummary {
  readonly runId: string;
  readonly knownRevision: number | null;
}

/** A run's stored summary as of one moment. */
export interface StoredSummary {
  readonly runId: string;
  readonly revision: number;
  readonly definitions: readonly MetricDefinition[];
  /** Null when the revision is the known one. */
  readonly content: SummaryContent | null;
}

/** What of a summary has its revision: the folded states and the segments that they do not hold yet. */
export interface SummaryContent {
  readonly editRevision: number;
  readonly rowCount: number;
  readonly lastStep: number | null;
  readonly state: Buffer;
  readonly explicit: string;
  /** Bodies of the segments after the states, in order. */
  readonly unfolded: readonly Buffer[];
}

interface SummaryRow extends Omit<SummaryContent, 'unfolded' | 'state'> {
  readonly runId: string;
  readonly revision: number;
  /** A JSON list as text. */
  readonly definitions: string | null;
  /** Null when the revision is the known one. */
  readonly state: Buffer | null;
  readonly bodies: Buffer | null;
  readonly lengths: number[] | null;
}

const DEFINITION =
  "'name', name, 'summary', summary, 'goal', goal, 'stepMetric', step_metric, 'stepSync', step_sync, 'hidden', hidden, 'overwrite', overwrite";

const IS_NEW = 's.revision IS DISTINCT FROM wanted.revision';

/** The stored summaries of some runs of one project in one statement; a run that is not there is left out. */
export async function findSummaries(
  client: Queryable,
  projectId: string,
  wanted: readonly WantedSummary[],
): Promise<StoredSummary[]> {
  const found = await client.query<SummaryRow>({
    name: 'find-summaries',
    text: `/* findSummaries */
      SELECT s.run_id AS "runId", s.revision::float8 AS revision, s.edit_revision AS "editRevision",
             s.row_count::float8 AS "rowCount", s.last_step::float8 AS "lastStep", defined.list AS definitions,
             CASE WHEN ${IS_NEW} THEN s.state END AS state, CASE WHEN ${IS_NEW} THEN s.explicit END AS explicit, tail.bodies, tail.lengths
      FROM unnest($2::uuid[], $3::bigint[]) AS wanted (run_id, revision)
      JOIN run_summary s ON s.project_id = $1 AND s.run_id = wanted.run_id
      LEFT JOIN LATERAL (
        SELECT json_agg(json_build_object(${DEFINITION}) ORDER BY position)::text AS list
        FROM metric_definition d WHERE d.project_id = $1 AND d.run_id = wanted.run_id) AS defined ON true
      LEFT JOIN LATERAL (
        SELECT string_agg(h.body, ''::bytea ORDER BY h.seq) AS bodies, array_agg(length(h.body) ORDER BY h.seq) AS lengths
        FROM history_segment h
        WHERE h.project_id = $1 AND h.run_id = wanted.run_id AND h.seq > s.state_seq AND ${IS_NEW}) AS tail ON true`,
    values: [projectId, wanted.map((run) => run.runId), wanted.map((run) => run.knownRevision)],
  });
  return found.rows.map(readSummary);
}

function readSummary(row: SummaryRow): StoredSummary {
  const { runId, revision, definitions, state, bodies, lengths, ...content } = row;
  return {
    runId,
    revision,
    definitions: definitions === null ? [] : JSON.parse(definitions),
    content: state && { ...content, state, unfolded: cut(bodies, lengths ?? []) },
  };
}

function cut(bodies: Buffer | null, lengths: readonly number[]): Buffer[] {
  if (bodies === null) return [];
  let from = 0;
  return lengths.map((length) => {
    from += length;
    return bodies.subarray(from - length, from);
  });
}

/** What changes a run's explicit values. */
export interface ExplicitRecord {
  readonly knownRevision: number;
  readonly editRevision: number;
  readonly explicit: string;
}

/** Stores a run's explicit values; false when the run has changed since `knownRevision` and nothing was stored. */
export async function storeExplicit(client: Queryable, run: RunRef, record: ExplicitRecord): Promise<boolean> {
  const stored = await client.query({
    text: `/* storeExplicit */ UPDATE run_summary SET revision = revision + 1, edit_revision = $4, explicit = $5, fields_stale = true
      WHERE project_id = $1 AND run_id = $2 AND revision = $3`,
    values: [run.projectId, run.runId, record.knownRevision, record.editRevision, record.explicit],
  });
  return stored.rowCount === 1;
}

/** One group of changes of explicit values: who made it and when. */
export interface RevisionRecord {
  readonly revision: number;
  readonly changes: readonly SummaryChange[];
  readonly userId: string | null;
  readonly at: Date;
}

/** Adds changes of explicit values to a run's revisions. */
export async function insertRevisions(
  client: Queryable,
  run: RunRef,
  { revision, changes, userId, at }: RevisionRecord,
): Promise<void> {
  await client.query(
    `/* insertRevisions */
      INSERT INTO summary_revision (project_id, run_id, revision, path, cause, before, after, user_id, created_at)
      SELECT $1::uuid, $2::uuid, $3::int, c.path, c.cause, c.before, c.after, $8::uuid, $9::timestamptz
      FROM unnest($4::text[], $5::text[], $6::text[], $7::text[]) AS c (path, cause, before, after)`,
    [
      run.projectId,
      run.runId,
      revision,
      changes.map((change) => change.key),
      changes.map((change) => change.cause),
      changes.map((change) => (change.from === undefined ? null : formatJson(change.from))),
      changes.map((change) => (change.to === undefined ? null : formatJson(change.to))),
      userId,
      at,
    ],
  );
}

/** One stored change of an explicit value; `before` and `after` are stored JSON text, null where nothing was. */
export interface StoredChange {
  readonly revision: number;
  readonly key: string;
  readonly cause: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly userId: string | null;
  readonly at: Date;
}

/** A page of a run's changes, newest first, that come after the given place. */
export async function findChanges(
  client: Queryable,
  run: RunRef,
  { first, after }: { first: number; after: { readonly revision: number; readonly key: string } | null },
): Promise<StoredChange[]> {
  const found = await client.query<StoredChange>(
    `/* findChanges */ SELECT revision, path AS key, cause, before, after, user_id AS "userId", created_at AS at
      FROM summary_revision
      WHERE project_id = $1 AND run_id = $2
        AND ($4::int IS NULL OR revision < $4::int OR (revision = $4::int AND path COLLATE "C" > $5))
      ORDER BY revision DESC, path COLLATE "C" LIMIT $3`,
    [run.projectId, run.runId, first, after?.revision ?? null, after?.key ?? ''],
  );
  return found.rows;
}

/** How many changes of explicit values a run has had. */
export async function countChanges(client: Queryable, run: RunRef): Promise<number> {
  const found = await client.query<{ count: number }>(
    `/* countChanges */ SELECT count(*)::int AS count FROM summary_revision WHERE project_id = $1 AND run_id = $2`,
    [run.projectId, run.runId],
  );
  return found.rows[0]?.count ?? 0;
}
