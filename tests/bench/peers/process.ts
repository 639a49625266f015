import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '../../support/summa-process.ts';
import type { RunRows } from './product.ts';

const run = promisify(execFile);
const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url));
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/summa-peers', import.meta.url));
const START_MS = 180_000;

/** Makes the environment with the other products once for each state of its requirements. @returns the folder of its programs */
export async function peerPrograms(): Promise<string> {
  const text = await readFile(REQUIREMENTS, 'utf8');
  const folder = join(CACHE, createHash('sha256').update(text).digest('hex').slice(0, 16));
  const ready = join(folder, 'ready');
  const isReady = await access(ready).then(
    () => true,
    () => false,
  );
  if (!isReady) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(dirname(folder), { recursive: true });
    await run('python3', ['-m', 'venv', folder]);
    await run(join(folder, 'bin/python'), ['-m', 'pip', 'install', '--quiet', '-r', REQUIREMENTS], {
      maxBuffer: 2 ** 26,
    });
    await writeFile(ready, '');
  }
  return join(folder, 'bin');
}

/** The name of a product with the version of its package, as the requirements pin it. */
export async function nameWithVersion(name: string, pack: string): Promise<string> {
  const version = new RegExp(`^${pack}==(.+)$`, 'm').exec(await readFile(REQUIREMENTS, 'utf8'))?.[1];
  if (version === undefined) throw new Error(`no version of ${pack} is pinned`);
  return `${name} ${version}`;
}

/** A server of another product. */
export interface PeerProcess extends AsyncDisposable {
  readonly url: string;
}

/** How another product is started. */
export interface PeerCommand {
  readonly program: string;
  readonly args: (port: number) => readonly string[];
  readonly env?: (port: number) => Record<string, string>;
  /** A path that is answered once the server is there. */
  readonly path: string;
}

/** Starts a server on a free port and waits until it answers. */
export async function startPeer({ program, args, env, path }: PeerCommand): Promise<PeerProcess> {
  const port = await freePort();
  // A group of its own: these servers start others.
  const child = spawn(program, args(port), {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env?.(port) },
    detached: true,
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)));
  const url = `http://127.0.0.1:${port}`;
  const end = () => endGroup(child);
  const deadline = Date.now() + START_MS;
  while (!(await answers(url + path))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await end();
      throw new Error(`${program} did not start: ${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return { url, [Symbol.asyncDispose]: end };
}

async function endGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const exited = once(child, 'exit');
  process.kill(-child.pid, 'SIGTERM');
  const timer = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), 10_000);
  await exited;
  clearTimeout(timer);
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (answer) => answer.body?.cancel().then(() => answer.ok) ?? answer.ok,
    () => false,
  );
}

/** A script that writes a run with the package of a product. */
export interface Writer {
  readonly script: string;
  readonly folder: string;
  readonly rows: RunRows;
}

/** Runs it. @returns how long the writing took, in ms, as it says itself */
export async function runWriter(programs: string, { script, folder, rows }: Writer): Promise<number> {
  const path = fileURLToPath(new URL(`scripts/${script}`, import.meta.url));
  const args = [path, folder, rows.name, ...[rows.metrics, rows.from, rows.steps].map(String)];
  const { stdout } = await run(join(programs, 'python'), args, { maxBuffer: 2 ** 26 });
  const ms = Number(stdout.trim().split('\n').at(-1));
  if (!(ms > 0)) throw new Error(`${script} said ${stdout}`);
  return ms;
}
