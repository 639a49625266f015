import { type FileTransport, uploadFile } from '../file/upload-file.ts';
import { SummaClientError } from '../summa-client-error.ts';
import type { TensorFile } from '../tensor/tensor-file.ts';
import { isTransient } from '../transport/backoff.ts';
import type { OutgoingChange } from './outgoing-queue.ts';

/** What became of an upload that only a new one can follow. */
const SPENT = new Set(['UPLOAD_NOT_FOUND', 'URL_EXPIRED', 'UPLOAD_INCOMPLETE']);

const UPLOADS_AT_ONCE = 4;

/** The uploads of a live run's tensors: each file once, however often the run logs what is in it. */
export class TensorUploads {
  readonly #transport: FileTransport;
  readonly #runId: string;
  /** The paths of the files that are queued or stored. */
  readonly #known = new Set<string>();

  constructor(transport: FileTransport, runId: string) {
    this.#transport = transport;
    this.#runId = runId;
  }

  /** What has to be queued before whatever refers to these tensors: nothing when all of them are on their way. */
  changesFor(files: readonly TensorFile[]): OutgoingChange[] {
    const byPath = new Map(files.filter(({ path }) => !this.#known.has(path)).map((file) => [file.path, file]));
    if (byPath.size === 0) return [];
    const missing = new Set(byPath.values());
    const bytes = [...missing].reduce((sum, file) => sum + file.bytes.length, 0);
    return [{ kind: 'change', bytes, send: (signal) => this.#sendAll(missing, signal) }];
  }

  /** The changes for these files were queued. */
  queued(files: readonly TensorFile[]): void {
    for (const { path } of files) this.#known.add(path);
  }

  /** Uploads what is missing, a few at once; what fails stays missing, and one refusal does not keep out the others. */
  async #sendAll(missing: Set<TensorFile>, signal: AbortSignal): Promise<void> {
    const failures: unknown[] = [];
    const files = missing.values();
    const work = async () => {
      for (const file of files) {
        await this.#send(file, signal).then(
          () => missing.delete(file),
          (error: unknown) => failures.push(error),
        );
      }
    };
    await Promise.all(Array.from({ length: UPLOADS_AT_ONCE }, work));
    // As long as one may yet arrive, all that is missing is tried again; only then a refusal is the outcome.
    if (failures.length > 0) throw failures.find(isTransient) ?? failures[0];
  }

  async #send(file: TensorFile, signal: AbortSignal): Promise<void> {
    try {
      await this.#upload(file, signal).catch((error: unknown) => {
        if (!(error instanceof SummaClientError && SPENT.has(error.code))) throw error;
        return this.#upload(file, signal);
      });
      this.#known.add(file.path);
    } catch (error) {
      // Should it be refused for good, the next equal tensor is tried anew.
      this.#known.delete(file.path);
      throw error;
    }
  }

  async #upload({ path, bytes, sha256 }: TensorFile, signal: AbortSignal): Promise<void> {
    const file = { runId: this.#runId, path, source: bytes };
    await uploadFile(this.#transport, file, { sha256, signal });
  }
}
