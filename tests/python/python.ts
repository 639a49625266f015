import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const SCRIPTS = fileURLToPath(new URL('scripts', import.meta.url));

/**
 * Runs one of the scripts with numpy and h5py of the pinned versions, in a virtual environment that is made once for
 * each set of versions and kept in the temporary folder. What the script prints is returned.
 */
export async function runPython(script: string, ...args: string[]): Promise<string> {
  const environment = await pythonEnvironment(join(SCRIPTS, 'requirements.txt'));
  return run(join(environment, 'bin/python'), [join(SCRIPTS, script), ...args]);
}

/** The folder of a virtual environment with the pinned packages of a file, made once for each set of versions. Its own commands are run with `bin/python -m`. */
export async function pythonEnvironment(requirements: string): Promise<string> {
  const version = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex')
    .slice(0, 12);
  const folder = join(tmpdir(), `summa-python-${version}`);
  if (existsSync(join(folder, 'complete'))) return folder;
  const unfinished = `${folder}.${process.pid}`;
  await rm(folder, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', unfinished]);
  await run(join(unfinished, 'bin/python'), ['-m', 'pip', 'install', '--quiet', '--requirement', requirements]);
  await writeFile(join(unfinished, 'complete'), '');
  await rename(unfinished, folder);
  return folder;
}

/** Runs a command to its end and resolves to what it wrote to stdout; rejects with what it wrote to stderr when it fails. */
export function run(command: string, args: readonly string[], { cwd, env = {} }: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd,
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...env },
    });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${errors}`)),
    );
  });
}
