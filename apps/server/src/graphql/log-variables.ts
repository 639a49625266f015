import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';

/** The type of a variable that holds rows, as a document declares it. */
const DECLARED = /\$(\w+)\s*:\s*LogInput\s*!/g;

/** A request of a document with variables. */
export interface OneRequest {
  readonly body: JsonObject;
  readonly query: string;
  readonly variables: JsonObject;
}

/** A body that is one request with variables; null when it is anything else. */
export function requestOf(body: JsonValue): OneRequest | null {
  if (!isJsonObject(body) || typeof body.query !== 'string' || !isJsonObject(body.variables)) return null;
  return { body, query: body.query, variables: body.variables };
}

/** The variables that a document declares as what `log` takes, as far as they have rows. */
export function inputsOf({ query, variables }: OneRequest) {
  const names = new Set([...query.matchAll(DECLARED)].map(([, name = '']) => name));
  return [...names].flatMap((variable) => {
    const input = Object.hasOwn(variables, variable) ? variables[variable] : undefined;
    if (!isJsonObject(input) || !Array.isArray(input.rows) || input.rows.length === 0) return [];
    const rows: readonly JsonValue[] = input.rows;
    return [{ variable, input, rows }];
  });
}
