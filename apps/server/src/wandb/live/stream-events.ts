import { parseRows } from '@summa/core/history/parse-rows';
import type { RequestContext } from '../../access/request-context.ts';
import { findWriters } from '../../history/history-store.ts';
import { readColumns } from '../../history/read-history.ts';
import { TIME_KEY } from '../../metric/metric-keys.ts';
import { findRuns } from '../../run/run-store.ts';
import type { LineStream } from '../../run-lines/run-line-store.ts';
import { countLines, putLines, readLines } from '../../run-lines/run-lines.ts';
import type { RunRef } from '../../services.ts';
import { parseEventLine } from './parse-event-lines.ts';
import type { StreamedLines } from './parse-file-stream.ts';
import { numbered, runAgain } from './stream-history.ts';

const WRITER = 'wandb-events';
/** Lines that become system metrics with one request; what is left comes with the next. */
const LINES_AT_ONCE = 5_000;

/** Where the lines of `wandb-events.jsonl` lie as they came; each process of a run in shared mode has a stream of its own. */
export function eventStream(ref: RunRef, clientId = ''): LineStream {
  return { ...ref, stream: clientId === '' ? WRITER : `${WRITER}/${clientId}` };
}

/** Keeps event lines as they came, by their numbers. */
export function keepEvents(context: RequestContext, stream: LineStream, streamed: StreamedLines): Promise<void> {
  return putLines(context.services, stream, numbered(streamed));
}

/**
 * Logs the event lines that have not been yet as system metrics, at the last step of the run: measurements have a time but no
 * step, so of several at one step the last stays. The lines themselves all stay.
 *
 * Before the first row they wait, unless the run is at its `end`: then they stand at step 0.
 */
export async function logEvents(context: RequestContext, stream: LineStream, { end }: { end: boolean }): Promise<void> {
  const { services } = context;
  const { pool } = services.database;
  const [run] = await findRuns(pool, [stream]);
  if (!run || (run.lastStep === null && !end)) return;
  const offset = (await findWriters(pool, stream)).get(stream.stream) ?? 0;
  const total = await countLines(services, stream);
  const lines = await readLines(services, stream, { from: offset, count: Math.min(total - offset, LINES_AT_ONCE) });
  if (!lines.has(offset)) return;
  const step = run.lastStep ?? 0;
  const known = run.lastStep === null ? null : await timeOf(context, stream, step);
  const rows = [];
  for (let number = offset; lines.has(number); number++) {
    const line = lines.get(number);
    const { time, values } = parseEventLine(typeof line === 'string' ? line : '');
    rows.push({ step, timestamp: known ?? time, values });
  }
  const batch = parseRows(rows);
  await runAgain(context, stream, () => services.histories.append(stream, { writer: stream.stream, offset, batch }));
}

/** When a step was logged; logging more at it must not change that. */
async function timeOf({ services }: RequestContext, ref: RunRef, step: number): Promise<number | null> {
  const columns = await readColumns(services, ref, [TIME_KEY], { from: step, to: step });
  return columns.get(TIME_KEY)?.column.numbers[0] ?? null;
}
