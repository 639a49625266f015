import {
  type CompletedCommand,
  type CompletedOption,
  type Completion,
  completedOperands,
  completedOptions,
  singleQuoted,
} from './completion.ts';

/** A fish script after which Tab completes commands, options, their values and files, with what each of them does. */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  const names = commands.map(
    ({ name, summary }) => `complete -c summa -n __fish_use_subcommand -a ${name} -d ${singleQuoted(summary)}`,
  );
  return `# Completion of summa for fish. summa completion fish > ~/.config/fish/completions/summa.fish
complete -c summa -f
${names.join('\n')}
${commands.flatMap(commandLines).join('\n')}`;
}

function commandLines(command: CompletedCommand): string[] {
  const start = `complete -c summa -n '__fish_seen_subcommand_from ${command.name}'`;
  const options = completedOptions(command).map((option) => `${start} ${optionPart(option)}`);
  const operands = completedOperands(command);
  return operands === 'unknown' ? options : [...options, `${start} ${valuePart(operands)}`];
}

function optionPart({ names, summary, takesValue, values }: CompletedOption): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const value = takesValue ? ` -r ${valuePart(values)}` : '';
  return `${flags.join(' ')} -d ${singleQuoted(summary)}${value}`.trimEnd();
}

function valuePart(completion: Completion): string {
  if (completion === 'unknown') return '-f';
  return completion === 'file' ? '-F' : `-f -a ${singleQuoted(completion.words.join(' '))}`;
}
