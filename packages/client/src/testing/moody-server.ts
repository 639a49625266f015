import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isJsonObject, type JsonObject } from '@summa/core/json/json-value';
import { parseJson } from '@summa/core/json/parse-json';

/** What the network or the server does to one request; a status is answered without the request being heard. */
export type Mood =
  | 'well'
  /** Hangs up before it has heard the request. */
  | 'drop'
  /** Does what it was asked and hangs up instead of answering. */
  | 'lose answer'
  /** Does what it was asked and never answers. */
  | 'hang'
  | { readonly status: number; readonly retryAfter?: string; readonly body?: string }
  /** Refuses with a GraphQL error. */
  | { readonly code: string; readonly argumentPath?: readonly (string | number)[] };

/** A request as the server saw it. */
export interface SeenRequest {
  readonly operation: string;
  readonly input: Record<string, unknown>;
  readonly atMs: number;
}

/**
 * A server on a real socket that keeps rows by writer and offset as Summa does, and behaves badly when told to.
 *
 * It stands in for the network's bad moods only; what it stores is compared with what was logged.
 */
export class MoodyServer {
  readonly rows: unknown[] = [];
  /** The files of completed uploads, by their paths. */
  readonly files: Map<string, Uint8Array> = new Map();
  /** The announced paths, and what has arrived of them; an upload's id is its index. */
  readonly #uploads: { readonly path: string; bytes: Uint8Array | null }[] = [];
  readonly seen: SeenRequest[] = [];
  readonly moods: Mood[] = [];
  /** The input of the first `startRun`. */
  started: Record<string, unknown> | null = null;
  /** Asked for every request once `moods` is used up. */
  moodOf: (request: SeenRequest) => Mood = () => 'well';
  url = '';
  #open = 0;
  /** The most requests that were ever under way at one moment. */
  mostAtOnce = 0;
  readonly #http = createServer((request, response) => void this.#serve(request, response));

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`; // a TCP server's address is no string
    return this;
  }

  async stop(): Promise<void> {
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#open += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#open);
    response.once('close', () => {
      this.#open -= 1;
    });
    const seen = await readRequest(request);
    this.seen.push(seen);
    const mood = this.moods.shift() ?? this.moodOf(seen);
    if (mood === 'drop') return void request.socket.destroy();
    if (typeof mood === 'object') return answerBadly(response, mood);
    const data = this.#perform(seen);
    if (mood === 'lose answer') return void request.socket.destroy();
    if (mood === 'hang') return;
    answer(response, 200, { data });
  }

  #perform({ operation, input }: SeenRequest): unknown {
    switch (operation) {
      case 'PUT':
        return this.#receive(input);
      case 'CreateUpload':
        return { createUpload: { upload: this.#announce(String(input.path)) } };
      case 'CompleteUpload':
        return { completeUpload: { file: this.#complete(Number(input.uploadId)) } };
      case 'StartRun':
        return this.#startRun(input);
      case 'Run':
        return { run: this.started && runFields(this.started, this.rows.length) };
      case 'RunDocuments':
        return { node: { __typename: 'Run', metadata: this.started?.metadata ?? {} } };
      case 'Log':
        return { log: this.#store(input) };
      case 'DefineMetric':
        return { defineMetric: { definitions: [] } };
      case 'UpdateSummary':
        return { updateSummary: { summary: { revision: 1 } } };
      case 'FinishRun':
        return { finishRun: { run: { id: 'run-1', state: 'FINISHED', exitCode: 0, finishedAt: null } } };
      default:
        return { heartbeat: { run: { id: 'run-1', state: 'RUNNING' } } };
    }
  }

  #announce(path: string) {
    const id = this.#uploads.push({ path, bytes: null }) - 1;
    return { id: String(id), url: `${this.url}/${id}` };
  }

  #receive({ url, bytes }: Record<string, unknown>) {
    const upload = this.#uploads[Number(String(url).slice(1))];
    if (upload === undefined || !(bytes instanceof Uint8Array)) throw new Error(`nothing was announced at ${url}`);
    upload.bytes = bytes;
    return { size: bytes.length };
  }

  #complete(id: number) {
    const upload = this.#uploads[id];
    if (!upload?.bytes) throw new Error(`the bytes of upload ${id} have not arrived`);
    this.files.set(upload.path, upload.bytes);
    return { path: upload.path };
  }

  #startRun(input: Record<string, unknown>) {
    const resumed = this.started !== null;
    this.started ??= input;
    const writers = [{ writer: input.writer, acceptedRows: this.rows.length }];
    return { startRun: { run: runFields(this.started, this.rows.length), resumed, writers } };
  }

  #store(input: Record<string, unknown>) {
    const rows = input.rows as unknown[]; // a log request holds a list of rows
    const known = this.rows.length - Number(input.offset);
    if (known < 0) throw new Error(`offset ${input.offset} leaves a gap after ${this.rows.length} rows`);
    this.rows.push(...rows.slice(known));
    return { acceptedRows: this.rows.length, lastStep: this.rows.length - 1, revision: this.rows.length };
  }
}

async function readRequest(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (request.method === 'PUT') {
    return { operation: 'PUT', input: { url: request.url, bytes: new Uint8Array(body) }, atMs: Date.now() };
  }
  const text = body.toString();
  // Every request of the client has this shape.
  const { query, variables } = parseJson(text) as { query: string; variables: JsonObject };
  const operation = /(?:mutation|query) (\w+)/.exec(query)?.[1] ?? '';
  return { operation, input: isJsonObject(variables.input) ? variables.input : variables, atMs: Date.now() };
}

function answerBadly(response: ServerResponse, mood: Exclude<Mood, string>): void {
  if ('code' in mood) {
    const { code, argumentPath } = mood;
    answer(response, 200, { errors: [{ message: `refused: ${code}`, extensions: { code, argumentPath } }] });
    return;
  }
  if (mood.retryAfter !== undefined) response.setHeader('retry-after', mood.retryAfter);
  response.writeHead(mood.status).end(mood.body ?? '<html>busy</html>');
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function runFields(input: Record<string, unknown>, rowCount: number) {
  const now = new Date(0).toISOString();
  const names = { id: 'x', name: 'x' };
  return {
    id: 'run-1',
    name: input.name,
    displayName: input.name,
    state: 'RUNNING',
    exitCode: null,
    tags: [],
    notes: '',
    group: null,
    jobType: null,
    path: `x/x/${input.name}`,
    url: '',
    readOnly: false,
    createdAt: now,
    startedAt: now,
    heartbeatAt: now,
    finishedAt: null,
    lastStep: rowCount === 0 ? null : rowCount - 1,
    revision: rowCount,
    user: { ...names, displayName: 'x' },
    project: names,
    entity: names,
  };
}
