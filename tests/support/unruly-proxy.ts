import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the proxy does to one request. */
export type Mischief =
  | 'none'
  /** Hangs up before the server hears of it. */
  | 'drop'
  /** Sends the server half of it and hangs up on both. */
  | 'cut request'
  /** Lets the server do it and hangs up instead of answering. */
  | 'lose answer'
  /** Lets the server do it, sends half of the answer and hangs up. */
  | 'cut answer'
  /** Sends it to the server twice and gives back the second answer. */
  | 'repeat'
  /** Answers 503 itself. */
  | 'busy'
  /** Holds it up for so many ms. */
  | { readonly delayMs: number };

/** A proxy between clients and a server. */
export interface UnrulyProxy {
  readonly url: string;
  /** How often it did what. */
  readonly counts: ReadonlyMap<string, number>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a proxy before a server that asks `choose` what to do to each request. */
export async function startUnrulyProxy(serverUrl: string, choose: () => Mischief): Promise<UnrulyProxy> {
  const counts = new Map<string, number>();
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const server = createServer((incoming, outgoing) => {
    const mischief = choose();
    const name = typeof mischief === 'string' ? mischief : 'delay';
    counts.set(name, (counts.get(name) ?? 0) + 1);
    pass({ serverUrl, agent }, { incoming, outgoing, mischief }).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // a TCP server's address is no string
    counts,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      agent.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Upstream {
  readonly serverUrl: string;
  readonly agent: Agent;
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly mischief: Mischief;
}

async function pass(upstream: Upstream, { incoming, outgoing, mischief }: Exchange): Promise<void> {
  const body = await bytesOf(incoming);
  if (typeof mischief === 'object') await sleep(mischief.delayMs);
  switch (mischief) {
    case 'drop':
      return void incoming.socket.destroy();
    case 'busy':
      return void outgoing.writeHead(503, { 'retry-after': '0' }).end('busy');
    case 'cut request':
      await sendHalf(upstream, incoming, body);
      return void incoming.socket.destroy();
    case 'repeat':
      await ask(upstream, incoming, body);
  }
  const answer = await ask(upstream, incoming, body);
  if (mischief === 'lose answer') return void incoming.socket.destroy();
  outgoing.writeHead(answer.status, answer.headers);
  if (mischief !== 'cut answer') return void outgoing.end(answer.body);
  outgoing.write(answer.body.subarray(0, answer.body.length / 2), () => incoming.socket.destroy());
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

function ask(upstream: Upstream, incoming: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const forwarded = forward(upstream, incoming, body.length);
    forwarded.once('error', reject);
    forwarded.once('response', (response) => {
      bytesOf(response).then((answer) => {
        const { 'transfer-encoding': _, connection: __, 'keep-alive': ___, ...headers } = response.headers;
        resolve({ status: response.statusCode ?? 502, headers, body: answer });
      }, reject);
    });
    forwarded.end(body);
  });
}

/** Announces all of the body, sends half of it and hangs up. */
async function sendHalf(upstream: Upstream, incoming: IncomingMessage, body: Buffer): Promise<void> {
  const forwarded = forward(upstream, incoming, body.length);
  forwarded.on('error', () => {});
  await new Promise((resolve) => forwarded.write(body.subarray(0, body.length / 2), resolve));
  forwarded.destroy();
}

function forward({ serverUrl, agent }: Upstream, { method, url, headers }: IncomingMessage, length: number) {
  const { connection: _, 'transfer-encoding': __, ...passed } = headers;
  const options = { agent, method, headers: { ...passed, 'content-length': length } };
  return request(new URL(url ?? '/', serverUrl), options);
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
