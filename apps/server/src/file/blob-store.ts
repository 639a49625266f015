import type { Readable } from 'node:stream';

/** Names one object of a blob store. Both ids are UUIDs; a name is used for one object only, ever. */
export interface BlobObject {
  readonly projectId: string;
  readonly objectId: string;
}

/** Bytes of an object from `start` to `end`, both included, counted from 0. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** What a browser that follows a temporary URL is told of the bytes. */
export interface TemporaryUrlOptions {
  readonly contentType: string;
  /** The value of `Content-Disposition`. */
  readonly disposition: string;
  readonly seconds: number;
}

/**
 * Where bytes lie. A store knows nothing of files, hashes and runs: which objects there should be says the database.
 *
 * Bytes pass as streams, in both directions, with memory that does not depend on their number.
 */
export interface BlobStore {
  /** Where it is, in words for people. */
  readonly place: string;
  /**
   * Stores exactly `size` bytes; when it resolves they survive a crash of the machine.
   *
   * When `bytes` throws, or the store fails, it rejects and no object of this name is there; what a killed process leaves
   * behind is taken away by `remove`.
   */
  put(object: BlobObject, bytes: AsyncIterable<Buffer>, size: number): Promise<void>;
  /** Opens an object, or a part of it. @throws ServerError CORRUPT_DATA when it is not there */
  open(object: BlobObject, range?: ByteRange): Promise<Readable>;
  /** Removes an object and what a broken `put` left of it. That nothing is there is no error. */
  remove(object: BlobObject): Promise<void>;
  /** A URL under which the store itself gives the bytes to whoever has it, or null when it has no such URLs. */
  temporaryUrl(object: BlobObject, options: TemporaryUrlOptions): Promise<string | null>;
  /** Closes its connections. */
  close(): void;
}
