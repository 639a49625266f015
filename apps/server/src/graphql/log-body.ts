import { parseRows } from '@summa/core/history/parse-rows';
import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { SummaError } from '@summa/core/summa-error';
import { LoggedRows } from '../history/logged-rows.ts';
import { type PackedBatch, packBatch } from '../history/packed-batch.ts';
import { errorOf, type ToldError, tellError } from '../thread/told-error.ts';
import { inputsOf, requestOf } from './log-variables.ts';
import { scanRequest } from './scan-request.ts';
import { parseRequestBody } from './wire-body.ts';

/** The rows of one variable of a request. */
export interface VariableRows {
  readonly variable: string;
  readonly read: PackedBatch | ToldError;
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

function readRows(rows: readonly JsonValue[]): PackedBatch | ToldError {
  try {
    return packBatch(parseRows(rows));
  } catch (error) {
    if (error instanceof SummaError) return tellError(error);
    throw error;
  }
}
