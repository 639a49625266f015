import { checkOperands } from './check-operands.ts';
import type { CommandIo } from './command-io.ts';
import { commandHelp } from './help-text.ts';
import { type OptionValues, parseOptions } from './parse-options.ts';

/** An option of a command: what `parseArgs` of Node has to know, and what help and completion tell. */
export interface CommandOption {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** Whether it may be given more than once; only the last counts otherwise. */
  readonly multiple?: boolean;
  /** What stands for the value in the help, such as `<url>`. */
  readonly value?: string;
  /** What it does, in a few words. */
  readonly summary: string;
  /** The only values that it takes: anything else is refused, and completion offers these. */
  readonly choices?: readonly string[];
  /** Whether its value is the name of a file, which completion offers. */
  readonly isFile?: boolean;
}

/** The options of a command by their long names. */
export type CommandOptions = Readonly<Record<string, CommandOption>>;

/** What a command takes beside options. */
export interface Operands {
  /** As the usage shows them: `<entity/project>`. */
  readonly usage: string;
  readonly min: number;
  readonly max: number;
  /** The only words that the first one may be. */
  readonly words?: readonly string[];
  /** Words that completion offers for the first one, which may be others too. */
  offered?(): readonly string[];
  /** Whether they are names of files, which completion offers. */
  readonly areFiles?: boolean;
}

/** A command as the table of commands holds it: what runs it, and what help and completion say of it. */
export interface Command {
  readonly name: string;
  /** What it does, in the few words of a list. */
  readonly summary: string;
  readonly options: CommandOptions;
  readonly operands: Operands;
  /** What `summa <name> --help` prints, without the last line end. */
  help(): string | Promise<string>;
  /** Runs it with the arguments behind its name and resolves to the exit code. Throws `UsageError` for wrong arguments. */
  run(argv: readonly string[], io: CommandIo): Promise<number>;
}

/** What a command was given. */
export interface CommandArguments<Options extends CommandOptions> {
  readonly options: OptionValues<Options>;
  readonly operands: readonly string[];
}

/** What `defineCommand` makes a command of. */
export interface CommandDefinition<Options extends CommandOptions> {
  readonly name: string;
  readonly summary: string;
  readonly operands?: Operands;
  readonly options: Options;
  /** Stands in the help between usage and options. */
  readonly description: string;
  /** Stands in the help behind the options. */
  readonly notes?: string | (() => Promise<string>);
  /** What it resolves to is the exit code; 0 when nothing. */
  run(args: CommandArguments<Options>, io: CommandIo): Promise<number | undefined>;
}

const NO_OPERANDS: Operands = { usage: '', min: 0, max: 0 };
const HELP = { help: { type: 'boolean', short: 'h', summary: 'this text' } } as const;

/** A command that reads its arguments by its table of options, answers to `--help`, and refuses what it does not know. */
export function defineCommand<const Options extends CommandOptions>(definition: CommandDefinition<Options>): Command {
  const { name, summary, operands = NO_OPERANDS } = definition;
  const options: CommandOptions = { ...definition.options, ...HELP };
  const help = async () => {
    const { notes, description } = definition;
    const text = typeof notes === 'function' ? await notes() : notes;
    return commandHelp({ name, operands, options, description, notes: text });
  };
  return {
    name,
    summary,
    options,
    operands,
    help,
    async run(argv, io) {
      const parsed = parseOptions(options, argv);
      if (parsed.options.help === true) {
        io.stdout.write(`${await help()}\n`);
        return 0;
      }
      checkOperands(operands, parsed.operands);
      // The values were read by these very options.
      const args = parsed as unknown as CommandArguments<Options>;
      return (await definition.run(args, io)) ?? 0;
    },
  };
}
