import { parseArgs } from 'node:util';
import { UsageError } from '../command-error.ts';
import type { CommandOption, CommandOptions } from './command.ts';
import { didYouMean } from './did-you-mean.ts';

/** What was given for each option: a list where it may be given more than once, false for a boolean that was not given. */
export type OptionValues<Options extends CommandOptions> = {
  readonly [Name in keyof Options]: Options[Name] extends { readonly type: 'boolean' }
    ? boolean
    : Options[Name] extends { readonly multiple: true }
      ? readonly string[]
      : string | undefined;
};

/** Arguments as they were read: options by name, and the rest. */
export interface ParsedArguments {
  readonly options: Readonly<Record<string, boolean | string | readonly string[] | undefined>>;
  readonly operands: readonly string[];
}

/**
 * Reads arguments by a table of options. A value may begin with one dash (`--sort -loss`), with two only behind `=`.
 *
 * Throws `UsageError` that names the option which is unknown, lacks its value, has one too many, or has one that it does
 * not take.
 */
export function parseOptions(options: CommandOptions, argv: readonly string[]): ParsedArguments {
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  const values: Record<string, boolean | string | string[] | undefined> = emptyValues(options);
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined) throw unknownOption(token.rawName, options);
    const value = checkValue(option, token);
    const list = values[token.name];
    if (Array.isArray(list)) list.push(String(value));
    else values[token.name] = value;
  }
  return { options: values, operands };
}

function emptyValues(options: CommandOptions) {
  const empty = ({ type, multiple }: CommandOption) => (type === 'boolean' ? false : multiple ? [] : undefined);
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [name, empty(option)]));
}

interface OptionToken {
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function checkValue(option: CommandOption, { rawName, value, inlineValue }: OptionToken): string | true {
  if (option.type === 'boolean') {
    if (value === undefined) return true;
    throw new UsageError(`${rawName} takes no value, but was given ${JSON.stringify(value)}`);
  }
  if (value === undefined || (value.startsWith('--') && inlineValue !== true)) {
    throw new UsageError(`${rawName} needs its value: ${rawName} ${option.value ?? '<value>'}`);
  }
  if (option.choices === undefined || option.choices.includes(value)) return value;
  const nearest = didYouMean(value, option.choices);
  throw new UsageError(`${rawName} is ${JSON.stringify(value)}, none of ${option.choices.join(', ')}${nearest}`);
}

function unknownOption(rawName: string, options: CommandOptions): UsageError {
  const names = Object.keys(options).map((name) => `--${name}`);
  return new UsageError(`there is no option ${rawName} here${didYouMean(rawName, names)}`);
}
