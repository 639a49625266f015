import { alignBatch } from '@summa/core/history/align-batch';
import type { RowBatch } from '@summa/core/history/row-batch';
import { encodeSegment } from '@summa/core/history/segment-codec';
import { encodeStates } from '@summa/core/metric/metric-state-codec';
import { supersedeByLog } from '@summa/core/summary/explicit-values';
import type { Pool } from 'pg';
import { inTransaction } from '../database/in-transaction.ts';
import type { MetricKeys } from '../metric/metric-keys.ts';
import { ServerError } from '../server-error.ts';
import type { RunRef } from '../services.ts';
import { formatExplicitValues } from '../summary/explicit-text.ts';
import { insertRevisions } from '../summary/summary-store.ts';
import { type AppendRecord, storeAppend } from './append-store.ts';
import { findColumns } from './column-store.ts';
import { type FoldedAppend, foldAppend } from './fold-append.ts';
import { keyKinds } from './key-kinds.ts';
import { type AppendPlan, type AppendRequest, planAppend } from './plan-append.ts';
import type { RunHistory } from './run-history.ts';
import type { SharedCommits } from './shared-commits.ts';

/** What a writer learns of its rows. */
export interface AppendResult {
  /** Rows of this writer that are stored, in all. */
  readonly acceptedRows: number;
  readonly lastStep: number | null;
  readonly revision: number;
}

/** What an append works with. */
export interface AppendTools {
  readonly pool: Pool;
  readonly commits: SharedCommits;
  readonly keys: MetricKeys;
  readonly clock: () => Date;
}

/** Bytes that a metric's state takes when encoded, near enough to decide when writing all states is worth it. */
const STATE_BYTES = 160;

/**
 * Stores the new rows of a group of requests in one statement, which other runs may share, and brings `history` up to date.
 *
 * Resolves to one result or refusal per request, or to 'conflict' when somebody else has changed the run meanwhile: then
 * nothing was stored, and `history` has to be read anew.
 */
export async function appendGroup(
  tools: AppendTools,
  run: RunRef,
  { history, requests }: { history: RunHistory; requests: readonly AppendRequest[] },
): Promise<(AppendResult | ServerError)[] | 'conflict'> {
  const known = await tools.keys.existing(run.projectId, 'summary', keysOf(requests));
  const plan = planAppend(history, requests, (key) => history.states.has(known.get(key) ?? -1));
  if (plan.batch !== null) {
    const stored = await storeRows(tools, run, { history, batch: plan.batch, plan });
    if (!stored) return 'conflict';
  }
  return requests.map((request, i) => plan.refusals[i] ?? resultFor(history, request));
}

function keysOf(requests: readonly AppendRequest[]): string[] {
  return [...new Set(requests.flatMap((request) => [...request.batch.columns.keys()]))];
}

function resultFor(history: RunHistory, request: AppendRequest): AppendResult {
  return {
    acceptedRows: history.writers.get(request.writer) ?? 0,
    lastStep: history.lastStep,
    revision: history.revision,
  };
}

async function storeRows(
  tools: AppendTools,
  run: RunRef,
  { history, batch, plan }: { history: RunHistory; batch: RowBatch; plan: AppendPlan },
): Promise<boolean> {
  refuseFinished(history, run);
  const at = tools.clock();
  const aligned = alignBatch(batch, { nextStep: (history.lastStep ?? -1) + 1, now: at.getTime() / 1000 });
  const ids = await tools.keys.ids(run.projectId, 'summary', keyKinds(aligned));
  const folded = await foldAppend(history, aligned, { ids, read: (spans) => findColumns(tools.pool, run, spans) });
  const columns = new Map([...aligned.columns].map(([key, column]) => [ids.get(key) ?? -1, column]));
  const body = encodeSegment({ steps: aligned.steps, times: aligned.times, columns });
  const author = { revision: history.editRevision + 1, by: null, at: at.getTime() / 1000 };
  const superseded = supersedeByLog(history.explicit, aligned.columns, author);
  const editRevision = superseded.changes.length > 0 ? author.revision : history.editRevision;
  const writesStates = folded.refolded || history.unfoldedBytes + body.byteLength >= history.states.size * STATE_BYTES;
  const record: AppendRecord = {
    knownRevision: history.revision,
    rowCount: folded.rowCount,
    lastStep: folded.lastStep,
    seq: history.lastSeq + 1,
    at,
    segment: {
      rowCount: aligned.steps.length,
      firstStep: aligned.steps[0] ?? 0,
      lastStep: aligned.steps.at(-1) ?? 0,
      body,
    },
    state: writesStates ? encodeStates(withNewStates(history, folded)) : null,
    writers: plan.writers,
    explicit: superseded.changes.length > 0 ? { text: formatExplicitValues(superseded.explicit), editRevision } : null,
    revive: history.lifecycle === 'crashed',
  };
  const stored =
    superseded.changes.length === 0
      ? await tools.commits.store(run, record)
      : await inTransaction(tools.pool, 'write', async (client) => {
          const isStored = await storeAppend(client, run, record);
          if (isStored) {
            await insertRevisions(client, run, {
              revision: editRevision,
              changes: superseded.changes,
              userId: null,
              at,
            });
          }
          return isStored;
        });
  if (!stored) return false;
  remember(history, { record, folded });
  history.explicit = superseded.explicit;
  history.editRevision = editRevision;
  return true;
}

function refuseFinished(history: RunHistory, run: RunRef): void {
  if (history.lifecycle !== 'finished' && history.lifecycle !== 'failed') return;
  const message = `run ${run.runId} has ${history.lifecycle}; start it again with resume ALLOW or MUST to log more`;
  throw new ServerError('RUN_FINISHED', message, ['runId']);
}

function withNewStates(
  history: RunHistory,
  folded: FoldedAppend,
): Map<number, ReturnType<RunHistory['states']['get']> & object> {
  const states = new Map(history.states);
  for (const [keyId, state] of folded.states) states.set(keyId, state);
  return states;
}

/** Brings the memory of a run in line with what was just stored. */
function remember(history: RunHistory, { record, folded }: { record: AppendRecord; folded: FoldedAppend }): void {
  const bytes = record.segment.body.byteLength;
  for (const [keyId, state] of folded.states) history.states.set(keyId, state);
  for (const [writer, rows] of record.writers) history.writers.set(writer, rows);
  history.lifecycle = 'running';
  history.revision = record.knownRevision + 1;
  history.rowCount = record.rowCount;
  history.lastStep = record.lastStep;
  history.lastSeq = record.seq;
  history.unfoldedBytes = record.state === null ? history.unfoldedBytes + bytes : 0;
  history.tailSegments += 1;
  history.tailBytes += bytes;
}
