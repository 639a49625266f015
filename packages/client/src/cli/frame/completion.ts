import type { Command, CommandOption } from './command.ts';

/** The part of a command that completion goes by. */
export type CompletedCommand = Pick<Command, 'name' | 'summary' | 'options' | 'operands'>;

/** An option as completion sees it. */
export interface CompletedOption {
  /** With its dashes, the long one last: `['-f', '--filter']`. */
  readonly names: readonly string[];
  readonly summary: string;
  readonly takesValue: boolean;
  readonly isRepeated: boolean;
  readonly values: Completion;
  /** What stands for the value, such as `<url>`. */
  readonly value: string;
}

/** What may stand at a place: one of these words, the name of a file, or something that nobody can guess. */
export type Completion = { readonly words: readonly string[] } | 'file' | 'unknown';

/** The options of a command. */
export function completedOptions({ options }: CompletedCommand): CompletedOption[] {
  return Object.entries(options).map(([long, option]) => ({
    names: [...(option.short === undefined ? [] : [`-${option.short}`]), `--${long}`],
    summary: option.summary,
    takesValue: option.type === 'string',
    isRepeated: option.multiple === true,
    values: valuesOf(option),
    value: (option.value ?? '<value>').replace(/[<>]/g, ''),
  }));
}

/** What the operands of a command may be. */
export function completedOperands({ operands }: CompletedCommand): Completion {
  const words = operands.words ?? operands.offered?.();
  if (words !== undefined) return { words };
  return operands.areFiles === true ? 'file' : 'unknown';
}

/** Text between single quotes, as all three shells read it. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function valuesOf({ choices, isFile }: CommandOption): Completion {
  if (choices !== undefined) return { words: choices };
  return isFile === true ? 'file' : 'unknown';
}
