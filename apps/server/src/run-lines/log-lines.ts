import type { RequestContext } from '../access/request-context.ts';
import { LIMITS } from '../limits.ts';
import { heartbeat } from '../run/heartbeat.ts';
import { ServerError } from '../server-error.ts';
import type { RunRef } from '../services.ts';
import { checkCount, checkLength } from '../text-input.ts';
import { type ConsoleLine, consoleLineToJson, consoleStreamOf } from './console-line.ts';
import { countLines, MAX_LINE, putLines } from './run-lines.ts';

/** Lines of one process, by number from `offset` on. */
export interface LogLinesRequest {
  readonly source: string;
  readonly offset: number;
  readonly lines: readonly ConsoleLine[];
}

/**
 * Keeps what a process of a run printed: a line whose number is there already takes the place of the old one, so that sending
 * again changes nothing. Says how many lines the process has. It counts as a sign of life, and works after the end of the run.
 *
 * @throws ServerError RUN_NOT_FOUND, FORBIDDEN, LIST_TOO_LONG, TEXT_TOO_LONG, INVALID_INPUT, OFFSET_GAP
 */
export async function logLines(context: RequestContext, ref: RunRef, request: LogLinesRequest): Promise<number> {
  const { source, offset, lines } = request;
  checkCount(lines, LIMITS.linesAtOnce, ['lines']);
  checkLength(source, 'writer', ['source']);
  for (const [i, { label, text }] of lines.entries()) {
    checkLength(label, 'label', ['lines', i, 'label']);
    checkLength(text, 'line', ['lines', i, 'text']);
  }
  if (offset + lines.length > MAX_LINE)
    throw new ServerError('INVALID_INPUT', `offset is ${offset}; a process has ${MAX_LINE} lines at most`, ['offset']);
  await heartbeat(context, ref);
  const stream = { ...ref, stream: consoleStreamOf(source) };
  const known = await countLines(context.services, stream);
  if (offset > known) {
    throw new ServerError(
      'OFFSET_GAP',
      `offset is ${offset}, but ${known} lines of this process have arrived; send line ${known} first`,
      ['offset'],
    );
  }
  const numbered = lines.map((line, i) => [offset + i, consoleLineToJson(line)] as const);
  await putLines(context.services, stream, new Map(numbered));
  return Math.max(known, offset + lines.length);
}
