import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CommandError } from './command-error.ts';

const notInstalled =
  'the server is not installed here; run this in the checkout of Summa, or where @summa/server is a dependency';

/** Runs a command of the server that is installed in the current folder, and resolves to its exit code. */
export async function runServerCommand(argv: readonly string[]): Promise<number> {
  const script = await findServer();
  const child = spawn(process.execPath, [script, ...argv], { stdio: 'inherit' });
  // A terminal sends its signals to both; the server ends by itself, and then we do.
  const wait = () => {};
  process.on('SIGINT', wait).on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

async function findServer(): Promise<string> {
  const require = createRequire(pathToFileURL(join(process.cwd(), 'package.json')));
  try {
    const manifest = require.resolve('@summa/server/package.json');
    const { bin } = JSON.parse(await readFile(manifest, 'utf8'));
    return join(manifest, '..', bin['summa-server']);
  } catch (cause) {
    throw new CommandError(notInstalled, { cause });
  }
}
