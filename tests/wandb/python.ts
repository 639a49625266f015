import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseJson } from '@summa/core/json/parse-json';
import type { SummaProcess } from '../support/summa-process.ts';

/** How a script ended, and everything that it printed. */
export interface ScriptResult {
  readonly code: number | null;
  readonly output: string;
  /** What the script wrote into the file that `sys.argv[1]` names, read as JSON without loss; undefined when nothing. */
  readonly told: unknown;
}

interface ScriptOptions {
  /** They follow the name of the file for the results. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** That of the newest client when left out. */
  readonly python?: string;
}

/** Runs one of `scripts/` with the real client against a server. */
export async function runScript(
  server: Pick<SummaProcess, 'url' | 'apiKey'>,
  script: string,
  { args = [], env = {}, python }: ScriptOptions = {},
): Promise<ScriptResult> {
  const folder = await mkdtemp(join(tmpdir(), 'summa-wandb-'));
  const results = join(folder, 'results.json');
  const path = fileURLToPath(new URL(`scripts/${script}`, import.meta.url));
  const child = spawn(python ?? process.env.SUMMA_WANDB_PYTHON ?? 'python3', [path, results, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environmentOf(server, folder), ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const told = await readResults(results);
  await rm(folder, { recursive: true, force: true });
  return { code, output, told };
}

function environmentOf({ url, apiKey }: Pick<SummaProcess, 'url' | 'apiKey'>, folder: string): Record<string, string> {
  return {
    WANDB_BASE_URL: `${url}/wandb`,
    WANDB_API_KEY: apiKey,
    WANDB_ERROR_REPORTING: 'false',
    WANDB_DIR: folder,
    WANDB_CACHE_DIR: join(folder, 'cache'),
    WANDB_CONFIG_DIR: join(folder, 'config'),
    WANDB_DATA_DIR: join(folder, 'data'),
    NO_COLOR: '1',
  };
}

async function readResults(path: string): Promise<unknown> {
  return readFile(path, 'utf8').then(parseJson, () => undefined);
}

/** The lines of an output in which the client complains of something. */
export function complaints(output: string): string[] {
  return output.split('\n').filter((line) => /error|warn|retry|fatal|traceback|fail/i.test(line));
}
