import { type ClientOptions, keyOf } from '../client-options.ts';
import { readLogin } from '../node/stored-login.ts';
import { thisProcess } from '../spool/process-identity.ts';
import { SpoolFile } from '../spool/spool-file.ts';
import { defaultSpoolFolder, spoolPath } from '../spool/spool-folder.ts';
import { SummaClientError } from '../summa-client-error.ts';
import { beforeExit } from './exit-hooks.ts';
import type { Platform, SpoolRequest } from './platform.ts';
import type { Spool } from './spool.ts';

const MAX_BYTES = 4_000_000_000;

/** Node, Deno and Bun: what waits is on disk too, and sent before the process ends. */
export const platform: Platform = { withLogin, openSpool, beforeExit };

function withLogin(options: ClientOptions): ClientOptions {
  const isKnown = keyOf(options) !== undefined || new Headers(options.headers).has('authorization');
  return isKnown ? options : { ...options, ...readLogin({ url: options.url }, process.env) };
}

function openSpool({ dir, maxBytes = MAX_BYTES, url, start, onError }: SpoolRequest): Spool | null {
  let path = dir ?? 'in the home folder';
  const onFailure = (cause: Error) => onError(failed(path, cause));
  try {
    // Where a runtime keeps the home folder to itself, there is no default.
    path = spoolPath(dir ?? defaultSpoolFolder(), start.input);
    const header = { format: 'summa-spool', version: 1, url, start, process: thisProcess(), firstEntry: 0 } as const;
    return SpoolFile.create(path, header, { maxBytes, onFailure });
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    if ('code' in cause && cause.code === 'EEXIST') throw leftOver(path, start.input.writer);
    onFailure(cause);
    return null;
  }
}

function leftOver(path: string, writer: string): SummaClientError {
  const message = `${path} holds rows of writer ${writer} that were not sent; run \`summa sync\` first, or choose another writer.`;
  return new SummaClientError('SPOOL_LEFT', message);
}

function failed(path: string, cause: Error): SummaClientError {
  const message = `Spool ${path} cannot be written: ${cause.message}. What is logged waits in memory alone; free the disk, or set SUMMA_SPOOL_DIR.`;
  return new SummaClientError('SPOOL_FAILED', message, { cause });
}
