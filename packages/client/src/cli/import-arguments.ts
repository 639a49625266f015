import { basename } from 'node:path';
import { UsageError } from './command-error.ts';
import type { CommandArguments } from './frame/command.ts';
import { serverOptions } from './server-options.ts';

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
  /** Whether results are JSON. */
  readonly json: boolean;
  readonly url: string | undefined;
  readonly key: string | undefined;
}

/** The options of `summa import`. */
export const importOptions = {
  project: {
    type: 'string',
    short: 'p',
    value: '<path>',
    summary: 'entity/name, or name alone for your own entity (required); made when missing',
  },
  config: {
    type: 'string',
    short: 'c',
    value: '<file>',
    isFile: true,
    summary: "JSON file with the run's config; a * in it stands for the base name of each imported file",
  },
  name: {
    type: 'string',
    short: 'n',
    value: '<name>',
    summary: "the run's name, for a single file (default: the file's base name)",
  },
  'display-name': { type: 'string', value: '<text>', summary: "the run's name for people, for a single file" },
  tag: { type: 'string', short: 't', multiple: true, value: '<tag>', summary: 'a tag; may be given more than once' },
  notes: { type: 'string', value: '<text>', summary: 'notes' },
  group: { type: 'string', value: '<text>', summary: 'group' },
  'job-type': { type: 'string', value: '<text>', summary: 'job type' },
  append: { type: 'boolean', summary: 'add to a run that holds rows from elsewhere' },
  json: { type: 'boolean', summary: 'a JSON object in a line for each imported file' },
  ...serverOptions,
} as const;

/** Settles what was given; throws `UsageError` that names what is missing or contradicts. */
export function readImportArguments({
  options,
  operands: files,
}: CommandArguments<typeof importOptions>): ImportArguments {
  const { project, name, 'display-name': displayName, 'job-type': jobType, tag: tags, ...others } = options;
  if (project === undefined) throw new UsageError('--project is missing');
  if (files.length > 1 && (name !== undefined || displayName !== undefined)) {
    throw new UsageError('--name and --display-name are for a single file; several files are named after themselves');
  }
  return { ...others, files, project, name, displayName, tags, jobType };
}

/** The name of a file without its folder and without `.jsonl`, `.ndjson` or `.json`. */
export function baseName(file: string): string {
  return basename(file).replace(/\.(jsonl|ndjson|json)$/i, '');
}

/** A run's name for a file: its base name, with `-` for what a name cannot hold. */
export function runNameOf(file: string): string {
  return baseName(file).replace(/[^\w.-]+/g, '-');
}
