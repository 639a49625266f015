import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A server process of its own, with a data folder of its own. */
export interface SummaProcess {
  readonly url: string;
  /** The first user's key: every scope. */
  readonly apiKey: string;
  readonly dataDir: string;
  readonly pid: number;
  /** Everything that it wrote to stdout and stderr so far. */
  output(): string;
  /** Ends the process with a signal and resolves to its exit code (null when the signal killed it). */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** The same server again on the same data and the same port, after `end`. */
  restart(): Promise<SummaProcess>;
  /** Ends it, if it still runs, and removes its data. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** What a test may want otherwise. */
export interface SummaProcessOptions {
  /** Environment beside what every test server gets. */
  readonly env?: Readonly<Record<string, string>>;
}

const SERVER = new URL('../../apps/server/', import.meta.url);
/** What `npm start` gives Node. */
const FLAGS: string[] = JSON.parse(readFileSync(new URL('node-flags.json', SERVER), 'utf8'));
const START_TIMEOUT_MS = 60_000;
const API_KEY = 'test-key-of-the-first-user-0123456789-abcdef-ghijkl';

/** Starts a server with embedded Postgres in a new temporary folder and waits until it is ready. */
export async function startSumma({ env = {} }: SummaProcessOptions = {}): Promise<SummaProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'summa-e2e-'));
  await chmod(dataDir, 0o755);
  return spawnSumma({ dataDir, port: await freePort(), env });
}

interface Place {
  readonly dataDir: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
}

async function spawnSumma(place: Place): Promise<SummaProcess> {
  const child = spawn(process.execPath, [...FLAGS, fileURLToPath(new URL('dist/main.js', SERVER)), 'serve'], {
    cwd: fileURLToPath(new URL('../../apps/server', import.meta.url)),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(place),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const url = `http://127.0.0.1:${place.port}`;
  await waitUntilReady(url, child, () => output);
  return {
    url,
    apiKey: API_KEY,
    dataDir: place.dataDir,
    pid: child.pid ?? -1,
    output: () => output,
    end: (signal) => end(child, signal),
    restart: () => spawnSumma(place),
    async [Symbol.asyncDispose]() {
      await end(child, 'SIGTERM');
      await rm(place.dataDir, { recursive: true, force: true });
    },
  };
}

function environment({ dataDir, port, env }: Place): Record<string, string | undefined> {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const own = { PORT: String(port), HOST: '127.0.0.1', SUMMA_DATA_DIR: dataDir, SUMMA_API_KEY: API_KEY };
  return { ...inherited, ...own, ...env };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
  return child.exitCode;
}

async function waitUntilReady(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the server ended while starting:\n${output()}`);
    const ready = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`the server was not ready within ${START_TIMEOUT_MS} ms:\n${output()}`);
}

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
