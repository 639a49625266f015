import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { ServerError } from '../server-error.ts';
import type { BlobObject, BlobStore, ByteRange } from './blob-store.ts';

const READ_BYTES = 256 * 1024;

/**
 * A blob store in a folder, which is made when it is needed: `<project>/<last two digits>/<object>`.
 *
 * An object is written beside its place, forced to the disk and renamed, so that it is there whole or not at all.
 */
export class FolderBlobStore implements BlobStore {
  readonly place: string;

  constructor(folder: string) {
    this.place = folder;
  }

  async put(object: BlobObject, bytes: AsyncIterable<Buffer>): Promise<void> {
    const path = this.#pathOf(object);
    await makeFolder(dirname(path));
    try {
      await writeFlushed(partOf(path), bytes);
      await rename(partOf(path), path);
      await flushFolder(dirname(path));
    } catch (error) {
      await this.remove(object);
      throw isFull(error) ? storageFull(error) : error;
    }
  }

  async open(object: BlobObject, range?: ByteRange): Promise<Readable> {
    const file = await open(this.#pathOf(object)).catch((error: unknown) => {
      throw hasCode(error, 'ENOENT')
        ? new ServerError('CORRUPT_DATA', 'the bytes of this file are not in the blob store', [], { cause: error })
        : error;
    });
    return file.createReadStream({ ...range, highWaterMark: READ_BYTES });
  }

  async remove(object: BlobObject): Promise<void> {
    const path = this.#pathOf(object);
    await rm(partOf(path), { force: true });
    await rm(path, { force: true });
  }

  async temporaryUrl(): Promise<null> {
    return null;
  }

  close(): void {}

  #pathOf({ projectId, objectId }: BlobObject): string {
    return join(this.place, projectId, objectId.slice(-2), objectId);
  }
}

function partOf(path: string): string {
  return `${path}.part`;
}

async function writeFlushed(path: string, bytes: AsyncIterable<Buffer>): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await writeFile(file, bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a folder and those above it; each new one is as durable as what will lie in it. */
async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = path; made.length >= first.length; made = dirname(made)) await flushFolder(dirname(made));
}

async function flushFolder(path: string): Promise<void> {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function isFull(error: unknown): boolean {
  return hasCode(error, 'ENOSPC') || hasCode(error, 'EDQUOT');
}

function storageFull(cause: unknown): ServerError {
  return new ServerError(
    'STORAGE_FULL',
    'the disk of the server is full; delete files, or ask its operator for more room',
    [],
    { cause },
  );
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
