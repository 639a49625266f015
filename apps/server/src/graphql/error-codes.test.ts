import { DEFAULT_ROW_LIMITS } from '@summa/core/history/parse-rows';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../limits.ts';
import { type Answer, startTestApi, type TestApi } from '../testing/test-api.ts';
import { type ApiErrorCode, ERROR_CODES } from './error-codes.ts';
import { formatNodeId } from './node-id.ts';

const BODY_BYTES = 6 * 1024 * 1024;

let api: TestApi;
let runId: string;
let finishedId: string;

beforeAll(async () => {
  api = await startTestApi({ env: { SUMMA_MAX_BODY_BYTES: String(BODY_BYTES) } });
  runId = (await api.startRun({ name: 'taken' })).id;
  finishedId = (await api.startRun({ name: 'done' })).id;
  await api.ask('mutation ($id: ID!) { finishRun(input: { runId: $id }) { run { id } } }', { id: finishedId });
});
afterAll(() => api.close());

const ABSENT_RUN = formatNodeId('Run', '01990000-0000-7000-8000-000000000000', '01990000-0000-7000-8000-000000000001');
const ABSENT_PROJECT = formatNodeId('Project', '01990000-0000-7000-8000-000000000000');

const text = (length: number) => 'x'.repeat(length);
const nested = (levels: number): object => (levels === 0 ? {} : { a: levels === 1 ? 1 : nested(levels - 1) });
const manyValues = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i]));

const log = (rows: readonly unknown[], { offset = 0, id = runId, writer = 'w' } = {}) =>
  api.ask('mutation ($input: LogInput!) { log(input: $input) { revision } }', {
    input: { runId: id, writer, offset, rows },
  });
const start = (input: object) =>
  api.ask('mutation ($input: StartRunInput!) { startRun(input: $input) { run { id } } }', {
    input: { project: 'vision', ...input },
  });
const update = (input: object) =>
  api.ask('mutation ($input: UpdateRunInput!) { updateRun(input: $input) { run { id } } }', {
    input: { runId, ...input },
  });
const summary = (input: object) =>
  api.ask('mutation ($input: UpdateSummaryInput!) { updateSummary(input: $input) { summary { revision } } }', {
    input: { runId, ...input },
  });
const define = (input: object) =>
  api.ask('mutation ($input: DefineMetricInput!) { defineMetric(input: $input) { run { id } } }', {
    input: { runId, ...input },
  });
const history = (selection: string) =>
  api.ask(`query ($id: ID!) { node(id: $id) { ... on Run { history { ${selection} } } } }`, { id: runId });
const runs = (args: string) =>
  api.ask(`{ project(entity: "admin", name: "vision") { runs(${args}) { totalCount nodes { id } } } }`);
const raw = (body: string, headers = {}) => api.post(body, { authorization: `Bearer ${api.admin.key}`, ...headers });

interface Trial {
  readonly ask: () => Promise<Answer>;
  readonly path?: readonly (string | number)[];
  readonly says: RegExp;
  /** The HTTP status; 200 when left out. */
  readonly status?: number;
}

/** One operation for each code that a caller can bring about. */
const TRIALS: Partial<Record<ApiErrorCode, Trial>> = {
  API_KEY_NOT_FOUND: {
    ask: () =>
      api.ask(
        `mutation { revokeApiKey(input: { apiKeyId: "${formatNodeId('ApiKey', 'abcdefghijkl')}" }) { apiKey { id } } }`,
      ),
    path: ['input', 'apiKeyId'],
    says: /no such API key/,
  },
  BAD_REQUEST: { ask: () => raw('[{"query":"{ viewer { id } }"}]'), says: /batch|POST body/i, status: 400 },
  BAD_USER_INPUT: { ask: () => api.ask('query ($id: ID!) { node(id: $id) { id } }', {}), says: /"\$id"/ },
  BODY_TOO_LARGE: { ask: () => raw(`{"query":"${text(BODY_BYTES)}"}`), says: /6291456 bytes/, status: 413 },
  DOCUMENT_TOO_LARGE: {
    ask: () => update({ config: { a: text(LIMITS.documentBytes) } }),
    path: ['input', 'config'],
    says: /4194304 bytes/,
  },
  ENTITY_EXISTS: {
    ask: () => api.ask('mutation { createTeam(input: { name: "admin" }) { entity { id } } }'),
    path: ['input', 'name'],
    says: /"admin"/,
  },
  ENTITY_NOT_FOUND: { ask: () => start({ entity: 'nowhere' }), path: ['input', 'entity'], says: /"nowhere"/ },
  GRAPHQL_PARSE_FAILED: { ask: () => api.ask('{'), says: /Syntax Error/ },
  GRAPHQL_VALIDATION_FAILED: { ask: () => api.ask('{ nothing }'), says: /"nothing"/ },
  INVALID_CURSOR: { ask: () => runs('after: "AAAA"'), path: ['after'], says: /cursor/ },
  INVALID_DEFINITION: {
    ask: () => define({ name: 'loss', summary: ['meen'] }),
    path: ['input', 'summary'],
    says: /"meen"/,
  },
  INVALID_FILTER: {
    ask: () => runs('filter: { field: { name: NAME, gt: 3 } }'),
    path: ['filter', 'field', 'gt'],
    says: /text/,
  },
  INVALID_ID: { ask: () => api.ask('{ node(id: "eHg6") { id } }'), path: ['id'], says: /"eHg6"/ },
  INVALID_INPUT: {
    ask: () => log([{ values: { a: 1 } }], { writer: '' }),
    path: ['input', 'writer'],
    says: /writer is empty/,
  },
  INVALID_JSON: { ask: () => raw('{"query":'), says: /JSON/, status: 400 },
  INVALID_KEY: {
    ask: () => log([{ values: { '': 1 } }]),
    path: ['input', 'rows', 0, 'values', ''],
    says: /must not be empty/,
  },
  INVALID_NAME: { ask: () => start({ project: 'a/b' }), path: ['input', 'project'], says: /"a\/b"/ },
  INVALID_ORDER: {
    ask: () => runs('orderBy: [{ field: TAGS }]'),
    path: ['orderBy', 0, 'field'],
    says: /tags have no order/,
  },
  INVALID_RANGE: {
    ask: () => history('series(keys: ["loss"], buckets: 0) { key }'),
    path: ['buckets'],
    says: /1 to 10000/,
  },
  INVALID_ROW: {
    ask: () => log([{ values: {} }, { values: {}, step: -1 }]),
    path: ['input', 'rows', 1, 'step'],
    says: /-1/,
  },
  KEY_TOO_LONG: {
    ask: () => log([{ values: { [text(513)]: 1 } }]),
    path: ['input', 'rows', 0, 'values', text(513)],
    says: /513 characters, more than 512/,
  },
  LAST_OWNER: {
    ask: () => api.ask('mutation { setMember(input: { entity: "admin", user: "admin" }) { entity { id } } }'),
    path: ['input', 'role'],
    says: /only owner/,
  },
  LIST_TOO_LONG: {
    ask: () => update({ tags: Array.from({ length: 101 }, (_, i) => `t${i}`) }),
    path: ['input', 'tags'],
    says: /101 items, more than 100/,
  },
  NESTING_TOO_DEEP: { ask: () => log([{ values: nested(33) }]), says: /32 levels/ },
  OFFSET_GAP: { ask: () => log([{ values: { a: 1 } }], { offset: 7 }), path: ['input', 'offset'], says: /offset 0/ },
  OPERATION_RESOLUTION_FAILURE: {
    ask: () => api.ask('query A { viewer { id } } query B { viewer { id } }'),
    says: /operation/i,
    status: 400,
  },
  PAGE_TOO_LARGE: { ask: () => runs('first: 1001'), path: ['first'], says: /1000/ },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    ask: () => raw('{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"00"}}}'),
    says: /Persisted/,
  },
  PROJECT_EXISTS: {
    ask: () => api.ask('mutation { createProject(input: { entity: "admin", name: "vision" }) { project { id } } }'),
    path: ['input', 'name'],
    says: /"vision"/,
  },
  PROJECT_NOT_FOUND: {
    ask: () => api.ask(`mutation { deleteProject(input: { projectId: "${ABSENT_PROJECT}" }) { deletedProjectId } }`),
    says: /no such project/,
  },
  QUERY_TOO_COMPLEX: {
    ask: () =>
      api.ask('{ entity(name: "admin") { projects(first: 1000) { nodes { runs(first: 1000) { nodes { name } } } } } }'),
    says: /more than 250000/,
    status: 400,
  },
  QUERY_TOO_DEEP: {
    ask: () => api.ask(`{ viewer { ${'entity { members { user { '.repeat(5)} id ${'} } }'.repeat(5)} } }`),
    says: /17 deep, more than 15/,
    status: 400,
  },
  RESPONSE_TOO_LARGE: {
    ask: () =>
      api.ask(
        'query ($id: ID!, $keys: [String!]!) { node(id: $id) { ... on Run { history { series(keys: $keys) { key } } } } }',
        { id: runId, keys: Array.from({ length: 501 }, (_, i) => `k${i}`) },
      ),
    path: ['buckets'],
    says: /500000 points/,
  },
  REVISION_CONFLICT: {
    ask: () => summary({ set: { a: 1 }, expectedRevision: 9 }),
    path: ['input', 'expectedRevision'],
    says: /not 9/,
  },
  RUN_EXISTS: { ask: () => start({ name: 'taken' }), path: ['input', 'name'], says: /"taken"/ },
  RUN_FINISHED: {
    ask: () => log([{ values: { a: 1 } }], { id: finishedId }),
    path: ['input', 'runId'],
    says: /resume/,
  },
  RUN_NOT_FOUND: { ask: () => log([], { id: ABSENT_RUN }), path: ['input', 'runId'], says: /no such run/ },
  TEXT_TOO_LONG: {
    ask: () => update({ notes: text(100_001) }),
    path: ['input', 'notes'],
    says: /100001 characters, more than 100000/,
  },
  TOO_MANY_ALIASES: {
    ask: () => api.ask(`{ ${Array.from({ length: 201 }, (_, i) => `a${i}: __typename`).join(' ')} }`),
    says: /201 fields are renamed, more than 200/,
    status: 400,
  },
  TOO_MANY_ROWS: { ask: () => log(Array(100_001).fill({ values: {} })), path: ['input', 'rows'], says: /100000 rows/ },
  TOO_MANY_TOKENS: { ask: () => api.ask(`{ ${'__typename '.repeat(4000)} }`), says: /4000 tokens/, status: 400 },
  TOO_MANY_VALUES: { ask: () => log([{ values: manyValues(50_001) }]), says: /50000/ },
  UNAUTHENTICATED: { ask: () => api.ask('{ viewer { id } }', {}, null), says: /Authorization: Bearer/, status: 401 },
  UNSUPPORTED_ENCODING: { ask: () => raw('{}', { 'content-encoding': 'zstd' }), says: /gzip/, status: 415 },
  UNSUPPORTED_MEDIA_TYPE: {
    ask: () => raw('<a/>', { 'content-type': 'application/xml' }),
    says: /application\/json/,
    status: 415,
  },
  USER_EXISTS: {
    ask: () => api.ask('mutation { createUser(input: { name: "admin" }) { key } }'),
    path: ['input', 'name'],
    says: /"admin"/,
  },
  VALUE_TOO_LARGE: {
    ask: () => log([{ values: { note: text(DEFAULT_ROW_LIMITS.maxValueBytes) } }]),
    path: ['input', 'rows', 0, 'values', 'note'],
    says: /log it as a file/,
  },
  USER_NOT_FOUND: {
    ask: () => api.ask('mutation { setMember(input: { entity: "admin", user: "nobody" }) { entity { id } } }'),
    path: ['input', 'user'],
    says: /"nobody"/,
  },
};

/** Codes that no single operation brings about, with the test that reaches each. */
const ELSEWHERE: Partial<Record<ApiErrorCode, string>> = {
  CORRUPT_DATA: 'the codecs of @summa/core; tensor/tensor-api.test.ts',
  FILE_NOT_FOUND: 'http/file-routes.test.ts',
  KEY_NOT_FOUND: 'http/export-routes.test.ts',
  TOO_MANY_EXPORTS: 'http/export-routes.test.ts',
  FILE_TOO_LARGE: 'file/files-api.test.ts',
  HASH_MISMATCH: 'http/file-routes.test.ts',
  INVALID_CONTENT_TYPE: 'file/files-api.test.ts',
  INVALID_PATH: 'file/files-api.test.ts',
  INVALID_URL: 'http/file-routes.test.ts',
  RUN_FILES_TOO_LARGE: 'file/files-api.test.ts',
  SIZE_MISMATCH: 'http/file-routes.test.ts',
  STORAGE_FULL: 'file/blob-store.test.ts',
  TOO_MANY_FILES: 'file/files-api.test.ts',
  TOO_MANY_UPLOADS: 'file/files-api.test.ts',
  UPLOAD_INCOMPLETE: 'http/file-routes.test.ts',
  UPLOAD_NOT_FOUND: 'http/file-routes.test.ts',
  UPLOAD_RECEIVED: 'http/file-routes.test.ts',
  URL_EXPIRED: 'http/file-routes.test.ts',
  FORBIDDEN: 'access/access-walk.test.ts',
  INTERNAL: 'graphql/failures.test.ts',
  INVALID_TENSOR: 'the tensor inputs of @summa/core',
  INVALID_SUMMARY_VALUE: 'the explicit values of @summa/core',
  NOT_FOUND: 'http/create-http-server.test.ts, an unknown path',
  SERVER_BUSY: 'graphql/failures.test.ts',
  STATEMENT_TIMEOUT: 'graphql/failures.test.ts',
  TENSOR_TIMEOUT: 'tensor/tensor-threads.test.ts',
  UNSUPPORTED_DTYPE: 'tensor/tensor-api.test.ts',
  UNSUPPORTED_FILTER: 'tests/python/hdf5-datasets.test.ts',
  TOO_MANY_KEYS: 'history/plan-append.test.ts',
};

describe('every error code', () => {
  it('is either brought about here or named with the test that does', () => {
    expect([...Object.keys(TRIALS), ...Object.keys(ELSEWHERE)].sort()).toEqual(Object.keys(ERROR_CODES).sort());
  });

  for (const [code, { ask, path, says, status = 200 }] of Object.entries(TRIALS)) {
    it(`${code} comes with its status, the path of the argument and a message that says what is wrong`, async () => {
      const answer = await ask();
      const [error] = answer.errors ?? [];
      expect({
        code: error?.extensions.code,
        path: path && error?.extensions.argumentPath,
        status: answer.status,
      }).toEqual({ code, path, status });
      expect(error?.message).toMatch(says);
      expect(answer.text).not.toMatch(/\/src\/|node_modules|SELECT |INSERT |stacktrace/);
    });
  }

  it('leaves nothing behind: all of these refusals stored no row', async () => {
    const { data } = await history('rowCount');
    expect(data.node.history.rowCount).toBe(0);
  });
});
