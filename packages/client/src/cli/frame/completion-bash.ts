import {
  type CompletedCommand,
  type Completion,
  completedOperands,
  completedOptions,
  singleQuoted,
} from './completion.ts';

/** A bash script after which Tab completes commands, options, their values and files. */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  return `# Completion of summa for bash. In ~/.bashrc: eval "$(summa completion bash)"
_summa() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W ${wordList(commands.map(({ name }) => name))} -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${commands.map(commandCase).join('\n')}
  esac
}
complete -F _summa summa`;
}

function commandCase(command: CompletedCommand): string {
  const options = completedOptions(command);
  const values = options
    .filter(({ takesValue }) => takesValue)
    .map((option) => `        ${option.names.join('|')}) ${reply(option.values)}return ;;\n`);
  const afterOption = values.length === 0 ? '' : `      case "$previous" in\n${values.join('')}      esac\n`;
  const names = options.flatMap((option) => option.names);
  return `    ${command.name})
${afterOption}      case "$current" in
        -*) ${reply({ words: names })};;
        *) ${reply(completedOperands(command))};;
      esac
      ;;`;
}

function reply(completion: Completion): string {
  if (completion === 'unknown') return '';
  if (completion === 'file') return 'compopt -o filenames; COMPREPLY=($(compgen -f -- "$current")); ';
  return `COMPREPLY=($(compgen -W ${wordList(completion.words)} -- "$current")); `;
}

function wordList(words: readonly string[]): string {
  return singleQuoted(words.join(' '));
}
