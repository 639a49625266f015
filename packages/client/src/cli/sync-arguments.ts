import type { CommandArguments } from './frame/command.ts';
import { serverOptions } from './server-options.ts';

/** What `summa sync` was told to do. */
export interface SyncArguments {
  /** Spools, and folders of them; none means the default folder. */
  readonly paths: readonly string[];
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly keep: boolean;
  readonly url: string | undefined;
  readonly key: string | undefined;
}

/** The options of `summa sync`. */
export const syncOptions = {
  'dry-run': { type: 'boolean', short: 'n', summary: 'say what is left, and send nothing' },
  keep: { type: 'boolean', summary: 'leave the files of what is sent' },
  json: {
    type: 'boolean',
    summary: 'one JSON object: { "spools": [{ path, state, run, rows, knownRows, refused, error }] }',
  },
  ...serverOptions,
  url: { ...serverOptions.url, summary: 'the server (default: the one that the run was logged to)' },
} as const;

/** Settles what was given. */
export function readSyncArguments({ options, operands: paths }: CommandArguments<typeof syncOptions>): SyncArguments {
  const { 'dry-run': dryRun, keep, json, url, key } = options;
  return { paths, dryRun, keep, json, url, key };
}
