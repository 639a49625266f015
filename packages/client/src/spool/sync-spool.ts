import { rm } from 'node:fs/promises';
import { clientError } from '../error-families.ts';
import { FinishRunDocument, LogDocument, RunByIdDocument } from '../generated/graphql.ts';
import type { SpoolRest } from '../live-run/backlog.ts';
import { Delivery } from '../live-run/delivery.ts';
import { type DeliveryPolicy, defaultPolicy } from '../live-run/delivery-policy.ts';
import { createRunSender } from '../live-run/run-sender.ts';
import { requestStart, retryOf } from '../live-run/start-run.ts';
import { TensorUploads } from '../live-run/tensor-uploads.ts';
import type { SpooledRun } from '../platform/spool.ts';
import { requireRun } from '../read/require-run.ts';
import { SummaClientError } from '../summa-client-error.ts';
import type { Execute } from '../transport/execute.ts';
import type { Endpoint } from '../transport/post-graphql.ts';
import { withRetries } from '../transport/with-retries.ts';
import { findRest, type SpoolContents } from './scan-spool.ts';
import { damaged, SpoolFile } from './spool-file.ts';
import type { SpoolHeader } from './spool-header.ts';

/** How a spool is sent. */
export interface SyncOptions {
  readonly endpoint: Endpoint;
  readonly execute: Execute;
  readonly signal: AbortSignal;
  /** Leaves the file when everything is sent. */
  readonly keeps: boolean;
  /** Called with how many rows of how many are sent. */
  readonly onProgress: (sentRows: number, allRows: number) => void;
  /** Called for each item that the server refuses. */
  readonly onRefused: (error: SummaClientError) => void;
  readonly onRetry: (error: SummaClientError, waitMs: number) => void;
}

/** What came of it. */
export interface SyncedSpool {
  /** `entity/project/name`; null when the spool held nothing, so that no run had to be started. */
  readonly run: string | null;
  readonly sentRows: number;
  /** Rows that the server had already. */
  readonly knownRows: number;
  readonly refused: number;
}

/** Tries in a row before the server counts as away. */
const MOST_FAILURES = 8;
/** Somebody waits for the command: these tries take some five seconds. */
const backoff = { firstMs: 250, mostMs: 2_000 };
const sizes = { batchRows: 10_000, batchBytes: 4_000_000, queueBytes: 16_000_000 };
const policy: DeliveryPolicy = { ...defaultPolicy, ...sizes, backoff };

/**
 * Sends what is left in a spool that nobody writes any more, once, and removes it. The server's own count of the
 * writer's rows says where to go on, so that any number of calls store each row once. A run that was never started is.
 *
 * Rejects with SPOOL_DAMAGED, and keeps the file, when bytes in its middle have changed: all before them is sent then.
 * Rejects with NETWORK, TIMEOUT … after eight failures in a row, and with what the server refuses the run for.
 */
export async function syncSpool(contents: SpoolContents, options: SyncOptions): Promise<SyncedSpool> {
  const { header, path, ending, end } = contents;
  if (header === null && ending === 'damaged') throw damaged(path, end);
  const hasItems = header !== null && contents.entries > (contents.settled?.entries ?? header.firstEntry);
  const sent = hasItems ? await sendItems({ contents, header, options }) : nothing;
  if (ending === 'damaged') throw damaged(path, end);
  if (!options.keeps) await rm(path, { force: true });
  // Its process was killed just when it began the file anew.
  await rm(`${path}.new`, { force: true });
  return sent;
}

const nothing: SyncedSpool = { run: null, sentRows: 0, knownRows: 0, refused: 0 };

interface Job {
  readonly contents: SpoolContents;
  readonly header: SpoolHeader;
  readonly options: SyncOptions;
}

async function sendItems(job: Job): Promise<SyncedSpool> {
  const { contents, header, options } = job;
  const run = contents.run ?? (await startRun(job));
  const acceptedRows = await countAccepted(job, run);
  if (acceptedRows < (contents.settled?.rows ?? 0)) throw hasFewer(contents, run);
  const left = await findRest({ ...contents, run }, acceptedRows);
  const isDamaged = contents.ending === 'damaged';
  const spool = SpoolFile.adopt(contents.path, { header, run, position: contents.end, isDamaged });
  try {
    if (contents.run === null) spool.start(run);
    const endAgain = left.rows > 0 ? await reopen(job, run) : null;
    const refused = await deliver(job, { run, spool, left });
    await endAgain?.();
    options.signal.throwIfAborted();
    return { run: run.path, sentRows: left.rows - refused, knownRows: acceptedRows - run.acceptedRows, refused };
  } finally {
    spool.close();
  }
}

/** Starts a run that its process could not start; one that was started by an earlier call is the same. */
async function startRun({ header, options }: Job): Promise<SpooledRun> {
  const { fields } = await requestStart(options.execute, retryOf(header.start), policy, { signal: options.signal });
  // Only new runs are begun without a server: all rows of the writer are in the file.
  return { id: fields.id, path: fields.path, acceptedRows: 0 };
}

async function countAccepted({ header, options }: Job, run: SpooledRun): Promise<number> {
  const input = { runId: run.id, writer: header.start.input.writer, offset: 0, rows: [] };
  const ask = () => options.execute(LogDocument, { input }, { signal: options.signal });
  return (await withRetries(ask, { backoff, signal: options.signal })).log.acceptedRows;
}

/** Opens a run that somebody has ended since, and returns what ends it again as it was; null when it is open. */
async function reopen({ header, options }: Job, run: SpooledRun): Promise<(() => Promise<void>) | null> {
  const { execute, signal } = options;
  const find = async () => requireRun((await execute(RunByIdDocument, { id: run.id }, { signal })).node, run.id);
  const { state, exitCode } = await withRetries(find, { backoff, signal });
  if (state !== 'FINISHED' && state !== 'FAILED') return null;
  const { project, entity, name, writer } = header.start.input;
  const input = { project, entity, name, writer, resume: 'MUST' as const };
  await requestStart(execute, { input, isNameRandom: false }, policy, { signal });
  return async () => {
    if ((await withRetries(find, { backoff, signal })).state !== 'RUNNING') return;
    const finish = { runId: run.id, exitCode: exitCode ?? 0 };
    await withRetries(() => execute(FinishRunDocument, { input: finish }, { signal }), { backoff, signal });
  };
}

interface Sending {
  readonly run: SpooledRun;
  readonly spool: SpoolFile;
  readonly left: SpoolRest;
}

/** Sends the rest and resolves to how many items of it the server refused. */
async function deliver({ header, options }: Job, { run, spool, left }: Sending): Promise<number> {
  const { endpoint, execute, signal } = options;
  let failures = 0;
  let refused = 0;
  const uploads = new TensorUploads({ ...endpoint, execute, backoff });
  const target = { runId: run.id, writer: header.start.input.writer, acceptedRows: left.acceptedRows };
  const send = createRunSender({
    endpoint,
    execute,
    target: async () => target,
    sendFiles: (item, upload) => uploads.send(item, upload),
    onStored(rows) {
      failures = 0;
      options.onProgress(rows - left.acceptedRows, left.rows);
    },
  });
  const delivery = new Delivery(send, policy, {
    spool,
    left,
    onError(error) {
      if (delivery.isStopped) return;
      refused += 1;
      options.onRefused(error);
    },
    onRetry(error, waitMs) {
      failures += 1;
      if (failures >= MOST_FAILURES) delivery.abort(error);
      else options.onRetry(error, waitMs);
    },
  });
  const abort = () => delivery.abort(new SummaClientError('ABORTED', 'The sync was interrupted.'));
  signal.addEventListener('abort', abort, { once: true });
  try {
    await delivery.flush();
  } catch (error) {
    // What was refused has been told, and the rest went on.
    if (delivery.isStopped) throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
  return refused;
}

function hasFewer({ path, settled }: SpoolContents, run: SpooledRun): SummaClientError {
  const message = `Run ${run.path} has fewer rows of ${path} than the ${settled?.rows} that a server once stored; is this the server it was logged to?`;
  return clientError('OFFSET_GAP', message);
}
