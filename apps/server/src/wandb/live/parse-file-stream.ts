import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { parseStrictJson } from '@summa/core/json/parse-json';
import { ServerError } from '../../server-error.ts';

/** Lines of one file of the stream: the first of them is line number `offset`, counted from 0. */
export interface StreamedLines {
  readonly offset: number;
  readonly lines: readonly string[];
}

/** One request of the file stream; a file of which it says nothing is null. */
export interface FileStreamRequest {
  readonly history: StreamedLines | null;
  readonly events: StreamedLines | null;
  readonly console: StreamedLines | null;
  /** The whole summary as JSON text. */
  readonly summary: string | null;
  /** The exit code of the process, with the last request of a run; else null. */
  readonly exitCode: number | null;
}

const FILES = {
  history: 'wandb-history.jsonl',
  events: 'wandb-events.jsonl',
  console: 'output.log',
  summary: 'wandb-summary.json',
} as const;

/**
 * Reads the body of a file stream request. What it says of files that arrived otherwise (`uploaded`), of dropped requests and of
 * other files is left out, and so is a file whose lines cannot be told apart.
 *
 * @throws SummaError INVALID_JSON; ServerError INVALID_INPUT when the body is not an object
 */
export function parseFileStream(text: string): FileStreamRequest {
  // All that may be long here are texts: the lines, in which a NaN is nothing that this reading would have to look for.
  const body = parseStrictJson(text === '' ? '{}' : text);
  if (!isJsonObject(body)) throw new ServerError('INVALID_INPUT', 'the body of a file stream request is a JSON object');
  const files = isJsonObject(body.files) ? body.files : {};
  return {
    history: readLines(files, FILES.history),
    events: readLines(files, FILES.events),
    console: readLines(files, FILES.console),
    summary: readLines(files, FILES.summary)?.lines.at(-1) ?? null,
    exitCode: body.complete === true ? readExitCode(body.exitcode) : null,
  };
}

function readLines(files: JsonObject, name: string): StreamedLines | null {
  const file = files[name];
  if (!isJsonObject(file) || !Array.isArray(file.content)) return null;
  const offset = file.offset ?? 0;
  if (typeof offset !== 'number' || !Number.isSafeInteger(offset) || offset < 0) return null;
  const lines = file.content.map((line) => (typeof line === 'string' ? line : ''));
  return lines.length === 0 ? null : { offset, lines };
}

function readExitCode(code: JsonValue | undefined): number {
  return typeof code === 'number' && Number.isInteger(code) && Math.abs(code) < 2 ** 31 ? code : 0;
}
