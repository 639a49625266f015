import { type Command, defineCommand } from './frame/command.ts';
import { findCommand } from './frame/find-command.ts';
import { programHelp } from './frame/help-text.ts';

/** `summa help [command]`: the help of a command of a table, or the list of them. */
export function helpCommand(commands: () => readonly Command[]): Command {
  return defineCommand({
    name: 'help',
    summary: 'tell about a command',
    operands: { usage: '[command]', min: 0, max: 1, offered: () => commands().map(({ name }) => name) },
    options: {},
    description: 'Prints the help of a command, or the list of all commands.',
    async run({ operands: [name] }, io) {
      const help = name === undefined ? programHelp(commands()) : await findCommand(commands(), name).help();
      io.stdout.write(`${help}\n`);
      return 0;
    },
  });
}
