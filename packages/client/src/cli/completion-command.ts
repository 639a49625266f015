import { type Command, defineCommand } from './frame/command.ts';
import type { CompletedCommand } from './frame/completion.ts';
import { bashCompletion } from './frame/completion-bash.ts';
import { fishCompletion } from './frame/completion-fish.ts';
import { zshCompletion } from './frame/completion-zsh.ts';

const SCRIPTS: Readonly<Record<string, (commands: readonly CompletedCommand[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** `summa completion <shell>`: prints the script that makes a shell complete every command of a table. */
export function completionCommand(commands: () => readonly Command[]): Command {
  return defineCommand({
    name: 'completion',
    summary: 'print a script for completion in bash, zsh or fish',
    operands: { usage: '<bash|zsh|fish>', min: 1, max: 1, words: Object.keys(SCRIPTS) },
    options: {},
    description: 'Prints a script after which Tab completes commands, options, their values and files.',
    notes: `To have it in every shell:
  bash  echo 'eval "$(summa completion bash)"' >> ~/.bashrc
  zsh   echo 'eval "$(summa completion zsh)"' >> ~/.zshrc     behind the line with compinit
  fish  summa completion fish > ~/.config/fish/completions/summa.fish`,
    async run({ operands: [shell = ''] }, io) {
      io.stdout.write(`${SCRIPTS[shell]?.(commands()) ?? ''}\n`);
      return 0;
    },
  });
}
