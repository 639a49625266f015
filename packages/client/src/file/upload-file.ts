import { CompleteUploadDocument, CreateUploadDocument, type FileFieldsFragment } from '../generated/graphql.ts';
import { SummaClientError } from '../summa-client-error.ts';
import type { Backoff } from '../transport/backoff.ts';
import type { Execute } from '../transport/execute.ts';
import { withRetries } from '../transport/with-retries.ts';
import { sendFile } from './exchange-file.ts';
import { bodyOf, type FileSource, hashOf, isRepeatable, sizeOf } from './file-source.ts';
import { reachableUrl } from './reachable-url.ts';

/** What may be said of an upload. */
export interface UploadOptions {
  /** What kind of content it is; by default the server goes by the extension of the path. */
  readonly contentType?: string;
  /**
   * The SHA-256 of the bytes, 64 hexadecimal digits: the server then takes no others. By default that of bytes in memory up
   * to 16 MiB, where the platform has WebCrypto; the server computes it in any case.
   */
  readonly sha256?: string;
  /** Aborting it rejects with code ABORTED; the file at the path stays what it was. */
  readonly signal?: AbortSignal;
}

/** A line this slow is as good as none. */
const SLOWEST_BYTES_PER_MS = 10;
/** Longer ones go off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** How a client reaches the server for files and streams. */
export interface FileTransport {
  readonly execute: Execute;
  readonly fetch: typeof globalThis.fetch;
  /** What goes with a request to the server itself, such as the API key; a signed URL needs none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The GraphQL URL of the server. */
  readonly url: string;
  /** A request is given up after this many ms, and one that sends bytes after a second more for each 10 kB; 30,000. */
  readonly timeoutMs?: number;
  /** Between tries; only tests want another one. */
  readonly backoff?: Backoff | undefined;
}

/**
 * Uploads a file of a run, whole or not at all, in place of the one at its path. What fails for the network's sake is tried
 * again, from the first byte on; a stream that can be read only once is sent only once.
 */
export async function uploadFile(
  transport: FileTransport,
  file: { readonly runId: string; readonly path: string; readonly source: FileSource },
  { contentType, sha256, signal }: UploadOptions = {},
): Promise<FileFieldsFragment> {
  const retry = <T>(work: () => Promise<T>) => withRetries(work, { backoff: transport.backoff, signal });
  const { runId, path, source } = file;
  const input = { runId, path, size: sizeOf(source), contentType, sha256: sha256 ?? (await hashOf(source)) };
  const { upload } = (await retry(() => transport.execute(CreateUploadDocument, { input }, { signal }))).createUpload;
  const send = () => sendBytes(transport, upload.url, { source, signal });
  await (isRepeatable(source) ? retry(send) : send());
  const completion = { input: { uploadId: upload.id } };
  return (await retry(() => transport.execute(CompleteUploadDocument, completion, { signal }))).completeUpload.file;
}

async function sendBytes(
  { fetch, url: serverUrl, timeoutMs = 30_000 }: FileTransport,
  url: string,
  { source, signal }: { source: FileSource; signal: AbortSignal | undefined },
): Promise<void> {
  try {
    const request = { method: 'PUT', signal, ...bodyOf(source) } as const;
    // A stream may come as slowly as its maker likes; the server hangs up when nothing comes at all.
    const longest = request.duplex ? LONGEST_TIMER_MS : timeoutMs + sizeOf(source) / SLOWEST_BYTES_PER_MS;
    const allowed = { ...request, timeoutMs: Math.min(longest, LONGEST_TIMER_MS) };
    await sendFile(fetch, reachableUrl(url, serverUrl), allowed);
  } catch (error) {
    // The answer to the try before this one was lost, but its bytes were not.
    if (error instanceof SummaClientError && error.code === 'UPLOAD_RECEIVED') return;
    throw error;
  }
}
