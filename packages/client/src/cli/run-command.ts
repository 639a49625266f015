import { readFile } from 'node:fs/promises';
import { SummaError } from '@summa/core/summa-error';
import { CredentialsError } from '../node/credentials.ts';
import { SummaClientError } from '../summa-client-error.ts';
import { CommandError, Interrupted, UsageError } from './command-error.ts';
import { commands } from './commands.ts';
import { type CommandIo, processIo } from './frame/command-io.ts';
import { findCommand } from './frame/find-command.ts';
import { programHelp } from './frame/help-text.ts';

/**
 * Runs the `summa` command with the arguments behind its name and resolves to the exit code; never rejects.
 *
 * 0 done, 1 failed, 2 called wrongly, 130 interrupted.
 */
export async function runCommand(argv: readonly string[], io: CommandIo = processIo()): Promise<number> {
  const [name, ...rest] = argv;
  try {
    if (name === '--version' || name === '-V') return print(io, await version());
    if (name === undefined || name === '--help' || name === '-h') return print(io, programHelp(commands));
    return await findCommand(commands, name).run(rest, io);
  } catch (error) {
    const { text, exitCode } = explain(error, name);
    io.stderr.write(`${text}\n`);
    return exitCode;
  }
}

/** The command that helps after an error. */
const WAYS_ON: ReadonlyMap<string, string> = new Map([
  ['UNAUTHENTICATED', 'summa login'],
  ['PROJECT_NOT_FOUND', 'summa projects'],
]);

interface Explanation {
  readonly text: string;
  readonly exitCode: number;
}

function explain(error: unknown, name: string | undefined): Explanation {
  if (error instanceof Interrupted) {
    return { text: `summa: stopped in ${error.message}. ${error.remark}`, exitCode: 130 };
  }
  if (error instanceof UsageError) {
    const isCommand = commands.some((command) => command.name === name);
    return { text: `summa: ${error.message}\nTry: summa ${isCommand ? `${name} --help` : '--help'}`, exitCode: 2 };
  }
  if (error instanceof SummaClientError || error instanceof SummaError) {
    const way = WAYS_ON.get(error.code);
    return {
      text: `summa: ${error.message} (${error.code})${way === undefined ? '' : `\nTry: ${way}`}`,
      exitCode: 1,
    };
  }
  if (error instanceof CommandError || error instanceof CredentialsError) {
    return { text: `summa: ${error.message}`, exitCode: 1 };
  }
  return { text: error instanceof Error ? String(error.stack) : String(error), exitCode: 1 };
}

function print(io: CommandIo, text: string): number {
  io.stdout.write(`${text}\n`);
  return 0;
}

async function version(): Promise<string> {
  const manifest = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return JSON.parse(manifest).version;
}
