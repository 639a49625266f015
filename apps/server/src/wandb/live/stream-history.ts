import type { JsonValue } from '@summa/core/json/json-value';
import type { RequestContext } from '../../access/request-context.ts';
import { findWriters } from '../../history/history-store.ts';
import { changeRun } from '../../run/change-run.ts';
import { linesOf } from '../../run-lines/line-chunk.ts';
import { findLineChunks, type LineStream, removeLines } from '../../run-lines/run-line-store.ts';
import { MAX_LINE, putLines } from '../../run-lines/run-lines.ts';
import { ServerError } from '../../server-error.ts';
import type { RunRef } from '../../services.ts';
import type { StreamedLines } from './parse-file-stream.ts';
import { parseHistoryLines } from './parse-history-lines.ts';

/** The writer under which the client's history lines are counted; each process of a run in shared mode has one of its own. */
export function historyWriter(clientId: string): string {
  return clientId === '' ? 'wandb-history' : `wandb-history/${clientId}`;
}

/** Rows that are given to the history at once. */
const BATCH_LINES = 20_000;
/** Lines that may be missing of a run that ends. */
const MAX_GAP = 1_000_000;
const ALL_CHUNKS = { from: 0, to: 2 ** 31 - 1 };

/**
 * Appends history lines by their numbers: those that are there already are not counted twice, and those before which others are
 * missing are kept for `appendWaiting`.
 */
export async function streamHistory(
  context: RequestContext,
  ref: RunRef,
  { writer, streamed }: { writer: string; streamed: StreamedLines },
): Promise<void> {
  const isStored = await append(context, ref, { writer, ...streamed });
  if (!isStored) await putLines(context.services, waitingStream(ref, writer), numbered(streamed));
}

/** Appends the lines that wait and before which none is missing any more; when the run is at its `end`, all of them. */
export async function appendWaiting(
  context: RequestContext,
  ref: RunRef,
  { writer, end }: { writer: string; end: boolean },
): Promise<void> {
  const { database, log } = context.services;
  const waiting = waitingStream(ref, writer);
  const accepted = (await findWriters(database.pool, ref)).get(writer) ?? 0;
  const lines = linesOf(await findLineChunks(database.pool, waiting, ALL_CHUNKS));
  if (lines.size === 0) return;
  const numbers = [...lines.keys()];
  const first = numbers[0] ?? 0;
  const last = numbers.at(-1) ?? 0;
  if (first > accepted && !end) return;
  const to = end ? last : contiguousEnd(lines, Math.max(first, accepted - 1));
  if (to - accepted > MAX_GAP + lines.size) {
    log.warn(
      { ...ref, accepted, first, last },
      'history lines of the W&B client left out too many before them and were not kept',
    );
  } else if (to >= accepted) {
    // A line that never came is empty text: it takes its number and says nothing.
    const texts = Array.from({ length: to - accepted + 1 }, (_, i) => textOf(lines.get(accepted + i)));
    await append(context, ref, { writer, offset: accepted, lines: texts });
  }
  if (end || to >= last) await removeLines(database.pool, waiting);
}

function contiguousEnd(lines: ReadonlyMap<number, JsonValue>, first: number): number {
  let last = first;
  while (lines.has(last + 1)) last += 1;
  return last;
}

/** @returns false when lines before these have not come, so that they were not stored. */
async function append(
  context: RequestContext,
  ref: RunRef,
  { writer, offset, lines }: StreamedLines & { writer: string },
): Promise<boolean> {
  for (let start = 0; start < lines.length; start += BATCH_LINES) {
    const part = { writer, offset: offset + start, lines: lines.slice(start, start + BATCH_LINES) };
    if (!(await appendPart(context, ref, part))) return false;
  }
  return true;
}

async function appendPart(
  context: RequestContext,
  ref: RunRef,
  { writer, offset, lines }: StreamedLines & { writer: string },
): Promise<boolean> {
  const { services } = context;
  const { batch, problems } = parseHistoryLines(lines, { shared: writer !== historyWriter('') });
  if (problems.length > 0)
    services.log.warn(
      { ...ref, offset, problems: problems.slice(0, 20) },
      'history lines of the W&B client were not kept whole',
    );
  try {
    await runAgain(context, ref, () => services.histories.append(ref, { writer, offset, batch }));
    return true;
  } catch (error) {
    if (error instanceof ServerError && error.code === 'OFFSET_GAP') return false;
    throw error;
  }
}

/** What `work` gives. A run that had ended runs again, because its client is still sending. */
export async function runAgain<T>({ services }: RequestContext, ref: RunRef, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ServerError) || error.code !== 'RUN_FINISHED') throw error;
    await changeRun(services, ref, () => ({
      changes: { state: 'running', exitCode: null, finishedAt: null },
      heard: true,
    }));
    return work();
  }
}

/** Where the lines of a writer lie that came before those ahead of them. */
export function waitingStream(ref: RunRef, writer: string): LineStream {
  return { ...ref, stream: `${writer}/waiting` };
}

/** The lines by their numbers, without those beyond what a stream can hold. */
export function numbered({ offset, lines }: StreamedLines): Map<number, JsonValue> {
  return new Map(lines.map((line, i) => [offset + i, line] as const).filter(([number]) => number <= MAX_LINE));
}

function textOf(line: JsonValue | undefined): string {
  return typeof line === 'string' ? line : '';
}
