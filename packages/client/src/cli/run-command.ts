import { readFile } from 'node:fs/promises';
import { SummaError } from '@summa/core/summa-error';
import { SummaClientError } from '../summa-client-error.ts';
import { CommandError, Interrupted, UsageError } from './command-error.ts';
import { importHelp, parseImportArguments } from './import-arguments.ts';
import { importFiles } from './import-command.ts';
import { runServerCommand, serverSettings } from './serve-command.ts';
import { parseSyncArguments, syncHelp } from './sync-arguments.ts';
import { syncSpools } from './sync-command.ts';

const help = `Usage: summa <command>

Commands:
  import <file.jsonl...>  import training logs from files
  sync [path...]          send what runs logged and could not send
  serve                   start the server (where it is installed)
  migrate                 bring the server's database up to date (where it is installed)

summa <command> --help tells more. SUMMA_URL and SUMMA_API_KEY say which server to talk to and as whom.`;

/** Runs the `summa` command with the arguments behind its name and resolves to the exit code; never rejects. */
export async function runCommand(argv: readonly string[]): Promise<number> {
  const [command, ...rest] = argv;
  try {
    switch (command) {
      case 'import':
        return await runImport(rest);
      case 'sync':
        return await runSync(rest);
      case 'serve':
      case 'migrate':
        return await runServerCommand(argv);
      case undefined:
      case 'help':
      case '-h':
      case '--help':
        return print(help + (await serverSettings()));
      case '--version':
        return print(await version());
      default:
        throw new UsageError(`there is no command ${JSON.stringify(command)}`);
    }
  } catch (error) {
    return explain(error, command);
  }
}

async function runImport(argv: readonly string[]): Promise<number> {
  const args = parseImportArguments(argv);
  if (args === null) return print(importHelp);
  const interrupt = new AbortController();
  // Once: a second Ctrl-C ends the process at once.
  process.once('SIGINT', () => interrupt.abort()).once('SIGTERM', () => interrupt.abort());
  await importFiles(args, { stdout: process.stdout, stderr: process.stderr, signal: interrupt.signal });
  return 0;
}

async function runSync(argv: readonly string[]): Promise<number> {
  const args = parseSyncArguments(argv);
  if (args === null) return print(syncHelp);
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort()).once('SIGTERM', () => interrupt.abort());
  return syncSpools(args, { stdout: process.stdout, stderr: process.stderr, signal: interrupt.signal });
}

function explain(error: unknown, command: string | undefined): number {
  if (error instanceof Interrupted) {
    console.error(`summa: stopped in ${error.message}. What was sent is stored; the same command goes on from there.`);
    return 130;
  }
  if (error instanceof UsageError) {
    const known = command === 'import' || command === 'sync' ? `summa ${command} --help` : 'summa --help';
    console.error(`summa: ${error.message}\nTry: ${known}`);
    return 2;
  }
  if (error instanceof SummaClientError || error instanceof SummaError) {
    console.error(`summa: ${error.message} (${error.code})`);
    return 1;
  }
  if (error instanceof CommandError) {
    console.error(`summa: ${error.message}`);
    return 1;
  }
  console.error(error);
  return 1;
}

function print(text: string): number {
  console.log(text);
  return 0;
}

async function version(): Promise<string> {
  const manifest = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return JSON.parse(manifest).version;
}
