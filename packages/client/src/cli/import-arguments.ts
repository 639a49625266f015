import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError } from './command-error.ts';

/** What `summa import` was told to do. */
export interface ImportArguments {
  readonly files: readonly string[];
  /** `entity/name` or just `name`. */
  readonly project: string;
  /** A config file for all, or a pattern in which `*` stands for the file's base name. */
  readonly config: string | undefined;
  readonly name: string | undefined;
  readonly displayName: string | undefined;
  readonly tags: readonly string[];
  readonly notes: string | undefined;
  readonly group: string | undefined;
  readonly jobType: string | undefined;
  readonly append: boolean;
  readonly url: string | undefined;
  readonly key: string | undefined;
}

/** What `summa import --help` prints. */
export const importHelp = `Usage: summa import <file.jsonl...> --project <entity/name> [options]

Imports training logs: one JSON object a line, one run a file. "_step" is the row's step and "_timestamp" its time in
seconds since 1970; every other key is a logged value. NaN, Infinity and whole numbers beyond 2^53 are kept as they are.
Called again, it goes on where it stopped and sends nothing twice, also when lines were added since.

Options:
  -p, --project <path>      entity/name, or name alone for your own entity (required); made when missing
  -c, --config <file>       JSON file with the run's config; a * in it stands for the base name of each imported file
  -n, --name <name>         the run's name, for a single file (default: the file's base name)
      --display-name <text> the run's name for people, for a single file
  -t, --tag <tag>           a tag; may be given more than once
      --notes <text>        notes
      --group <text>        group
      --job-type <text>     job type
      --append              add to a run that holds rows from elsewhere
      --url <url>           the server (default: SUMMA_URL, else http://127.0.0.1:4000)
      --key <key>           the API key (default: SUMMA_API_KEY)
  -h, --help                this text

Exit codes: 0 all imported, 1 failed, 2 called wrongly, 130 interrupted.`;

const options = {
  project: { type: 'string', short: 'p' },
  config: { type: 'string', short: 'c' },
  name: { type: 'string', short: 'n' },
  'display-name': { type: 'string' },
  tag: { type: 'string', short: 't', multiple: true },
  notes: { type: 'string' },
  group: { type: 'string' },
  'job-type': { type: 'string' },
  append: { type: 'boolean' },
  url: { type: 'string' },
  key: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Reads the arguments behind `import`; null when help was asked for. Throws `UsageError` that names what is wrong. */
export function parseImportArguments(argv: readonly string[]): ImportArguments | null {
  const { values, positionals: files } = readArgv(argv);
  if (values.help) return null;
  if (files.length === 0) throw new UsageError('no file to import');
  if (values.project === undefined) throw new UsageError('--project is missing');
  if (files.length > 1 && (values.name !== undefined || values['display-name'] !== undefined)) {
    throw new UsageError('--name and --display-name are for a single file; several files are named after themselves');
  }
  return {
    files,
    project: values.project,
    config: values.config,
    name: values.name,
    displayName: values['display-name'],
    tags: values.tag ?? [],
    notes: values.notes,
    group: values.group,
    jobType: values['job-type'],
    append: values.append ?? false,
    url: values.url,
    key: values.key,
  };
}

function readArgv(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The name of a file without its folder and without `.jsonl`, `.ndjson` or `.json`. */
export function baseName(file: string): string {
  return basename(file).replace(/\.(jsonl|ndjson|json)$/i, '');
}

/** A run's name for a file: its base name, with `-` for what a name cannot hold. */
export function runNameOf(file: string): string {
  return baseName(file).replace(/[^\w.-]+/g, '-');
}
