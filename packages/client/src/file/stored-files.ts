import { clientError } from '../error-families.ts';
import {
  DeleteFileDocument,
  type FileFieldsFragment,
  type FileFilter,
  RunFileDocument,
  RunFilesDocument,
} from '../generated/graphql.ts';
import { type ReadOptions, readPages, toPage } from '../read/read-pages.ts';
import { requireRun } from '../read/require-run.ts';
import { exchangeFile } from './exchange-file.ts';
import type { FileSource } from './file-source.ts';
import { reachableUrl } from './reachable-url.ts';
import { type FileTransport, type UploadOptions, uploadFile } from './upload-file.ts';

/** A file of a run as it was when it was read. */
export type StoredFile = FileFieldsFragment;

/** Which bytes of a file are wanted. */
export interface DownloadOptions {
  /** From the byte `start` to the byte `end`, both included and counted from 0; to the last one without `end`. */
  readonly range?: { readonly start: number; readonly end?: number };
  readonly signal?: AbortSignal;
}

const FILES_PER_PAGE = 1_000;

/** The files of one run; each method asks the server anew. */
export class StoredFiles {
  readonly #transport: FileTransport;
  readonly #runId: string;

  /** Made with a run. */
  constructor(transport: FileTransport, runId: string) {
    this.#transport = transport;
    this.#runId = runId;
  }

  /** All files, or those that match, by their paths. */
  list(filter?: FileFilter, options: ReadOptions = {}): AsyncGenerator<StoredFile, void, undefined> {
    const [id, { execute }] = [this.#runId, this.#transport];
    return readPages(async (after, signal) => {
      const { node } = await execute(RunFilesDocument, { id, filter, first: FILES_PER_PAGE, after }, { signal });
      return toPage(requireRun(node, id).files, (file) => file);
    }, options);
  }

  /** The file at a path, with a URL that needs no key and lives for about an hour; null when there is none. */
  async get(path: string, { signal }: ReadOptions = {}): Promise<(StoredFile & { readonly url: string }) | null> {
    const { node } = await this.#transport.execute(RunFileDocument, { id: this.#runId, path }, { signal });
    return requireRun(node, this.#runId).file ?? null;
  }

  /**
   * The bytes at a path as the answer to a `fetch`: read them with `.body` as a stream, or whole with `.arrayBuffer()`, `.text()` …
   * Rejects with FILE_NOT_FOUND when there is no such file.
   */
  async download(path: string, { range, signal }: DownloadOptions = {}): Promise<Response> {
    const file = await this.get(path, { signal });
    if (!file) throw clientError('FILE_NOT_FOUND', `The run has no file ${path}.`);
    const headers: Record<string, string> = range ? { range: `bytes=${range.start}-${range.end ?? ''}` } : {};
    const url = reachableUrl(file.url, this.#transport.url);
    return exchangeFile(this.#transport.fetch, url, { method: 'GET', headers, signal });
  }

  /** Uploads a file, whole or not at all, in place of the one at its path; tries again what fails for the network's sake. */
  upload(path: string, source: FileSource, options?: UploadOptions): Promise<StoredFile> {
    return uploadFile(this.#transport, { runId: this.#runId, path, source }, options);
  }

  /** Deletes a file. Rejects with FILE_NOT_FOUND when there is none at the path. */
  async delete(path: string): Promise<void> {
    const file = await this.get(path);
    if (!file) throw clientError('FILE_NOT_FOUND', `The run has no file ${path}.`);
    await this.#transport.execute(DeleteFileDocument, { input: { fileId: file.id } });
  }
}
