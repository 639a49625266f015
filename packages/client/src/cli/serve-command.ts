import { execFile, spawn } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { CommandError } from './command-error.ts';
import { defineCommand } from './frame/command.ts';

const notInstalled =
  'the server is not installed here; add it with `npm install @summa/server`, or run `npm start` in a checkout of Summa';

/** `summa serve`: the server that is installed in the current folder, or that of the checkout. */
export const serveCommand = serverCommand({
  name: 'serve',
  summary: 'start the server (where @summa/server is installed)',
  description: `Starts the server: a Postgres of its own when DATABASE_URL is not set, migrations, the first key, then the API and the
web app. Needs @summa/server in the current folder. Ctrl-C or SIGTERM ends it cleanly.`,
});

/** `summa migrate`: brings the database of that server up to date. */
export const migrateCommand = serverCommand({
  name: 'migrate',
  summary: "bring the server's database up to date (where @summa/server is installed)",
  description: `Brings the database up to the version of the installed server and ends; serve does it too. Needs @summa/server in the
current folder.`,
});

function serverCommand(about: { readonly name: string; readonly summary: string; readonly description: string }) {
  return defineCommand({
    ...about,
    options: {},
    notes: () => serverSettings(about.name),
    run: () => runServerCommand([about.name]),
  });
}

/** Runs a command of the server that is installed in the current folder, and resolves to its exit code. */
async function runServerCommand(argv: readonly string[]): Promise<number> {
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

/** What the server's own help of a command says of its environment; empty where the server is not installed. */
async function serverSettings(command: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [await findServer(), command, '--help']);
    const start = stdout.indexOf('Environment:');
    return start === -1 ? '' : stdout.slice(start).trimEnd();
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
