import { CompleteUploadDocument, CreateUploadDocument, type FileFieldsFragment } from '../generated/graphql.ts';
import { SummaClientError } from '../summa-client-error.ts';
import { type Backoff, defaultBackoff, isServerFault, isTransient, waitBeforeRetry } from '../transport/backoff.ts';
import type { Execute } from '../transport/execute.ts';
import { wait } from '../transport/wait.ts';
import { exchangeFile } from './exchange-file.ts';
import { bodyOf, type FileSource, sizeOf } from './file-source.ts';
import { reachableUrl } from './reachable-url.ts';

/** What may be said of an upload. */
export interface UploadOptions {
  /** What kind of content it is; by default the server goes by the extension of the path. */
  readonly contentType?: string;
  /** The SHA-256 of the bytes, 64 hexadecimal digits: the server then takes no others. */
  readonly sha256?: string;
  /** Aborting it rejects with code ABORTED; the file at the path stays what it was. */
  readonly signal?: AbortSignal;
}

/** How a client reaches the server for files. */
export interface FileTransport {
  readonly execute: Execute;
  readonly fetch: typeof globalThis.fetch;
  /** The GraphQL URL of the server. */
  readonly url: string;
  /** Between tries; only tests want another one. */
  readonly backoff?: Backoff;
}

const MOST_TRIES = 8;

/**
 * Uploads a file of a run, whole or not at all, in place of the one at its path. What fails for the network's sake is tried
 * again, from the first byte on.
 */
export async function uploadFile(
  transport: FileTransport,
  file: { readonly runId: string; readonly path: string; readonly source: FileSource },
  { contentType, sha256, signal }: UploadOptions = {},
): Promise<FileFieldsFragment> {
  const retry = <T>(work: () => Promise<T>) => withRetries(work, transport.backoff ?? defaultBackoff, signal);
  const { runId, path, source } = file;
  const input = { runId, path, size: sizeOf(source), contentType, sha256 };
  const { upload } = (await retry(() => transport.execute(CreateUploadDocument, { input }, { signal }))).createUpload;
  await retry(() => sendBytes(transport, upload.url, { source, signal }));
  const completion = { input: { uploadId: upload.id } };
  return (await retry(() => transport.execute(CompleteUploadDocument, completion, { signal }))).completeUpload.file;
}

async function sendBytes(
  { fetch, url: serverUrl }: FileTransport,
  url: string,
  { source, signal }: { source: FileSource; signal: AbortSignal | undefined },
): Promise<void> {
  try {
    const response = await exchangeFile(fetch, reachableUrl(url, serverUrl), {
      method: 'PUT',
      signal,
      ...bodyOf(source),
    });
    await response.body?.cancel();
  } catch (error) {
    // The answer to the try before this one was lost, but its bytes were not.
    if (error instanceof SummaClientError && error.code === 'UPLOAD_RECEIVED') return;
    throw error;
  }
}

async function withRetries<T>(work: () => Promise<T>, backoff: Backoff, signal: AbortSignal | undefined): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const mayPass = isTransient(error) || isServerFault(error);
      if (!mayPass || attempt >= MOST_TRIES || signal?.aborted) throw error;
      await wait(waitBeforeRetry(attempt, error, backoff), signal);
    }
  }
}
