import {
  type CompletedCommand,
  type CompletedOption,
  type Completion,
  completedOperands,
  completedOptions,
  singleQuoted,
} from './completion.ts';

/** A zsh script after which Tab completes commands, options, their values and files, with what each of them does. */
export function zshCompletion(commands: readonly CompletedCommand[]): string {
  const described = commands.map(({ name, summary }) => `    ${singleQuoted(`${name}:${summary}`)}`);
  return `#compdef summa
# Completion of summa for zsh. In ~/.zshrc, after compinit: eval "$(summa completion zsh)"
_summa() {
  local -a commands
  commands=(
${described.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${commands.map(commandCase).join('\n')}
  esac
}
compdef _summa summa`;
}

function commandCase(command: CompletedCommand): string {
  const options = completedOptions(command).flatMap(optionSpecs);
  const operands = `'*:argument:${action(completedOperands(command))}'`;
  return `    ${command.name}) _arguments ${[...options, operands].join(' ')} ;;`;
}

function optionSpecs({ names, summary, takesValue, isRepeated, values, value }: CompletedOption): string[] {
  const others = names.length > 1 ? `(${names.join(' ')})` : '';
  const before = isRepeated ? '*' : others;
  const after = takesValue ? `:${escaped(value)}:${action(values)}` : '';
  return names.map((name) => singleQuoted(`${before}${name}[${escaped(summary)}]${after}`));
}

function action(completion: Completion): string {
  if (completion === 'unknown') return ' ';
  return completion === 'file' ? '_files' : `(${completion.words.join(' ')})`;
}

/** Text in which `_arguments` sees no mark of its own. */
function escaped(text: string): string {
  return text.replace(/[\\[\]:]/g, String.raw`\$&`);
}
