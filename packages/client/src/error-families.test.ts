import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  BadInputError,
  ConflictError,
  clientError,
  ForbiddenError,
  NetworkError,
  NotFoundError,
  RateLimitedError,
  ServerFaultError,
} from './error-families.ts';
import { SummaClientError } from './summa-client-error.ts';

const others = {
  [NotFoundError.name]:
    'API_KEY_NOT_FOUND ENTITY_NOT_FOUND FILE_NOT_FOUND KEY_NOT_FOUND NOT_FOUND PROJECT_NOT_FOUND RUN_NOT_FOUND UPLOAD_NOT_FOUND USER_NOT_FOUND',
  [ForbiddenError.name]: 'FORBIDDEN UNAUTHENTICATED HTTP_401 HTTP_403',
  [ConflictError.name]:
    'ENTITY_EXISTS LAST_OWNER OFFSET_GAP PROJECT_EXISTS REVISION_CONFLICT RUN_EXISTS RUN_FINISHED UPLOAD_INCOMPLETE UPLOAD_RECEIVED USER_EXISTS',
  [RateLimitedError.name]: 'SERVER_BUSY TOO_MANY_EXPORTS TOO_MANY_UPLOADS HTTP_429 HTTP_503',
  [NetworkError.name]: 'NETWORK TIMEOUT',
  [ServerFaultError.name]:
    'CORRUPT_DATA INTERNAL OPERATION_RESOLUTION_FAILURE STATEMENT_TIMEOUT STORAGE_FULL TENSOR_TIMEOUT HTTP_500 HTTP_502',
  [SummaClientError.name]: 'ABORTED INVALID_RESPONSE QUEUE_FULL RUN_CLOSED SOMETHING_NEW',
};
const familyOf = new Map(
  Object.entries(others).flatMap(([name, codes]) => codes.split(' ').map((code) => [code, name])),
);
const badInput = ['INVALID_OPTION', 'HTTP_400', 'HTTP_404', 'HTTP_413'];

describe('clientError', () => {
  it('knows the family of every code of the schema: what is in no other one is bad input', async () => {
    const codes = [...(await schemaCodes()), ...familyOf.keys(), ...badInput];
    const families = codes.map((code) => [code, clientError(code, '').constructor.name]);
    expect(families).toEqual(codes.map((code) => [code, familyOf.get(code) ?? BadInputError.name]));
    expect(codes.length).toBeGreaterThan(80);
  });

  it('keeps code, message and details, and is a SummaClientError', () => {
    const cause = new Error('beneath');
    const error = clientError('REVISION_CONFLICT', 'read it again', { status: 200, argumentPath: ['input'], cause });
    expect(error).toBeInstanceOf(SummaClientError);
    expect(error).toMatchObject({
      name: 'SummaClientError',
      code: 'REVISION_CONFLICT',
      status: 200,
      argumentPath: ['input'],
      cause,
    });
  });
});

it('every failure in the sources whose code has a family is made by clientError', async () => {
  const files = await sourceFiles(fileURLToPath(new URL('.', import.meta.url)));
  const made = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(file, 'utf8');
      return [...text.matchAll(/new SummaClientError\(\s*'(\w+)'/g)].map(([, code = '']) => [file, code] as const);
    }),
  );
  const wrong = made.flat().filter(([, code]) => clientError(code, '').constructor !== SummaClientError);
  expect(wrong).toEqual([]);
  expect(made.flat().length).toBeGreaterThan(0);
});

async function sourceFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true });
  return entries.filter((file) => /(?<!\.test|\.test-d)\.ts$/.test(file)).map((file) => join(folder, file));
}

async function schemaCodes(): Promise<string[]> {
  const schema = await readFile(new URL('../../../apps/server/schema.graphql', import.meta.url), 'utf8');
  const body = /^enum ErrorCode \{(.*?)^\}/ms.exec(schema)?.[1] ?? '';
  return [...body.matchAll(/^ {2}([A-Z_]+)$/gm)].map(([, code = '']) => code);
}
