import { isTypeName, typeNameOf } from '../codegen/type-text.ts';
import { type ProjectPath, parseProjectPath } from '../project-path.ts';
import { UsageError } from './command-error.ts';
import type { CommandArguments } from './frame/command.ts';
import { serverOptions } from './server-options.ts';

/** What `summa codegen` was told to do. */
export interface CodegenArguments {
  readonly path: ProjectPath;
  /** What the types are named after. */
  readonly name: string;
  /** The file to write; undefined prints. */
  readonly out: string | undefined;
  readonly mode: 'check' | 'watch' | 'write';
  /** Between two looks, in ms. */
  readonly intervalMs: number;
  readonly url: string | undefined;
  readonly key: string | undefined;
}

/** The options of `summa codegen`. */
export const codegenOptions = {
  project: {
    type: 'string',
    short: 'p',
    value: '<path>',
    summary: 'entity/name, or name alone for your own entity (required)',
  },
  out: { type: 'string', short: 'o', value: '<file>', isFile: true, summary: 'write it there (default: print it)' },
  name: {
    type: 'string',
    short: 'n',
    value: '<Name>',
    summary: "what the types are named after (default: the project's name, such as ImageNet)",
  },
  check: {
    type: 'boolean',
    summary: 'write nothing; fail, and show what changed, when the file is not what would be written',
  },
  watch: { type: 'boolean', summary: 'look again and again, and write when something changed; Ctrl-C ends it' },
  interval: { type: 'string', value: '<s>', summary: 'with --watch, seconds between two looks (default: 10)' },
  ...serverOptions,
} as const;

/** Settles what was given; throws `UsageError` that names what is missing or wrong. */
export function readCodegenArguments({ options: values }: CommandArguments<typeof codegenOptions>): CodegenArguments {
  if (values.project === undefined) throw new UsageError('--project is missing');
  const path = parseProjectPath(values.project);
  const name = values.name ?? typeNameOf(path.project);
  if (!isTypeName(name))
    throw new UsageError(`--name ${JSON.stringify(name)} is no name for a type; give one such as Vision`);
  return {
    path,
    name,
    out: values.out,
    mode: readMode(values),
    intervalMs: readInterval(values),
    url: values.url,
    key: values.key,
  };
}

type Values = CommandArguments<typeof codegenOptions>['options'];

function readMode({ check, watch, out }: Values): CodegenArguments['mode'] {
  if (check && watch) throw new UsageError('--check and --watch exclude each other');
  if ((check || watch) && out === undefined) throw new UsageError(`--${check ? 'check' : 'watch'} needs --out <file>`);
  return check ? 'check' : watch ? 'watch' : 'write';
}

function readInterval({ interval, watch }: Values): number {
  if (interval === undefined) return 10_000;
  const seconds = Number(interval);
  if (!watch) throw new UsageError('--interval is for --watch');
  if (!(seconds >= 0.1 && seconds <= 86_400)) {
    throw new UsageError(`--interval ${JSON.stringify(interval)} is not a number of seconds from 0.1 to 86400`);
  }
  return seconds * 1000;
}
