import { randomUUID } from 'node:crypto';
import { parseRows } from '@summa/core/history/parse-rows';
import type { RowBatch } from '@summa/core/history/row-batch';
import { scanRows } from '@summa/core/history/scan-rows';
import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { SummaError } from '@summa/core/summa-error';
import { LoggedRows } from '../history/logged-rows.ts';
import { type PackedBatch, packBatch } from '../history/packed-batch.ts';
import { parseRequestBody } from './wire-body.ts';

/** An error as it goes from one thread to another. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly path: readonly (string | number)[];
}

/** The rows of one variable of a request. */
export interface VariableRows {
  readonly variable: string;
  readonly read: PackedBatch | Refusal;
}

/** A body that has been read: `body` is all of it but the rows of `logged`. */
export interface LogBody {
  readonly body: JsonValue;
  readonly logged: readonly VariableRows[];
}

/** The type of a variable that holds rows, as a document declares it. */
const DECLARED = /\$(\w+)\s*:\s*LogInput\s*!/g;

const ROWS = '"rows"';
const NUL_ESCAPE = '\\u0000';
const COLON = 0x3a;
const OPENING_LIST = 0x5b;

/** Whether a body may be one that logs: whether the name of the input stands in it. */
export function mayLog(bytes: Buffer): boolean {
  return bytes.includes('LogInput');
}

/**
 * Reads the body of a request, and the rows of each variable that the document declares as what `log` takes: such a variable can stand
 * nowhere else. Rows that are not objects stay, for GraphQL to refuse.
 *
 * @throws SummaError as `parseRequestBody` does. Why rows are refused stands in their place.
 */
export function readLogBody(bytes: Buffer): LogBody {
  return scanLogBody(bytes) ?? parseLogBody(parseRequestBody(bytes.toString()));
}

/** A list of rows in the bytes of a body, and the text that takes its place. */
interface FoundRows {
  readonly start: number;
  readonly end: number;
  readonly batch: RowBatch;
  readonly mark: string;
}

/** Reads the rows where they stand in the bytes. Null where they cannot be read like that. */
function scanLogBody(bytes: Buffer): LogBody | null {
  if (bytes.includes(NUL_ESCAPE)) return null;
  const found = findRows(bytes);
  if (found === null || found.length === 0) return null;
  const body = parseRequestBody(withoutRows(bytes, found));
  const request = requestOf(body);
  if (request === null) return null;
  const variables: Record<string, JsonValue> = { ...request.variables };
  const logged: VariableRows[] = [];
  for (const { variable, input, rows } of inputsOf(request)) {
    const place = found.find(({ mark }) => mark === rows[0]);
    if (place === undefined) return null;
    logged.push({ variable, read: packBatch(place.batch) });
    variables[variable] = { ...input, rows: [] };
  }
  // Rows that stand elsewhere belong to something else.
  return logged.length === found.length ? { body: { ...request.body, variables }, logged } : null;
}

/** Every list in the bytes that stands behind the name `rows`; null when one of them cannot be read there. */
function findRows(bytes: Buffer): FoundRows[] | null {
  const found: FoundRows[] = [];
  // Within a text of JSON the quotes around the name would have an escape.
  for (let at = bytes.indexOf(ROWS); at !== -1; at = bytes.indexOf(ROWS, at)) {
    const start = listStart(bytes, at + ROWS.length);
    const scanned = start === -1 ? null : scanRows(bytes, start);
    if (scanned === null) return null;
    found.push({ start, end: scanned.end, batch: scanned.batch, mark: randomUUID() });
    at = scanned.end;
  }
  return found;
}

/** Where the list begins that stands behind a colon; -1 when there is none. */
function listStart(bytes: Buffer, from: number): number {
  let at = from;
  while (isBetween(bytes[at])) at += 1;
  return bytes[at] === OPENING_LIST ? at : -1;
}

/** A space, or the colon: that there is one of these, the reader of the rest will see. */
function isBetween(byte: number | undefined): boolean {
  return byte === COLON || byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** The text of a body with each list of rows as a list of its mark. */
function withoutRows(bytes: Buffer, found: readonly FoundRows[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end, mark } of found) {
    parts.push(bytes.toString('utf8', from, start), JSON.stringify([mark]));
    from = end;
  }
  return [...parts, bytes.toString('utf8', from)].join('');
}

function parseLogBody(body: JsonValue): LogBody {
  const request = requestOf(body);
  if (request === null) return { body, logged: [] };
  const variables: Record<string, JsonValue> = { ...request.variables };
  const logged: VariableRows[] = [];
  for (const { variable, input, rows } of inputsOf(request)) {
    if (!rows.every(isObject)) continue;
    logged.push({ variable, read: readRows(rows) });
    variables[variable] = { ...input, rows: [] };
  }
  return { body: { ...request.body, variables }, logged };
}

interface OneRequest {
  readonly body: JsonObject;
  readonly query: string;
  readonly variables: JsonObject;
}

/** A body that is one request with variables; null when it is anything else. */
function requestOf(body: JsonValue): OneRequest | null {
  if (!isJsonObject(body) || typeof body.query !== 'string' || !isObject(body.variables)) return null;
  return { body, query: body.query, variables: body.variables };
}

/** The variables that a document declares as what `log` takes, as far as they have rows. */
function inputsOf({ query, variables }: OneRequest) {
  const names = new Set([...query.matchAll(DECLARED)].map(([, name = '']) => name));
  return [...names].flatMap((variable) => {
    const input = Object.hasOwn(variables, variable) ? variables[variable] : undefined;
    if (!isObject(input) || !Array.isArray(input.rows) || input.rows.length === 0) return [];
    const rows: readonly JsonValue[] = input.rows;
    return [{ variable, input, rows }];
  });
}

/** The body of a request with its rows in their places, for the operation to take. */
export function joinLogBody({ body, logged }: LogBody): JsonValue {
  if (logged.length === 0 || !isJsonObject(body) || !isObject(body.variables)) return body;
  const variables: Record<string, unknown> = { ...body.variables };
  for (const { variable, read } of logged) {
    const rows = [new LoggedRows('code' in read ? errorOf(read) : read)];
    variables[variable] = { ...(variables[variable] as JsonObject), rows };
  }
  // Rows that were read are no JSON; only an input of `log` can hold them, and only that looks at them.
  return { ...body, variables } as JsonObject;
}

/** An error as another thread can be told of it; null when it is none that a caller may see. */
export function refusalOf(error: unknown): Refusal | null {
  return error instanceof SummaError ? { code: error.code, message: error.message, path: error.path } : null;
}

/** The error that a thread told of. */
export function errorOf({ code, message, path }: Refusal): SummaError {
  return new SummaError(code as SummaError['code'], message, path);
}

function readRows(rows: readonly JsonValue[]): PackedBatch | Refusal {
  try {
    return packBatch(parseRows(rows));
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    return refusal;
  }
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return value !== undefined && isJsonObject(value);
}
