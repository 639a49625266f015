import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { clientError } from '../error-families.ts';
import type { StoredFile, StoredFiles } from '../file/stored-files.ts';
import type { UploadOptions } from '../file/upload-file.ts';
import { withRetries } from '../transport/with-retries.ts';

/** Whose files are meant: a run that is being logged or a stored one. */
export interface RunWithFiles {
  readonly files: StoredFiles;
}

/** A file of a run and one on disk. */
export interface FilePair {
  /** The path within the run. */
  readonly path: string;
  /** The path on disk. */
  readonly local: string;
}

/**
 * Uploads a file from disk, whole or not at all, in a few hundred KiB of memory whatever its size.
 *
 * A file that grows or shrinks on its way is refused with SIZE_MISMATCH.
 */
export async function uploadFileFrom(
  run: RunWithFiles,
  { path, local }: FilePair,
  options?: UploadOptions,
): Promise<StoredFile> {
  const { size } = await stat(local);
  // `Readable.toWeb` of Node 20 reads ahead 65,536 chunks, which is the whole file.
  const stream = (): ReadableStream<Uint8Array> => ReadableStream.from(createReadStream(local));
  return run.files.upload(path, { size, stream }, options);
}

/**
 * Downloads a file to disk in flat memory. `local` holds the old content or all of the new, never a part: the bytes go
 * to `<local>.part` first, and on from where they stopped when the connection breaks.
 *
 * Rejects with FILE_NOT_FOUND, with HASH_MISMATCH when what arrived is not what is stored, and with the disk's own error.
 */
export async function downloadFileTo(
  run: RunWithFiles,
  { path, local }: FilePair,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<StoredFile> {
  const file = await run.files.get(path);
  if (file === null) throw clientError('FILE_NOT_FOUND', `The run has no file ${path}.`);
  const part = `${local}.part`;
  const disk = await open(part, 'w');
  try {
    await receive(run.files, { file, disk, signal }).finally(() => disk.close());
    await rename(part, local);
  } finally {
    await rm(part, { force: true });
  }
  return file;
}

interface Reception {
  readonly file: StoredFile;
  readonly disk: FileHandle;
  readonly signal: AbortSignal | undefined;
}

/** Writes a file's bytes, each connection going on where the one before broke. */
async function receive(files: StoredFiles, { file, disk, signal }: Reception): Promise<void> {
  const hash = createHash('sha256');
  let arrived = 0;
  const proceed = async () => {
    if (arrived > 0 && arrived === file.size) return;
    const range = arrived > 0 && { range: { start: arrived } };
    const { body } = await files.download(file.path, { ...range, ...(signal && { signal }) });
    for await (const chunk of bytesOf(body, signal)) {
      await writeAll(disk, chunk, arrived);
      hash.update(chunk);
      arrived += chunk.length;
    }
  };
  await withRetries(proceed, { signal });
  if (hash.digest('hex') === file.sha256) return;
  throw clientError('HASH_MISMATCH', `What arrived of ${file.path} is not what is stored; try again.`);
}

async function writeAll(disk: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await disk.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/** The chunks of a body; ends with NETWORK when the connection breaks, and with ABORTED. */
async function* bytesOf(body: Response['body'], signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  try {
    for (;;) {
      const next = await reader?.read();
      if (!next?.value) return;
      yield next.value;
    }
  } catch (cause) {
    if (signal?.aborted) throw clientError('ABORTED', 'The transfer was aborted.', { cause });
    throw clientError('NETWORK', 'The connection broke during a download.', { cause });
  } finally {
    await reader?.cancel().catch(() => {});
  }
}
