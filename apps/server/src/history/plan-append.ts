import { concatBatches, dropRows, type RowBatch } from '@summa/core/history/row-batch';
import { ServerError } from '../server-error.ts';
import type { RunHistory } from './run-history.ts';

/** Rows that one writer sends: row `i` of the batch is the writer's row number `offset + i`, counted from 0. */
export interface AppendRequest {
  readonly writer: string;
  readonly offset: number;
  readonly batch: RowBatch;
}

/** What is to be stored of a group of requests. */
export interface AppendPlan {
  /** The rows that are new, in order of arrival; null when there are none. */
  readonly batch: RowBatch | null;
  /** Rows accepted of each writer that has new rows, once these are stored. */
  readonly writers: ReadonlyMap<string, number>;
  /** Per request: why it is refused, or null. */
  readonly refusals: readonly (ServerError | null)[];
}

/** Distinct metrics that one run may have. */
export const MAX_KEYS_PER_RUN = 100_000;

/**
 * Decides which rows of a group of requests are new.
 *
 * Rows that a writer has already sent are left out: a request that is sent again, whole or in other pieces, changes nothing.
 * A request that leaves rows out is refused with OFFSET_GAP, and one that would give the run too many metrics with
 * TOO_MANY_KEYS; neither affects the other requests of the group.
 */
export function planAppend(
  history: RunHistory,
  requests: readonly AppendRequest[],
  knownKey: (key: string) => boolean,
): AppendPlan {
  const writers = new Map<string, number>();
  const freshKeys = new Set<string>();
  const batches: RowBatch[] = [];
  const refusals = requests.map((request): ServerError | null => {
    const accepted = writers.get(request.writer) ?? history.writers.get(request.writer) ?? 0;
    const end = request.offset + request.batch.rowCount;
    if (request.offset > accepted) return offsetGap(request, accepted);
    if (end <= accepted) return null;
    const rows = dropRows(request.batch, accepted - request.offset);
    const fresh = [...rows.columns.keys()].filter((key) => !knownKey(key) && !freshKeys.has(key));
    if (history.states.size + freshKeys.size + fresh.length > MAX_KEYS_PER_RUN) return tooManyKeys(fresh);
    for (const key of fresh) freshKeys.add(key);
    writers.set(request.writer, end);
    batches.push(rows);
    return null;
  });
  return { batch: batches.length === 0 ? null : concatBatches(batches), writers, refusals };
}

function offsetGap(request: AppendRequest, accepted: number): ServerError {
  const message = `writer ${request.writer} sent rows from offset ${request.offset}, but only ${accepted} of its rows have been accepted; send again from offset ${accepted}`;
  return new ServerError('OFFSET_GAP', message, ['offset']);
}

function tooManyKeys(fresh: readonly string[]): ServerError {
  const message = `the run would have more than ${MAX_KEYS_PER_RUN} metrics with ${JSON.stringify(fresh[0])}; log related values as one list, or into several runs`;
  return new ServerError('TOO_MANY_KEYS', message, ['rows']);
}
