import type { Readable } from 'node:stream';
import type { BlobObject, BlobStore } from '../file/blob-store.ts';
import { ServerError } from '../server-error.ts';

/** Bytes that are skipped rather than asked for anew. */
const MOST_SKIPPED = 256 * 1024;

/**
 * Reads parts of an object of a blob store. One that begins where the last one ended goes on with the same stream, so
 * that an object which is read from start to end is asked for once.
 */
export class BlobReader {
  readonly #store: BlobStore;
  readonly #object: BlobObject;
  readonly #size: number;
  #stream: Readable | undefined;
  #position = 0;
  #rest: Buffer = Buffer.alloc(0);

  constructor(store: BlobStore, object: BlobObject, size: number) {
    this.#store = store;
    this.#object = object;
    this.#size = size;
  }

  /** Fills `into` from `start` on; both must lie within the object. @throws ServerError CORRUPT_DATA when it is shorter than it should be */
  async readInto(start: number, into: Uint8Array): Promise<void> {
    if (into.length === 0) return;
    if (!this.#stream || start < this.#position || start - this.#position > MOST_SKIPPED) await this.#openAt(start);
    await this.#take(start - this.#position, () => {});
    let at = 0;
    await this.#take(into.length, (part) => {
      into.set(part, at);
      at += part.length;
    });
  }

  close(): void {
    this.#stream?.destroy();
    this.#stream = undefined;
    this.#rest = Buffer.alloc(0);
  }

  async #openAt(start: number): Promise<void> {
    this.close();
    this.#stream = await this.#store.open(this.#object, { start, end: this.#size - 1 });
    // An error that comes while nobody waits is told to whoever reads next.
    this.#stream.on('error', () => {});
    this.#position = start;
  }

  async #take(length: number, use: (part: Buffer) => void): Promise<void> {
    for (let missing = length; missing > 0; ) {
      if (this.#rest.length === 0) this.#rest = await this.#nextChunk();
      const part = this.#rest.subarray(0, missing);
      this.#rest = this.#rest.subarray(part.length);
      this.#position += part.length;
      missing -= part.length;
      use(part);
    }
  }

  async #nextChunk(): Promise<Buffer> {
    // A stream's iterator destroys it when it is left, so chunks are taken one at a time.
    for (let chunk = read(this.#stream); ; chunk = read(this.#stream)) {
      if (chunk) return chunk;
      await readable(this.#stream);
    }
  }
}

function read(stream: Readable | undefined): Buffer | null {
  // Blob stores give bytes, never text.
  return (stream?.read() as Buffer | null | undefined) ?? null;
}

const CHANGES = ['readable', 'end', 'close', 'error'];

/** Resolves when there may be more to read. */
async function readable(stream: Readable | undefined): Promise<void> {
  if (!stream || stream.destroyed || stream.readableEnded) throw shortened(stream?.errored);
  await new Promise<void>((resolve) => {
    const settle = () => {
      for (const event of CHANGES) stream.removeListener(event, settle);
      resolve();
    };
    for (const event of CHANGES) stream.on(event, settle);
  });
}

function shortened(cause?: Error | null): Error {
  return cause ?? new ServerError('CORRUPT_DATA', 'the bytes of this file end too early in the blob store');
}
