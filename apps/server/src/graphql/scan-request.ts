import { randomUUID } from 'node:crypto';
import type { RowBatch } from '@summa/core/history/row-batch';
import { scanRows } from '@summa/core/history/scan-rows';
import type { JsonObject, JsonValue } from '@summa/core/json/json-value';
import { parseJsonObject } from '@summa/core/json/parse-json';
import { inputsOf, requestOf } from './log-variables.ts';

const ROWS = '"rows"';
const NUL_ESCAPE = '\\u0000';
const COLON = 0x3a;
const OPENING_LIST = 0x5b;

/** A list of rows in the bytes of a body, and the text that takes its place. */
interface FoundRows {
  readonly start: number;
  readonly end: number;
  readonly batch: RowBatch;
  readonly mark: string;
}

/** A request, and the rows that stood in its variables, where none are left. */
export interface ScannedRequest {
  readonly body: JsonObject;
  readonly logged: readonly { readonly variable: string; readonly batch: RowBatch }[];
}

/**
 * Reads the rows of a request where they stand in its bytes. Null where they cannot be read like that, or where anything is wrong: whoever
 * reads the whole text has to say what.
 */
export function scanRequest(bytes: Buffer): ScannedRequest | null {
  if (bytes.includes(NUL_ESCAPE)) return null;
  const found = findRows(bytes);
  if (found === null || found.length === 0) return null;
  const request = requestOf(parseJsonObject(withoutRows(bytes, found)));
  if (request === null) return null;
  const variables: Record<string, JsonValue> = { ...request.variables };
  const logged: { variable: string; batch: RowBatch }[] = [];
  for (const { variable, input, rows } of inputsOf(request)) {
    const place = found.find(({ mark }) => mark === rows[0]);
    if (place === undefined) return null;
    logged.push({ variable, batch: place.batch });
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
