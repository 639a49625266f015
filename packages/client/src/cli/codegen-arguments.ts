import { parseArgs } from 'node:util';
import { isTypeName, typeNameOf } from '../codegen/type-text.ts';
import { type ProjectPath, parseProjectPath } from '../project-path.ts';
import { UsageError } from './command-error.ts';

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

/** What `summa codegen --help` prints. */
export const codegenHelp = `Usage: summa codegen --project <entity/name> [options]

Writes a TypeScript module with the types of what a project's runs have really logged: config, metrics, summary and
definitions. With client.project<Name>("entity/name") a misspelt metric does not compile. The same project gives the same
text, byte for byte.

Options:
  -p, --project <path>    entity/name, or name alone for your own entity (required)
  -o, --out <file>        write it there (default: print it)
  -n, --name <Name>       what the types are named after (default: the project's name, such as ImageNet)
      --check             write nothing; fail, and show what changed, when the file is not what would be written
      --watch             look again and again, and write when something changed; Ctrl-C ends it
      --interval <s>      with --watch, seconds between two looks (default: 10)
      --url <url>         the server (default: SUMMA_URL, else http://127.0.0.1:4000)
      --key <key>         the API key (default: SUMMA_API_KEY)
  -h, --help              this text

Exit codes: 0 done or up to date, 1 stale or failed, 2 called wrongly.`;

const options = {
  project: { type: 'string', short: 'p' },
  out: { type: 'string', short: 'o' },
  name: { type: 'string', short: 'n' },
  check: { type: 'boolean' },
  watch: { type: 'boolean' },
  interval: { type: 'string' },
  url: { type: 'string' },
  key: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Reads the arguments behind `codegen`; null when help was asked for. Throws `UsageError` that names what is wrong. */
export function parseCodegenArguments(argv: readonly string[]): CodegenArguments | null {
  const values = readArgv(argv);
  if (values.help) return null;
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

type Values = ReturnType<typeof readArgv>;

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

function readArgv(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
