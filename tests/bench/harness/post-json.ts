import { Agent, request } from 'node:http';
import type { MeasuredServer } from './measured-server.ts';

/** Sends operations over connections that stay open, as cheaply as Node can: the bench shares its cores with what it measures. */
export class Poster {
  readonly #agent: Agent;

  constructor(connections: number) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Posts JSON, ready as text, and reads the answer. Fails when it has errors. */
  async post({ url, apiKey }: Pick<MeasuredServer, 'url' | 'apiKey'>, body: string | Buffer): Promise<string> {
    const { status, text } = await this.#send(`${url}/graphql`, body, apiKey);
    if (status !== 200 || text.startsWith('{"errors"')) throw new Error(`the server answered ${status}: ${text}`);
    return text;
  }

  /** Gets a URL without a key. */
  async get(url: string): Promise<string> {
    const { status, text } = await this.#send(url, undefined, undefined);
    if (status !== 200) throw new Error(`${url} answered ${status}: ${text}`);
    return text;
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(url: string, body: string | Buffer | undefined, apiKey: string | undefined) {
    return new Promise<{ status: number; text: string }>((resolve, reject) => {
      const headers = {
        ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
        ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      };
      const sending = request(url, { method: body === undefined ? 'GET' : 'POST', agent: this.#agent, headers });
      sending.on('error', reject);
      sending.on('response', (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }));
      });
      sending.end(body);
    });
  }
}
