import { parseRows } from '@summa/core/history/parse-rows';
import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { SummaError } from '@summa/core/summa-error';
import { LoggedRows } from '../history/logged-rows.ts';
import { type PackedBatch, packBatch } from '../history/packed-batch.ts';
import { inputsOf, requestOf } from './log-variables.ts';
import { scanRequest } from './scan-request.ts';
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

function scanLogBody(bytes: Buffer): LogBody | null {
  const scanned = scanRequest(bytes);
  if (scanned === null) return null;
  return {
    body: scanned.body,
    logged: scanned.logged.map(({ variable, batch }) => ({ variable, read: packBatch(batch) })),
  };
}

function parseLogBody(body: JsonValue): LogBody {
  const request = requestOf(body);
  if (request === null) return { body, logged: [] };
  const variables: Record<string, JsonValue> = { ...request.variables };
  const logged: VariableRows[] = [];
  for (const { variable, input, rows } of inputsOf(request)) {
    if (!rows.every(isJsonObject)) continue;
    logged.push({ variable, read: readRows(rows) });
    variables[variable] = { ...input, rows: [] };
  }
  return { body: { ...request.body, variables }, logged };
}

/** The body of a request with its rows in their places, for the operation to take. */
export function joinLogBody({ body, logged }: LogBody): JsonValue {
  if (logged.length === 0 || !isJsonObject(body) || !isJsonObject(body.variables)) return body;
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
