import type { ClientOptions } from '../client-options.ts';
import type { SettledStart } from '../live-run/start-run.ts';
import type { SummaClientError } from '../summa-client-error.ts';
import type { Spool } from './spool.ts';

/** How a run's spool is kept; only where there are files, which is on Node, Deno and Bun. */
export interface SpoolOptions {
  /** The folder; by default the environment's SUMMA_SPOOL_DIR, or `.summa/spool` in the home folder. */
  readonly dir?: string;
  /** Most bytes of the file; 4 GB. Rows beyond it are not kept, as when the queue of a run without spool is full. */
  readonly maxBytes?: number;
}

/** What a spool is opened for. */
export interface SpoolRequest extends SpoolOptions {
  readonly url: string;
  readonly start: SettledStart;
  /** Called when the spool cannot be kept, or no longer. */
  readonly onError: (error: SummaClientError) => void;
}

/** What the platform does for a client beyond the network. */
export interface Platform {
  /**
   * The options with what `summa login` has kept, where they and the environment name no key: its server, unless they name one, and the
   * key for it. As they are where there are no files. Throws INVALID_OPTION for a URL that is none, and a `CredentialsError` when what
   * is kept cannot be read.
   */
  withLogin(options: ClientOptions): ClientOptions;
  /**
   * Opens the spool of a run's writer; null where there are no files, or when it cannot be opened, which `onError`
   * tells. Throws SPOOL_LEFT when there is one of the same writer, whose rows would be taken for the new ones.
   */
  openSpool(request: SpoolRequest): Spool | null;
  /**
   * Calls `sendRest` when the process is about to end, or is told to by SIGINT or SIGTERM, and lets it end when that
   * resolves. Returns what calls it off.
   */
  beforeExit(sendRest: () => Promise<void>): () => void;
}
