import type { Command, CommandOption, CommandOptions, Operands } from './command.ts';

/** What the help of a command is made of. */
export interface HelpParts {
  readonly name: string;
  readonly operands: Operands;
  readonly options: CommandOptions;
  readonly description: string;
  readonly notes: string | undefined;
}

/** The help of one command: usage, what it does, its options. */
export function commandHelp({ name, operands, options, description, notes }: HelpParts): string {
  const usage = ['Usage: summa', name, operands.usage, '[options]'].filter((part) => part !== '').join(' ');
  const lines = twoColumns(Object.entries(options).map(([long, option]) => [optionText(long, option), option.summary]));
  return [usage, description, `Options:\n${lines}`, notes]
    .filter((part) => part !== undefined && part !== '')
    .join('\n\n');
}

/** What `summa --help` prints: every command in a line, and what holds for all of them. */
export function programHelp(commands: readonly Pick<Command, 'name' | 'summary'>[]): string {
  return `Usage: summa <command>

Commands:
${twoColumns(commands.map(({ name, summary }) => [name, summary]))}

summa help <command> tells more. SUMMA_URL and SUMMA_API_KEY say which server to talk to and as whom; without them
it is the server that you last signed in to with summa login, else http://127.0.0.1:4000.

Exit codes: 0 done, 1 failed, 2 called wrongly, 130 interrupted.`;
}

/** How the help writes an option: `-p, --project <path>`. */
function optionText(long: string, { short, type, value = '<value>' }: CommandOption): string {
  const names = short === undefined ? `    --${long}` : `-${short}, --${long}`;
  return type === 'boolean' ? names : `${names} ${value}`;
}

function twoColumns(rows: readonly (readonly [left: string, right: string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
}
