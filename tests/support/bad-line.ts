import { createServer, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';

/** A way to a server on which connections break. */
export interface BadLine extends AsyncDisposable {
  readonly url: string;
  /** How many connections have broken so far. */
  breaks(): number;
}

/** A way to the server whose first connections each break after so many bytes, there and back. */
export async function badLine(target: URL, breakAfter: readonly number[]): Promise<BadLine> {
  let connections = 0;
  let breaks = 0;
  const line: Server = createServer();
  line.removeAllListeners('connection');
  line.on('connection', (near) => {
    const far = connect(Number(target.port), target.hostname);
    const most = breakAfter[connections++] ?? Number.POSITIVE_INFINITY;
    let passed = 0;
    const pass = (chunk: Buffer, to: Socket) => {
      passed += chunk.length;
      if (!to.destroyed) to.write(chunk);
      if (passed <= most || near.destroyed) return;
      breaks++;
      near.destroy();
    };
    for (const end of [near, far])
      end.on('error', () => undefined).on('close', () => [near, far].map((each) => each.destroy()));
    far.on('data', (chunk: Buffer) => pass(chunk, near));
    near.on('data', (chunk: Buffer) => pass(chunk, far));
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  const address = line.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    breaks: () => breaks,
    async [Symbol.asyncDispose]() {
      line.closeAllConnections();
      line.close();
    },
  };
}
