import type { JsonValue } from '@summa/core/json/json-value';
import type { RequestContext } from '../../access/request-context.ts';
import { finishRun } from '../../run/finish-run.ts';
import { heartbeat } from '../../run/heartbeat.ts';
import { consoleLineToJson, consoleStreamOf } from '../../run-lines/console-line.ts';
import type { LineStream } from '../../run-lines/run-line-store.ts';
import { MAX_LINE, putLines } from '../../run-lines/run-lines.ts';
import { ServerError } from '../../server-error.ts';
import type { RunRef } from '../../services.ts';
import { parseConsoleLine } from './parse-console-line.ts';
import type { FileStreamRequest, StreamedLines } from './parse-file-stream.ts';
import { eventStream, keepEvents, logEvents } from './stream-events.ts';
import { appendWaiting, historyWriter, streamHistory, waitingStream } from './stream-history.ts';
import { findStreamedRun } from './streamed-run-store.ts';
import { followSummary, storeSummary } from './write-summary.ts';

/** What the client learns of its request. */
export interface FileStreamAnswer {
  /** Whether the process is to stop. */
  readonly stopped: boolean;
}

/**
 * Does what one request of the file stream says. Sent again, whole or in part, it changes nothing: every line is known by its
 * number, and the summary is always the whole one.
 *
 * `clientId` is empty unless several processes write one run (shared mode), where each numbers its own lines.
 */
export async function applyFileStream(
  context: RequestContext,
  ref: RunRef,
  { request, clientId }: { request: FileStreamRequest; clientId: string },
): Promise<FileStreamAnswer> {
  const { history, events, summary, console, exitCode } = request;
  const end = exitCode !== null;
  const writer = historyWriter(clientId);
  if (history) await streamHistory(context, ref, { writer, streamed: history });
  const known = await findStreamedRun(context.services.database.pool, waitingStream(ref, writer));
  // Looked for after the lines were stored: lines that were put there meanwhile are seen.
  if (known.linesWait && (history || end)) await appendWaiting(context, ref, { writer, end });
  const stream = eventStream(ref, clientId);
  if (events) await keepEvents(context, stream, events);
  if (events || end) await logEvents(context, stream, { end });
  if (console) await keepConsole(context, consoleStream(ref, clientId), console);
  if (summary !== null) await storeSummary(context, ref, summary);
  if (summary !== null || (known.hasSummary && (history || end))) await followSummary(context, ref, { end });
  if (end) await finish(context, ref, exitCode);
  else if (!history) await heartbeat(context, ref);
  return { stopped: known.stopRequested };
}

/** Where the console of a run lies. */
export function consoleStream(ref: RunRef, clientId = ''): LineStream {
  return { ...ref, stream: consoleStreamOf(clientId) };
}

async function keepConsole(
  context: RequestContext,
  stream: LineStream,
  { offset, lines }: StreamedLines,
): Promise<void> {
  const parsed = lines.map((line, i): [number, JsonValue] => [offset + i, consoleLineToJson(parseConsoleLine(line))]);
  await putLines(context.services, stream, new Map(parsed.filter(([number]) => number <= MAX_LINE)));
}

/** A run that has ended otherwise already stays as it ended: its client has nothing to do about that. */
async function finish(context: RequestContext, ref: RunRef, exitCode: number): Promise<void> {
  try {
    await finishRun(context, ref, exitCode);
  } catch (error) {
    if (!(error instanceof ServerError) || error.code !== 'RUN_FINISHED') throw error;
  }
}
