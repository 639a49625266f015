import { type FileTransport, uploadFile } from '../file/upload-file.ts';
import { SummaClientError } from '../summa-client-error.ts';
import { isTransient } from '../transport/backoff.ts';
import type { OutgoingFile, OutgoingFiles } from './outgoing.ts';

/** What became of an upload that only a new one can follow. */
const SPENT = new Set(['UPLOAD_NOT_FOUND', 'URL_EXPIRED', 'UPLOAD_INCOMPLETE']);

const UPLOADS_AT_ONCE = 4;

interface Upload {
  readonly runId: string;
  readonly signal: AbortSignal;
}

/** The uploads of a live run's tensors: each file once, however often the run logs what is in it. */
export class TensorUploads {
  readonly #transport: FileTransport;
  /** The paths of the files that are queued or stored. */
  readonly #known = new Set<string>();
  /** What is not yet stored of items that were tried already. */
  readonly #missing = new WeakMap<OutgoingFiles, Set<OutgoingFile>>();

  constructor(transport: FileTransport) {
    this.#transport = transport;
  }

  /** What has to be queued before whatever refers to these tensors: nothing when all of them are on their way. */
  itemsFor(files: readonly OutgoingFile[]): OutgoingFiles[] {
    const byPath = new Map(files.filter(({ path }) => !this.#known.has(path)).map((file) => [file.path, file]));
    if (byPath.size === 0) return [];
    return [{ kind: 'files', files: [...byPath.values()] }];
  }

  /** The items for these files were queued. */
  queued(files: readonly OutgoingFile[]): void {
    for (const { path } of files) this.#known.add(path);
  }

  /** Uploads an item's files into a run; called again after a failure it goes on with what is missing. */
  async send(item: OutgoingFiles, { runId, signal }: Upload): Promise<void> {
    const missing = this.#missing.get(item) ?? new Set(item.files);
    this.#missing.set(item, missing);
    await this.#sendAll(missing, { runId, signal });
  }

  /** Uploads what is missing, a few at once; what fails stays missing, and one refusal does not keep out the others. */
  async #sendAll(missing: Set<OutgoingFile>, upload: Upload): Promise<void> {
    const failures: unknown[] = [];
    const files = missing.values();
    const work = async () => {
      for (const file of files) {
        await this.#send(file, upload).then(
          () => missing.delete(file),
          (error: unknown) => failures.push(error),
        );
      }
    };
    await Promise.all(Array.from({ length: UPLOADS_AT_ONCE }, work));
    // As long as one may yet arrive, all that is missing is tried again; only then a refusal is the outcome.
    if (failures.length > 0) throw failures.find(isTransient) ?? failures[0];
  }

  async #send(file: OutgoingFile, upload: Upload): Promise<void> {
    try {
      await this.#upload(file, upload).catch((error: unknown) => {
        if (!(error instanceof SummaClientError && SPENT.has(error.code))) throw error;
        return this.#upload(file, upload);
      });
      this.#known.add(file.path);
    } catch (error) {
      // Should it be refused for good, the next equal tensor is tried anew.
      this.#known.delete(file.path);
      throw error;
    }
  }

  async #upload({ path, bytes, sha256 }: OutgoingFile, { runId, signal }: Upload): Promise<void> {
    await uploadFile(this.#transport, { runId, path, source: bytes }, { sha256, signal });
  }
}
