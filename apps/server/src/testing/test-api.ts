import { rm } from 'node:fs/promises';
import pino from 'pino';
import { authenticateRequest } from '../access/authenticate-request.ts';
import { ensureFirstUser } from '../access/ensure-first-user.ts';
import { parseConfig } from '../config.ts';
import { createServices, type RunningServices } from '../create-services.ts';
import { openDatabase } from '../database/database.ts';
import type { BlobStore } from '../file/blob-store.ts';
import { printedSchema } from '../graphql/print-schema.ts';
import { createHttpServer } from '../http/create-http-server.ts';
import { registerProductRoutes } from '../http/product-routes.ts';
import { createTestDatabase } from './test-database.ts';
import { createTestFolder } from './test-folder.ts';

/** A GraphQL answer; `data` is whatever the operation selected. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads the shape that its own operation selects, and fails where it is another
  readonly data: any;
  readonly errors: readonly AnswerError[] | undefined;
  readonly text: string;
}

/** One error of an answer. */
export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: {
    readonly code: string;
    readonly argumentPath?: readonly (string | number)[];
    readonly errorId?: string;
  };
}

/** Somebody with a key. */
export interface TestUser {
  readonly name: string;
  readonly key: string;
}

/** The real server over HTTP on a database of its own. */
export interface TestApi {
  readonly url: string;
  readonly services: RunningServices;
  readonly admin: TestUser;
  /** Runs an operation with a key: the first user's unless told; null for none. */
  ask(document: string, variables?: object, key?: string | null): Promise<Answer>;
  /** Sends any text as the body of a POST. */
  post(body: string, headers?: Record<string, string>): Promise<Answer>;
  createUser(name: string): Promise<TestUser>;
  createKey(scopes: readonly string[], key?: string): Promise<string>;
  startRun(input?: object, key?: string): Promise<{ id: string; name: string }>;
  log(runId: string, rows: readonly object[], offset?: number): Promise<void>;
  /** Announces a file of a run as the first user. */
  createUpload(runId: string, input: object): Promise<{ id: string; url: string }>;
  /** Announces a file and sends its bytes, but does not complete the upload. */
  sendBytes(runId: string, path: string, bytes: string | Uint8Array<ArrayBuffer>): Promise<{ id: string; url: string }>;
  /** Uploads a whole file. @returns the id of the file */
  uploadFile(
    runId: string,
    path: string,
    bytes: string | Uint8Array<ArrayBuffer>,
    contentType?: string,
  ): Promise<string>;
  close(): Promise<void>;
}

/** What a test may want otherwise. */
export interface TestApiOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What the server logs is collected here. */
  readonly log?: string[];
  /** Where files go, unless into a temporary folder. */
  readonly blobs?: BlobStore;
  readonly clock?: () => Date;
}

/** Starts the server on a free port. */
export async function startTestApi({ env = {}, log: lines, ...parts }: TestApiOptions = {}): Promise<TestApi> {
  const test = await createTestDatabase();
  const dataDir = await createTestFolder('api');
  const config = parseConfig({ PORT: '0', DATABASE_URL: test.url, SUMMA_DATA_DIR: dataDir, ...env });
  const log = lines
    ? pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) })
    : pino({ level: 'silent' });
  const database = await openDatabase({ url: test.url, log, statementTimeoutMs: config.statementTimeoutMs });
  const services = createServices({ config, log, database, ...parts });
  const first = await ensureFirstUser(services);
  const http = await createHttpServer({
    config,
    log,
    database,
    schema: printedSchema(),
    requireKey: (request) => authenticateRequest(services, request),
    registerRoutes: (app) => registerProductRoutes(app, services),
  });
  const url = await http.listen();
  const admin = { name: first.userName, key: first.apiKey ?? config.apiKey ?? '' };
  return {
    url,
    services,
    admin,
    ...operationsOf(url, admin),
    async close() {
      await http.drain();
      await services.stop();
      await database.close();
      await test.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function operationsOf(url: string, admin: TestUser): Omit<TestApi, 'url' | 'services' | 'admin' | 'close'> {
  const post = async (body: string, headers: Record<string, string> = {}): Promise<Answer> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
    const text = await response.text();
    return { status: response.status, text, ...JSON.parse(text) };
  };
  const ask: TestApi['ask'] = (query, variables = {}, key = admin.key) =>
    post(JSON.stringify({ query, variables }), key === null ? {} : { authorization: `Bearer ${key}` });
  const must: TestApi['ask'] = async (...operation) => {
    const answer = await ask(...operation);
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer;
  };
  const createUpload: TestApi['createUpload'] = async (runId, input) => {
    const document = 'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { upload { id url } } }';
    return (await must(document, { input: { runId, ...input } })).data.createUpload.upload;
  };
  const send = async (
    runId: string,
    input: { path: string; contentType?: string },
    body: string | Uint8Array<ArrayBuffer>,
  ) => {
    const upload = await createUpload(runId, { ...input, size: Buffer.byteLength(body) });
    const response = await fetch(upload.url, { method: 'PUT', body });
    if (!response.ok) throw new Error(await response.text());
    return upload;
  };
  return {
    post,
    ask,
    createUpload,
    sendBytes: (runId, path, bytes) => send(runId, { path }, bytes),
    async uploadFile(runId, path, bytes, contentType) {
      const { id } = await send(runId, { path, ...(contentType && { contentType }) }, bytes);
      const document = 'mutation ($id: ID!) { completeUpload(input: { uploadId: $id }) { file { id } } }';
      return (await must(document, { id })).data.completeUpload.file.id;
    },
    async createUser(name) {
      const { data } = await must(`mutation ($name: String!) { createUser(input: { name: $name }) { key } }`, { name });
      return { name, key: data.createUser.key };
    },
    async createKey(scopes, key) {
      const { data } = await must(
        `mutation ($scopes: [Scope!]!) { createApiKey(input: { name: "test", scopes: $scopes }) { key } }`,
        { scopes },
        key,
      );
      return data.createApiKey.key;
    },
    async startRun(input = {}, key) {
      const document = `mutation ($input: StartRunInput!) { startRun(input: $input) { run { id name } } }`;
      return (await must(document, { input: { project: 'vision', ...input } }, key)).data.startRun.run;
    },
    async log(runId, rows, offset = 0) {
      const document = `mutation ($input: LogInput!) { log(input: $input) { acceptedRows } }`;
      await must(document, { input: { runId, writer: 'w', offset, rows } });
    },
  };
}
