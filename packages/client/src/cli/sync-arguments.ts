import { parseArgs } from 'node:util';
import { UsageError } from './command-error.ts';

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

/** What `summa sync --help` prints. */
export const syncHelp = `Usage: summa sync [spool or folder...] [options]

Sends what runs could not send: the rows, definitions and values that a process had logged when it was killed, crashed or
had no network. Each row is stored once, however often this is called. Spools of processes that still run are left to
them; what is sent completely is removed. Without a path it looks in SUMMA_SPOOL_DIR, else in ~/.summa/spool.

Options:
  -n, --dry-run     say what is left, and send nothing
      --keep        leave the files of what is sent
      --json        print one JSON object: { "spools": [{ "path", "state", "run", "rows", "knownRows", "refused", "error" }] }
      --url <url>   the server (default: the one that the run was logged to)
      --key <key>   the API key (default: SUMMA_API_KEY)
  -h, --help        this text

A spool that is named itself is sent also when it was written on another machine, which cannot be asked from here
whether the process still runs.

Exit codes: 0 everything is sent or somebody's who still runs, 1 something could not be sent, 2 called wrongly, 130 interrupted.`;

const options = {
  'dry-run': { type: 'boolean', short: 'n' },
  keep: { type: 'boolean' },
  json: { type: 'boolean' },
  url: { type: 'string' },
  key: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Reads the arguments behind `sync`; null when help was asked for. Throws `UsageError` that names what is wrong. */
export function parseSyncArguments(argv: readonly string[]): SyncArguments | null {
  const { values, positionals: paths } = readArgv(argv);
  if (values.help) return null;
  return {
    paths,
    dryRun: values['dry-run'] ?? false,
    keep: values.keep ?? false,
    json: values.json ?? false,
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
