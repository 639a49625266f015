import { execFile, spawn } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { CommandError } from './command-error.ts';

const notInstalled =
  'the server is not installed here; build the checkout of Summa with `npm start`, or add @summa/server';

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

/** The server's part of the help, from its environment variables on; empty where the server is not installed. */
export async function serverSettings(): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [await findServer(), 'serve', '--help']);
    const start = stdout.indexOf('Environment:');
    return start === -1
      ? ''
      : `\n\nThe server's ${stdout.slice(start).trimEnd().replace('Environment', 'environment')}`;
  } catch {
    return '';
  }
}

async function findServer(): Promise<string> {
  const manifest = installedManifest() ?? checkoutManifest;
  try {
    const { bin } = JSON.parse(await readFile(manifest, 'utf8'));
    const script = join(manifest, '..', bin['summa-server']);
    await access(script);
    return script;
  } catch (cause) {
    throw new CommandError(notInstalled, { cause });
  }
}

/** Where the server's package lies in a checkout of Summa, seen from here. */
const checkoutManifest = fileURLToPath(new URL('../../../../apps/server/package.json', import.meta.url));

function installedManifest(): string | null {
  try {
    return createRequire(pathToFileURL(join(process.cwd(), 'package.json'))).resolve('@summa/server/package.json');
  } catch {
    return null;
  }
}
