import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { parseJson } from '@summa/core/json/parse-json';

/** A server that lets the wandb client pass and does nothing: what is slow against it, no server can make faster. */
export interface StandInServer {
  readonly url: string;
  /** How many requests it has had, by method and last part of the path. */
  readonly requests: ReadonlyMap<string, number>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a stand-in below `/wandb` of a free port. */
export async function startStandIn(): Promise<StandInServer> {
  const requests = new Map<string, number>();
  const server = createServer(async (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const kind = `${request.method} ${path.split('/').at(-1)}`;
    requests.set(kind, (requests.get(kind) ?? 0) + 1);
    const url = `http://${request.headers.host}/wandb`;
    const answer = path.endsWith('/graphql') ? { data: dataFor(await jsonOf(request), url) } : await drained(request);
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** The least with which the client goes on. */
function dataFor(body: JsonValue, url: string): JsonObject {
  const { query, variables } = isJsonObject(body) ? body : {};
  const asked = typeof query === 'string' ? query : '';
  const given = isJsonObject(variables) ? variables : {};
  const project = { id: 'p', name: given.project ?? 'fast', entity: { id: 'e', name: 'admin' } };
  if (asked.includes('upsertBucket')) {
    const bucket = {
      id: 'r',
      name: given.name ?? 'run',
      displayName: 'run',
      historyLineCount: 0,
      config: '{}',
      project,
    };
    return { upsertBucket: { bucket, inserted: true } };
  }
  if (asked.includes('createRunFiles')) {
    const files = Array.isArray(given.files) ? given.files : [];
    const targets = files.map((name) => ({ name, uploadUrl: `${url}/storage/file` }));
    return { createRunFiles: { runID: 'r', uploadHeaders: [], files: targets } };
  }
  return {
    viewer: { id: 'u', entity: 'admin', username: 'admin', flags: '{}', teams: { edges: [] } },
    serverInfo: null,
  };
}

async function jsonOf(request: IncomingMessage): Promise<JsonValue> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return parseJson(Buffer.concat(chunks).toString());
}

async function drained(request: IncomingMessage): Promise<JsonObject> {
  for await (const _chunk of request);
  return {};
}
