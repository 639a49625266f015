import { type FileTransport, uploadFile } from '../file/upload-file.ts';
import { SummaClientError } from '../summa-client-error.ts';
import type { TensorFile } from '../tensor/tensor-file.ts';
import type { OutgoingChange } from './outgoing-queue.ts';

/** What became of an upload that only a new one can follow. */
const SPENT = new Set(['UPLOAD_NOT_FOUND', 'URL_EXPIRED', 'UPLOAD_INCOMPLETE']);

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

  /** What has to be queued before whatever refers to these tensors; nothing for those that are on their way. */
  changesFor(files: readonly TensorFile[]): OutgoingChange[] {
    const missing = new Map(files.filter(({ path }) => !this.#known.has(path)).map((file) => [file.path, file]));
    return Array.from(missing.values(), (file) => ({
      kind: 'change',
      bytes: file.bytes.length,
      send: (signal) => this.#send(file, signal),
    }));
  }

  /** The changes for these files were queued. */
  queued(files: readonly TensorFile[]): void {
    for (const { path } of files) this.#known.add(path);
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
