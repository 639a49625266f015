import { UsageError } from '../command-error.ts';
import type { Command } from './command.ts';
import { didYouMean } from './did-you-mean.ts';

/** The command of a name; throws `UsageError` that suggests the nearest one when there is none. */
export function findCommand(commands: readonly Command[], name: string): Command {
  const command = commands.find((candidate) => candidate.name === name);
  if (command !== undefined) return command;
  const names = commands.map((candidate) => candidate.name);
  throw new UsageError(`there is no command ${JSON.stringify(name)}${didYouMean(name, names)}`);
}
