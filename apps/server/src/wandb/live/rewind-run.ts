import type { RequestContext } from '../../access/request-context.ts';
import { rewindHistory } from '../../history/rewind-history.ts';
import { removeLines } from '../../run-lines/run-line-store.ts';
import type { RunRef } from '../../services.ts';
import { consoleStream } from './apply-file-stream.ts';
import { eventStream } from './stream-events.ts';
import { historyWriter, waitingStream } from './stream-history.ts';
import { storeWandbRun } from './wandb-run-store.ts';
import { followSummary } from './write-summary.ts';

/**
 * Takes a run back to a step, for a process that goes on from there. Its client goes on numbering its history lines, and begins
 * anew with console lines, system metrics and the summary: so what the processes before wrote of these goes too, with the
 * explicit values that followed from their summary. The rows go last but for that: a client that was not answered asks again,
 * and nothing of it is done twice.
 */
export async function rewindRun(context: RequestContext, ref: RunRef, step: number): Promise<void> {
  const { services } = context;
  const { pool } = services.database;
  const events = eventStream(ref);
  for (const stream of [consoleStream(ref), events, waitingStream(ref, historyWriter(''))]) {
    await removeLines(pool, stream);
  }
  await rewindHistory(services, ref, { step, restart: [events.stream] });
  await storeWandbRun(pool, ref, { summary: '{}' });
  await followSummary(context, ref, { end: true });
  await storeWandbRun(pool, ref, { summary: null });
}
