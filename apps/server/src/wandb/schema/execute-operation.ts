import { isJsonObject, type JsonValue } from '@summa/core/json/json-value';
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLFormattedError,
  getOperationAST,
  parse,
  validate,
} from 'graphql';
import type { RequestContext } from '../../access/request-context.ts';
import { errorFormatter } from '../../graphql/format-error.ts';
import { measureQuery } from '../../graphql/query-cost.ts';
import { LIMITS } from '../../limits.ts';
import { operationStatus } from './operation-status.ts';
import { wandbSchema } from './schema.ts';

/** An answer to one operation: the HTTP status and the body. */
export interface OperationAnswer {
  readonly status: number;
  readonly body: { readonly data: unknown; readonly errors?: readonly GraphQLFormattedError[] };
}

const KNOWN_DOCUMENTS = 200;
const known = new Map<string, DocumentNode>();

/**
 * Executes what the client sent to `/graphql`. An operation name that is empty counts as none, and variables that the document
 * does not declare are ignored, because the client sends both.
 */
export async function executeOperation(context: RequestContext, body: JsonValue): Promise<OperationAnswer> {
  const { document, result } = await run(context, isJsonObject(body) ? body : {});
  const format = errorFormatter(context.services.log);
  const errors = result.errors?.map((error) => formatOne(error, format));
  return {
    status: errors ? operationStatus(document, errors) : 200,
    body: { data: result.data ?? null, ...(errors && { errors }) },
  };
}

/** An error of ours has a path of its own, which graphql-js takes for the mark of an error that it has wrapped already. */
function formatOne(error: Error, format: ReturnType<typeof errorFormatter>): GraphQLFormattedError {
  const wrapped = error instanceof GraphQLError ? error : new GraphQLError(error.message, { originalError: error });
  return format(wrapped.toJSON(), wrapped);
}

interface Outcome {
  readonly document: DocumentNode | null;
  readonly result: ExecutionResult;
}

async function run(context: RequestContext, body: Readonly<Record<string, JsonValue>>): Promise<Outcome> {
  const operationName = typeof body.operationName === 'string' && body.operationName !== '' ? body.operationName : null;
  const variables = isJsonObject(body.variables) ? body.variables : {};
  let document: DocumentNode | null = null;
  try {
    document = readDocument(typeof body.query === 'string' ? body.query : '');
    checkCost(document, operationName, variables);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { document, result: { errors: [error] } };
  }
  const result = await execute({
    schema: wandbSchema,
    document,
    operationName,
    variableValues: variables,
    contextValue: context,
  });
  return { document, result };
}

/** The document of a text, parsed and validated once for all requests. @throws GraphQLError the first thing wrong with it */
function readDocument(text: string): DocumentNode {
  const remembered = known.get(text);
  if (remembered) return remembered;
  const document = parse(text, { maxTokens: LIMITS.tokens, noLocation: true });
  const [invalid] = validate(wandbSchema, document, undefined, { maxErrors: 1 });
  if (invalid) throw unsupported(document, invalid.message);
  if (known.size >= KNOWN_DOCUMENTS) known.clear();
  known.set(text, document);
  return document;
}

/** What the door does not speak is not in its schema, so the client's user reads the name of what he wanted before the reason. */
function unsupported(document: DocumentNode, problem: string): GraphQLError {
  const name = getOperationAST(document)?.name?.value ?? 'this operation';
  return new GraphQLError(`Summa does not support ${name} of the W&B client: ${problem}`, {
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  });
}

function checkCost(document: DocumentNode, name: string | null, variables: Readonly<Record<string, unknown>>): void {
  const operation = getOperationAST(document, name);
  if (!operation) return;
  const cost = measureQuery({ schema: wandbSchema, document, operation, variables });
  if (cost.depth <= LIMITS.depth && cost.aliases <= LIMITS.aliases && cost.complexity <= LIMITS.complexity) return;
  throw new GraphQLError('the operation asks for too much at once; ask for smaller pages or fewer fields', {
    extensions: { code: 'QUERY_TOO_COMPLEX' },
  });
}
